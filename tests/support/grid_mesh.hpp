// Tetrahedra from a structured grid of hexahedra, six each: meshes for tests that need no mesher.
//
// The six tetrahedra share the diagonal from the lowest to the highest corner (Kuhn 1960), so
// neighbours match. `position` places the grid points, a periodic second axis closes an annulus.
#pragma once

#include "field/tet_mesh.hpp"

#include <functional>

namespace foramen::test {

using Eigen::Vector3d;

struct Grid {
  std::array<int, 3> cells = {1, 1, 1};
  bool periodic = false; // the second axis
  std::function<Vector3d(int i, int j, int k)> position;
  std::function<int(int i, int j, int k)> region = [](int, int, int) { return 0; };

  struct Label {
    int surface = -1; // -1: no face of a surface
    int patch = 0;
  };
  // Of the faces on the grid plane `plane` across `axis` that border cell (i, j, k).
  std::function<Label(int axis, int plane, int i, int j, int k)> label =
      [](int, int, int, int, int) { return Label{}; };
};

field::TetMesh grid_mesh(const Grid& grid);

// [0, size] in n cells; outer faces are surface 0, patch 1 + 2 axis + side (x- 1, x+ 2, y- 3, ...
// z+ 6). Inner points are displaced at random by up to `jitter` cell widths.
field::TetMesh box_mesh(std::array<int, 3> cells, const Vector3d& size, double jitter = 0.0);

// The space between two coaxial cylinders about z: radii and heights ascending, metres. Patches of
// surface 0 (outside): 0 the mantle, 1 and 2 the caps at the lowest and highest z. Surface 1 is the
// inner cylinder, patches from `inner_patch(z)` at the middle of a cell.
field::TetMesh annulus_mesh(
    const std::vector<double>& radii, int around, const std::vector<double>& heights,
    const std::function<int(double z)>& inner_patch,
    const std::function<int(double rho)>& region = [](double) { return 0; });

} // namespace foramen::test
