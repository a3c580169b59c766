#include "field/tet_mesh.hpp"

#include "field/ranks.hpp"

namespace foramen::field {

void share_mesh(const Ranks& ranks, TetMesh& mesh) {
  std::vector<std::array<double, 3>> points;
  for (const Vector3d& p : mesh.vertices)
    points.push_back({p.x(), p.y(), p.z()});
  ranks.broadcast(points);
  ranks.broadcast(mesh.tets);
  ranks.broadcast(mesh.region);
  ranks.broadcast(mesh.faces);
  ranks.broadcast(mesh.face_surface);
  ranks.broadcast(mesh.face_patch);
  if (ranks.first())
    return;
  mesh.vertices.clear();
  for (const auto& [x, y, z] : points)
    mesh.vertices.emplace_back(x, y, z);
}

} // namespace foramen::field
