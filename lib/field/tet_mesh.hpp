// The mesh as the mesher makes it: straight tetrahedra that fit the scene's surfaces; or a user's,
// whose edges may be curved.
//
// Vertices in metres. `region[t]` is the region (surface index) of tetrahedron t, oriented to
// positive volume. `faces` are the triangles that lie on surfaces, with surface index and patch.
#pragma once

#include "geometry/surface.hpp"

#include <array>
#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

struct TetMesh {
  std::vector<Vector3d> vertices;
  std::vector<std::array<int, 4>> tets;
  std::vector<int> region;
  std::vector<std::array<int, 3>> faces;
  std::vector<int> face_surface;
  std::vector<int> face_patch;
  // Edges of a user's quadratic elements whose node is off the middle of its ends, and that node.
  // Where there are any, they alone curve the elements, not the scene's surfaces.
  std::vector<std::array<int, 2>> bent_edges{};
  std::vector<Vector3d> bent_nodes{};
};

class Ranks;
// Gives every rank the first one's mesh. Collective.
void share_mesh(const Ranks& ranks, TetMesh& mesh);

} // namespace foramen::field
