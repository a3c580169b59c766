#include "field/space.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/curved_edges.hpp"
#include "field/edge_numbering.hpp"
#include "field/reference_element.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <map>
#include <numeric>

namespace foramen::field {
namespace {

using core::concat;
using core::WorldError;

std::array<int, 6> with_edges(const std::array<int, 3>& corners, const EdgeNumbering& edges,
                              int n_vertices, int face) {
  std::array<int, 6> nodes = {corners[0], corners[1], corners[2], 0, 0, 0};
  for (std::size_t k = 0; k < 3; ++k) {
    const int e = edges.find(corners[triangle_edges[k][0]], corners[triangle_edges[k][1]]);
    FORAMEN_EXPECT(e >= 0, "face ", face);
    nodes[3 + k] = n_vertices + e;
  }
  return nodes;
}

// Offsets of given edge nodes, also on the copies that sheets make of their vertices.
std::vector<Vector3d> find_bends(const TetMesh& mesh, const SplitMesh& split,
                                 const EdgeNumbering& edges) {
  if (mesh.bent_edges.empty())
    return {};
  std::map<std::array<int, 2>, Vector3d> given;
  for (std::size_t i = 0; i < mesh.bent_edges.size(); ++i) {
    const auto [a, b] = mesh.bent_edges[i];
    given[{std::min(a, b), std::max(a, b)}] =
        mesh.bent_nodes[i] - 0.5 * (mesh.vertices[static_cast<std::size_t>(a)] +
                                    mesh.vertices[static_cast<std::size_t>(b)]);
  }
  std::vector<Vector3d> bends(static_cast<std::size_t>(edges.size()), Vector3d::Zero());
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    for (const auto& ends : tet_edges) {
      const auto i = static_cast<std::size_t>(ends[0]), j = static_cast<std::size_t>(ends[1]);
      const int a = mesh.tets[t][i], b = mesh.tets[t][j];
      if (const auto it = given.find({std::min(a, b), std::max(a, b)}); it != given.end())
        bends[static_cast<std::size_t>(edges.find(split.tets[t][i], split.tets[t][j]))] =
            it->second;
    }
  return bends;
}

} // namespace

void check_orientation(const Space& space, std::span<const int> elements) {
  const auto x = [&](const std::array<int, 10>& t, std::size_t a) -> const Vector3d& {
    return space.nodes[static_cast<std::size_t>(t[a])];
  };
  for (const int t : elements) {
    const auto& e = space.elements[static_cast<std::size_t>(t)];
    const Vector3d a = x(e, 1) - x(e, 0), b = x(e, 2) - x(e, 0), c = x(e, 3) - x(e, 0);
    if (!(a.cross(b).dot(c) > 0.0)) // also when a coordinate is not a number
      throw WorldError(concat("mesh, tetrahedron ", t, " at (", x(e, 0).transpose(), ") m"),
                       concat("its volume is ", a.cross(b).dot(c) / 6.0, " m^3"),
                       "orient tetrahedra to positive volume and remove flat ones");
  }
}

Space build_straight_space(const VolumeScene& scene, const TetMesh& mesh, const Ranks& ranks) {
  SplitMesh split = split_along_sheets(scene, mesh);
  Space space;
  space.n_vertices = static_cast<int>(split.vertices.size());
  const EdgeNumbering edges(space.n_vertices, split.tets, ranks);
  space.edge_ends = edges.ends();
  space.original = std::move(split.original);
  space.nodes = std::move(split.vertices);
  space.nodes.resize(space.nodes.size() + space.edge_ends.size());
  core::parallel_for(space.edge_ends.size(), 8192, [&](std::size_t e) {
    const auto [a, b] = space.edge_ends[e];
    space.nodes[static_cast<std::size_t>(space.n_vertices) + e] =
        middle(space.nodes[static_cast<std::size_t>(a)], space.nodes[static_cast<std::size_t>(b)]);
  });
  space.region = mesh.region;
  space.bend = find_bends(mesh, split, edges);
  space.elements.resize(split.tets.size());
  core::parallel_for(split.tets.size(), 2048, [&](std::size_t t) {
    const auto& corners = split.tets[t];
    std::copy(corners.begin(), corners.end(), space.elements[t].begin());
    const std::array<int, 6> of = edges.of(corners);
    for (std::size_t k = 0; k < 6; ++k)
      space.elements[t][4 + k] = space.n_vertices + of[k];
  });
  std::vector<int> all(space.elements.size());
  std::iota(all.begin(), all.end(), 0);
  check_orientation(space, all);

  space.face_surface = mesh.face_surface;
  space.face_patch = mesh.face_patch;
  space.face_region = split.face_region;
  for (std::size_t f = 0; f < split.faces.size(); ++f)
    space.faces.push_back(with_edges(split.faces[f], edges, space.n_vertices, static_cast<int>(f)));
  for (const SplitMesh::SheetFace& pair : split.sheet_faces) {
    const auto f = static_cast<std::size_t>(pair.face);
    const auto s = static_cast<std::size_t>(mesh.face_surface[f]);
    space.sheet_faces.push_back({space.faces[f],
                                 with_edges(pair.inside, edges, space.n_vertices, pair.face),
                                 scene.surfaces[s].sheet_resistance});
  }
  return space;
}

Space build_space(const VolumeScene& scene, const TetMesh& mesh, const Ranks& ranks) {
  Space space = build_straight_space(scene, mesh, ranks);
  EdgeCurving(scene, space, ranks);
  return space;
}

} // namespace foramen::field
