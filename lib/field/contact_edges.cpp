#include "field/contact_edges.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>

namespace foramen::field {
namespace {

// The electrode to which a face belongs; -1: none.
int electrode_of(const VolumeScene& scene, int surface, int patch) {
  for (std::size_t i = 0; i < scene.electrodes.size(); ++i) {
    const Electrode& e = scene.electrodes[i];
    if (e.surface == surface &&
        std::find(e.patches.begin(), e.patches.end(), patch) != e.patches.end())
      return static_cast<int>(i);
  }
  return -1;
}

} // namespace

std::vector<std::uint8_t> contact_edge_vertices(const VolumeScene& scene, const Space& space) {
  const auto n_vertices = static_cast<std::size_t>(space.n_vertices);
  const auto normal = [&](std::size_t f) {
    const auto x = [&](std::size_t k) -> const Vector3d& {
      return space.nodes[static_cast<std::size_t>(space.faces[f][k])];
    };
    return Vector3d((x(1) - x(0)).cross(x(2) - x(0)).normalized());
  };
  constexpr double straight_on = 0.5; // |cosine| between the normals: a fold of up to 60 degrees
  std::vector<std::uint8_t> on_line(n_vertices, 0);
  std::vector<int> first(space.edge_ends.size(), -1); // the first face at an edge
  for (std::size_t f = 0; f < space.faces.size(); ++f) {
    const int electrode = electrode_of(scene, space.face_surface[f], space.face_patch[f]);
    for (std::size_t k = 3; k < 6; ++k) {
      const auto e = static_cast<std::size_t>(space.faces[f][k]) - n_vertices;
      if (first[e] < 0) {
        first[e] = static_cast<int>(f);
        continue;
      }
      const auto g = static_cast<std::size_t>(first[e]);
      if (electrode != electrode_of(scene, space.face_surface[g], space.face_patch[g]) &&
          std::abs(normal(f).dot(normal(g))) > straight_on)
        for (const int v : space.edge_ends[e])
          on_line[static_cast<std::size_t>(v)] = 1;
    }
  }
  return on_line;
}

} // namespace foramen::field
