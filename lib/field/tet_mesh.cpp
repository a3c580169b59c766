#include "field/tet_mesh.hpp"

#include "field/ranks.hpp"

namespace foramen::field {
namespace {

void share_points(const Ranks& ranks, std::vector<Vector3d>& points) {
  std::vector<std::array<double, 3>> numbers;
  for (const Vector3d& p : points)
    numbers.push_back({p.x(), p.y(), p.z()});
  ranks.broadcast(numbers);
  points.resize(numbers.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = Vector3d(numbers[i][0], numbers[i][1], numbers[i][2]);
}

} // namespace

void share_mesh(const Ranks& ranks, TetMesh& mesh) {
  share_points(ranks, mesh.vertices);
  ranks.broadcast(mesh.tets);
  ranks.broadcast(mesh.region);
  ranks.broadcast(mesh.faces);
  ranks.broadcast(mesh.face_surface);
  ranks.broadcast(mesh.face_patch);
  ranks.broadcast(mesh.bent_edges);
  share_points(ranks, mesh.bent_nodes);
}

} // namespace foramen::field
