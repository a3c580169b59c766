#include "support/grid_mesh.hpp"

#include "core/random.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <numbers>
#include <set>

namespace foramen::test {
namespace {

using Index = std::array<int, 3>;

// The six paths along the edges from corner (0,0,0) to (1,1,1), and whether the tetrahedron is
// positive.
constexpr std::array<Index, 6> paths = {
    {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {2, 1, 0}, {1, 0, 2}}};

} // namespace

field::TetMesh grid_mesh(const Grid& grid) {
  const auto [ni, nj, nk] = grid.cells;
  const int points_j = grid.periodic ? nj : nj + 1;
  const auto number = [&](const Index& p) {
    return (p[2] * points_j + p[1] % points_j) * (ni + 1) + p[0];
  };
  field::TetMesh mesh;
  for (int k = 0; k <= nk; ++k)
    for (int j = 0; j < points_j; ++j)
      for (int i = 0; i <= ni; ++i)
        mesh.vertices.push_back(grid.position(i, j, k));
  std::set<std::array<int, 3>> seen;
  for (int k = 0; k < nk; ++k)
    for (int j = 0; j < nj; ++j)
      for (int i = 0; i < ni; ++i)
        for (std::size_t path = 0; path < 6; ++path) {
          std::array<Index, 4> corner;
          corner[0] = {i, j, k};
          for (std::size_t step = 0; step < 3; ++step) {
            corner[step + 1] = corner[step];
            ++corner[step + 1][static_cast<std::size_t>(paths[path][step])];
          }
          if (path >= 3) // odd permutation: mirror
            std::swap(corner[1], corner[2]);
          std::array<int, 4> tet;
          for (std::size_t a = 0; a < 4; ++a)
            tet[a] = number(corner[a]);
          mesh.tets.push_back(tet);
          mesh.region.push_back(grid.region(i, j, k));
          for (std::size_t out = 0; out < 4; ++out) { // the face opposite to each corner
            std::array<std::size_t, 3> f = {(out + 1) % 4, (out + 2) % 4, (out + 3) % 4};
            for (std::size_t axis = 0; axis < 3; ++axis) {
              const int plane = corner[f[0]][axis];
              if (corner[f[1]][axis] != plane || corner[f[2]][axis] != plane)
                continue;
              const Grid::Label label = grid.label(static_cast<int>(axis), plane, i, j, k);
              std::array<int, 3> face = {tet[f[0]], tet[f[1]], tet[f[2]]};
              std::array<int, 3> key = face;
              std::sort(key.begin(), key.end());
              if (label.surface < 0 || !seen.insert(key).second)
                continue;
              mesh.faces.push_back(face);
              mesh.face_surface.push_back(label.surface);
              mesh.face_patch.push_back(label.patch);
            }
          }
        }
  return mesh;
}

field::TetMesh box_mesh(std::array<int, 3> cells, const Vector3d& size, double jitter) {
  Grid grid;
  grid.cells = cells;
  core::RandomStream random(1, "box mesh");
  grid.position = [&](int i, int j, int k) {
    const Index p = {i, j, k};
    Vector3d x;
    for (std::size_t d = 0; d < 3; ++d) {
      const bool inner = p[d] > 0 && p[d] < cells[d];
      const double shift = inner ? jitter * (2.0 * random.uniform() - 1.0) : 0.0;
      x[static_cast<Eigen::Index>(d)] =
          size[static_cast<Eigen::Index>(d)] * (p[d] + shift) / cells[d];
    }
    return x;
  };
  grid.label = [&](int axis, int plane, int, int, int) {
    const int last = cells[static_cast<std::size_t>(axis)];
    if (plane != 0 && plane != last)
      return Grid::Label{};
    return Grid::Label{0, 1 + 2 * axis + (plane == last)};
  };
  return grid_mesh(grid);
}

field::TetMesh annulus_mesh(const std::vector<double>& radii, int around,
                            const std::vector<double>& heights,
                            const std::function<int(double z)>& inner_patch,
                            const std::function<int(double rho)>& region) {
  const int n_rho = static_cast<int>(radii.size()) - 1, n_z = static_cast<int>(heights.size()) - 1;
  const auto middle = [](const std::vector<double>& x, int i) {
    return 0.5 * (x[static_cast<std::size_t>(i)] + x[static_cast<std::size_t>(i) + 1]);
  };
  Grid grid;
  grid.cells = {n_rho, around, n_z};
  grid.periodic = true;
  grid.position = [&](int i, int j, int k) {
    const double rho = radii[static_cast<std::size_t>(i)];
    const double angle = 2.0 * std::numbers::pi * j / around;
    return Vector3d(rho * std::cos(angle), rho * std::sin(angle),
                    heights[static_cast<std::size_t>(k)]);
  };
  grid.region = [&](int i, int, int) { return region(middle(radii, i)); };
  grid.label = [&](int axis, int plane, int i, int, int k) {
    if (axis == 0 && plane == n_rho)
      return Grid::Label{0, 0};
    if (axis == 2 && (plane == 0 || plane == n_z))
      return Grid::Label{0, plane == 0 ? 1 : 2};
    if (axis == 0 && plane == 0)
      return Grid::Label{1, inner_patch(middle(heights, k))};
    // Between two regions: the surface around the inner one.
    if (axis == 0 && plane > 0) {
      const int inner = region(middle(radii, plane - 1)), outer = region(middle(radii, plane));
      if (inner != outer)
        return Grid::Label{inner, 0};
    }
    static_cast<void>(i);
    return Grid::Label{};
  };
  return grid_mesh(grid);
}

} // namespace foramen::test
