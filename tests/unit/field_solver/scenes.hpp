// Small scenes with exact answers, on structured meshes.
#pragma once

#include "field/unit_potentials.hpp"
#include "support/grid_mesh.hpp"

#include <cmath>

namespace foramen::test {

using field::Matrix3d;

inline Matrix3d isotropic(double sigma) {
  return sigma * Matrix3d::Identity();
}

inline std::function<Matrix3d(int, const Vector3d&)> everywhere(const Matrix3d& sigma) {
  return [sigma](int, const Vector3d&) { return sigma; };
}

// A bar with one electrode on its face z- and ground on z+; the other faces are insulated. A sheet
// at half height separates region 0 (below) from region 1 (above) if `sheet` is positive.
struct Bar {
  Vector3d size = Vector3d(2e-3, 3e-3, 4e-3);
  std::array<int, 3> cells = {3, 3, 4};
  double sigma = 0.2, sheet = 0.0;

  double area() const { return size.x() * size.y(); }
  double resistance() const { return size.z() / (sigma * area()) + sheet / area(); }
};

inline field::VolumeScene bar_scene(const Bar& bar) {
  field::VolumeScene scene;
  scene.surfaces.push_back({"bar", {}, -1, false, 0.0});
  if (bar.sheet > 0.0)
    scene.surfaces.push_back({"upper half", {}, 0, false, bar.sheet});
  scene.electrodes = {{"plate", 0, {5}}};
  scene.insulated_outer_patches = {1, 2, 3, 4};
  scene.conductivity = everywhere(isotropic(bar.sigma));
  scene.region_is_uniform = {true, true};
  return scene;
}

inline field::TetMesh bar_mesh(const Bar& bar) {
  Grid grid;
  grid.cells = bar.cells;
  const int half = bar.cells[2] / 2;
  grid.position = [&](int i, int j, int k) {
    return Vector3d(bar.size.x() * i / bar.cells[0], bar.size.y() * j / bar.cells[1],
                    bar.size.z() * k / bar.cells[2]);
  };
  if (bar.sheet > 0.0)
    grid.region = [=](int, int, int k) { return k >= half ? 1 : 0; };
  grid.label = [&](int axis, int plane, int, int, int) {
    const int last = bar.cells[static_cast<std::size_t>(axis)];
    if (plane == 0 || plane == last)
      return Grid::Label{0, 1 + 2 * axis + (plane == last)};
    if (bar.sheet > 0.0 && axis == 2 && plane == half)
      return Grid::Label{1, 0};
    return Grid::Label{};
  };
  return grid_mesh(grid);
}

// Between an electrode at radius a and a grounded one at b, insulated caps:
// phi = ln(b / rho) / (2 pi sigma length).
struct Coaxial {
  double a = 1e-3, b = 2e-3, length = 1e-3, sigma = 0.2;
  double potential(const Vector3d& p) const {
    return std::log(b / std::hypot(p.x(), p.y())) / (2.0 * 3.14159265358979323846 * sigma * length);
  }
};

inline field::VolumeScene coaxial_scene(const Coaxial& c) {
  field::VolumeScene scene;
  const auto onto = [](double radius) {
    return [radius](const Vector3d& p, int patch) {
      if (patch == 1 || patch == 2) // the caps
        return p;
      const double factor = radius / std::hypot(p.x(), p.y());
      return Vector3d(p.x() * factor, p.y() * factor, p.z());
    };
  };
  scene.surfaces.push_back({"outside", {{}, {}, {}, onto(c.b)}, -1, false, 0.0});
  scene.surfaces.push_back({"inside", {{}, {}, {}, onto(c.a)}, 0, true, 0.0});
  scene.electrodes = {{"inner", 1, {0}}};
  scene.insulated_outer_patches = {1, 2};
  scene.conductivity = everywhere(isotropic(c.sigma));
  scene.region_is_uniform = {true};
  return scene;
}

// `n` cells across the gap.
inline field::TetMesh coaxial_mesh(const Coaxial& c, int n) {
  std::vector<double> radii, heights;
  for (int i = 0; i <= n; ++i)
    radii.push_back(c.a + (c.b - c.a) * i / n);
  for (int k = 0; k <= n; ++k)
    heights.push_back(c.length * k / n);
  return annulus_mesh(radii, 6 * n, heights, [](double) { return 0; });
}

} // namespace foramen::test
