#include "field/unit_potentials.hpp"

#include "support/grid_mesh.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <iostream>
#include <numbers>

using namespace foramen;
using namespace foramen::field;

namespace {

// Ring contact of half length h around a lead of radius a in a homogeneous medium.
VolumeScene ring_scene(double a) {
  VolumeScene scene;
  scene.surfaces.resize(2);
  scene.surfaces[0].name = "domain";
  scene.surfaces[1].name = "lead";
  scene.surfaces[1].parent = 0;
  scene.surfaces[1].hole = true;
  scene.surfaces[1].surface.project = [a](const Vector3d& p, int) {
    const double rho = std::hypot(p.x(), p.y());
    return Vector3d(p.x() * a / rho, p.y() * a / rho, p.z());
  };
  scene.electrodes = {{"E1", 1, {1}}};
  scene.conductivity = [](int, const Vector3d&) { return Matrix3d(0.2 * Matrix3d::Identity()); };
  scene.region_is_uniform = {true, true};
  return scene;
}

struct Printing : core::Progress {
  void note(const std::string& line) override { std::cout << line << "\n"; }
};

} // namespace

TEST_CASE("ring contact", "[field]") {
  const double a = 0.65e-3;
  std::vector<double> radii, heights;
  for (int i = 0; i <= 24; ++i)
    radii.push_back(a * std::pow(60.0 / 0.65, std::pow(i / 24.0, 1.2)));
  radii.back() = 60e-3;
  // graded from the contact's edge
  std::vector<double> half = {0.0};
  for (double z : {0.5, 0.9, 1.2, 1.4, 1.5, 1.6, 1.8, 2.1, 2.7, 3.5, 5.0, 7.5, 11., 16., 24., 36., 60.})
    half.push_back(z * 1e-3);
  for (std::size_t i = half.size(); i-- > 1;)
    heights.push_back(-half[i]);
  heights.insert(heights.end(), half.begin(), half.end());
  const TetMesh mesh = test::annulus_mesh(radii, 16, heights,
                                          [](double z) { return std::abs(z) < 1.5e-3 ? 1 : 0; });
  Printing progress;
  const UnitPotentials u = solve_unit_potentials(ring_scene(a), mesh, {}, progress);
  std::cout << u.impedance << "\n";
  CHECK(u.impedance(0, 0) == Approx(393.87).epsilon(0.01));
}
