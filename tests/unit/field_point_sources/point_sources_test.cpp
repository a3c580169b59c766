#include "core/error.hpp"
#include "field/point_sources.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <numbers>
#include <vector>

using foramen::field::Matrix3d;
using foramen::field::point_source_potentials;
using foramen::field::Vector3d;
using std::numbers::pi;

namespace {

double potential(const Vector3d& p, const Matrix3d& sigma) {
  const std::vector<Vector3d> points{p}, sources{Vector3d(1e-3, 2e-3, 3e-3)};
  return point_source_potentials(points, sources, sigma)(0, 0);
}

} // namespace

TEST_CASE("an isotropic point source falls off as 1 / (4 pi sigma r)", "[field]") {
  const Vector3d p = Vector3d(1e-3, 2e-3, 3e-3) + 5e-3 * Vector3d(2, -1, 2) / 3.0;
  CHECK(potential(p, 0.2 * Matrix3d::Identity()) ==
        Approx(1.0 / (4.0 * pi * 0.2 * 5e-3)).epsilon(1e-13));
}

TEST_CASE("an anisotropic point source has the potential of the closed form", "[field]") {
  const Vector3d s(0.1, 0.3, 0.7), d(1e-3, -2e-3, 4e-3);
  const double expected =
      1.0 / (4.0 * pi *
             std::sqrt(s.y() * s.z() * d.x() * d.x() + s.x() * s.z() * d.y() * d.y() +
                       s.x() * s.y() * d.z() * d.z()));
  const Vector3d p = Vector3d(1e-3, 2e-3, 3e-3) + d;
  CHECK(potential(p, s.asDiagonal()) == Approx(expected).epsilon(1e-13));
}

TEST_CASE("turning medium and points together changes nothing", "[field]") {
  const Matrix3d sigma = Vector3d(0.1, 0.3, 0.7).asDiagonal();
  const Matrix3d turn = Eigen::AngleAxisd(0.7, Vector3d(1, 2, 3).normalized()).toRotationMatrix();
  const std::vector<Vector3d> origin{Vector3d::Zero()}, point{Vector3d(1e-3, -2e-3, 4e-3)};
  const std::vector<Vector3d> turned{turn * point[0]};
  CHECK(point_source_potentials(turned, origin, turn * sigma * turn.transpose())(0, 0) ==
        Approx(point_source_potentials(point, origin, sigma)(0, 0)).epsilon(1e-12));
}

TEST_CASE("a fibre through a point source is refused", "[field]") {
  CHECK_THROWS_WITH(potential(Vector3d(1e-3, 2e-3, 3e-3), Matrix3d::Identity()),
                    Catch::Contains("a fibre passes through contact 1") &&
                        Catch::Contains("increase lead.clearance"));
}
