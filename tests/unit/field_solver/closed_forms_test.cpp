#include "field/closed_forms.hpp"

#include <catch2/catch.hpp>

#include <numbers>

using namespace foramen::field;

TEST_CASE("closed forms meet in their common limits", "[field]") {
  CHECK(shelled_sphere_resistance(0.2, 1e-3, 2e-3, 0.2) == Approx(sphere_resistance(0.2, 1e-3)));
  CHECK(point_source_potential(0.2 * Matrix3d::Identity(), {1e-3, 0.0, 0.0}) ==
        Approx(sphere_resistance(0.2, 1e-3)));
  // On the plane the image doubles the source.
  CHECK(point_source_over_plane(0.2, {0.0, 0.0, 2e-3}, {1e-3, 0.0, 0.0}) ==
        Approx(2.0 * sphere_resistance(0.2, std::hypot(1e-3, 2e-3))));
  CHECK(disc_resistance(0.2, 1.5e-3) == Approx(833.3333).epsilon(1e-6));
}

TEST_CASE("a disc's potential is its metal's on the disc, Newman's arctangent on the axis, a point "
          "source's far away",
          "[field]") {
  const double a = 1.5e-3, sigma = 0.2, resistance = disc_resistance(sigma, a);
  CHECK(disc_potential(sigma, a, {0.6 * a, 0.3 * a, 0.0}) == Approx(resistance));
  CHECK(disc_potential(sigma, a, {0.0, 0.0, 2e-3}) ==
        Approx(resistance * 2.0 / std::numbers::pi * std::atan(a / 2e-3)));
  // The next term is (a / r)^2 / 6 smaller, here 4e-6; current into a half space.
  CHECK(disc_potential(sigma, a, {0.18, 0.0, 0.24}) ==
        Approx(2.0 * sphere_resistance(sigma, 0.3)).epsilon(1e-5));
}

TEST_CASE("the anisotropic point source matches its written-out form", "[field]") {
  const double sx = 0.1, sy = 0.2, sz = 0.6, x = 1e-3, y = 2e-3, z = -3e-3;
  CHECK(point_source_potential(Eigen::Vector3d(sx, sy, sz).asDiagonal(), {x, y, z}) ==
        Approx(1.0 / (4.0 * std::numbers::pi *
                      std::sqrt(sy * sz * x * x + sx * sz * y * y + sx * sy * z * z))));
}
