#include "field/current_density.hpp"
#include "field/point_location.hpp"
#include "scenes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace foramen;
using namespace foramen::field;
using test::Bar;
using test::Coaxial;

namespace {

Vector3d centroid(const UnitPotentials& u, std::size_t t) {
  Vector3d sum = Vector3d::Zero();
  for (std::size_t a = 0; a < 4; ++a)
    sum += u.nodes[static_cast<std::size_t>(u.elements[t][a])];
  return 0.25 * sum;
}

// Largest deviation from J = I / (2 pi rho length) outwards, relative to the largest J.
double coaxial_error(int n) {
  const Coaxial c;
  const VolumeScene scene = test::coaxial_scene(c);
  const UnitPotentials u =
      solve_unit_potentials(scene, test::coaxial_mesh(c, n), {.relative_tolerance = 1e-10});
  const std::array<double, 1> current{1.0};
  const std::vector<Vector3d> density = current_density(u, scene.conductivity, current);
  const double scale = 1.0 / (2.0 * std::numbers::pi * c.length);
  double worst = 0.0;
  for (std::size_t t = 0; t < density.size(); ++t) {
    // Where the curved element has its middle; h^2 from that of its corners.
    Vector3d p = Vector3d::Zero();
    for (std::size_t a = 0; a < 10; ++a)
      p += (a < 4 ? -0.125 : 0.25) * u.nodes[static_cast<std::size_t>(u.elements[t][a])];
    const Vector3d out(p.x(), p.y(), 0.0);
    worst = std::max(worst, (density[t] - scale * out / out.squaredNorm()).norm());
  }
  return worst / (scale / c.a);
}

} // namespace

TEST_CASE("current density in a coaxial resistor is I / (2 pi rho length), to second order",
          "[field][verification]") {
  const double coarse = coaxial_error(2), fine = coaxial_error(4);
  CHECK(fine < 0.02);
  CHECK(coarse / fine > 3.2); // 4 in the limit
}

TEST_CASE("current density in a bar is the current over the area, sheet or not, either side",
          "[field]") {
  for (const double sheet : {0.0, 0.05}) {
    Bar bar;
    bar.sheet = sheet;
    VolumeScene scene = test::bar_scene(bar);
    Matrix3d sigma = Matrix3d::Identity() * 0.2;
    sigma(2, 2) = 0.7; // anisotropic along the current: J is the same
    scene.conductivity = test::everywhere(sigma);
    const UnitPotentials u =
        solve_unit_potentials(scene, test::bar_mesh(bar), {.relative_tolerance = 1e-12});
    const std::array<double, 1> current{2e-3};
    const Vector3d expected(0.0, 0.0, 2e-3 / bar.area());
    const std::vector<Vector3d> density = current_density(u, scene.conductivity, current);
    REQUIRE(density.size() == u.elements.size());
    for (const Vector3d& j : density)
      CHECK((j - expected).norm() < 1e-8 * expected.norm());
  }
}

TEST_CASE("current density at points is per ampere of each electrode, zero outside", "[field]") {
  const Bar bar;
  const VolumeScene scene = test::bar_scene(bar);
  const UnitPotentials u =
      solve_unit_potentials(scene, test::bar_mesh(bar), {.relative_tolerance = 1e-12});
  const std::vector<Vector3d> points{centroid(u, 5), Vector3d(1e-3, 1e-3, 3.3e-3),
                                     Vector3d(1.0, 0.0, 0.0)};
  const std::vector<double> density =
      unit_current_density(u, scene.conductivity, PointLocation(u.nodes, u.elements), points);
  REQUIRE(density.size() == 9);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(density[3 * i + 2] == Approx(1.0 / bar.area()));
    CHECK(density[3 * i] == Approx(0.0).margin(1e-6 / bar.area()));
  }
  for (std::size_t k = 6; k < 9; ++k)
    CHECK(density[k] == 0.0);
}
