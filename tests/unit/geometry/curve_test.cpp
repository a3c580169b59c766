#include "geometry/curve.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numbers>

using foramen::geometry::Curve;
using foramen::geometry::Frame;
using foramen::geometry::Vector3d;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double radius = 0.02, pitch = 0.03; // metres; a helix of the nerve's size

Vector3d helix(double turn) {
  return {radius * std::cos(2.0 * pi * turn), radius * std::sin(2.0 * pi * turn), pitch * turn};
}
std::vector<Vector3d> helix_points(int n, double turns) {
  std::vector<Vector3d> points;
  for (int i = 0; i <= n; ++i)
    points.push_back(helix(turns * i / n));
  return points;
}
// Bends in all three directions, unevenly spaced knots.
Curve bent() {
  return Curve({{0.0, 0.0, 0.06},
                {0.004, 0.001, 0.03},
                {0.012, -0.004, 0.0},
                {0.03, 0.003, -0.012},
                {0.05, 0.012, -0.05},
                {0.07, 0.02, -0.09}},
               -Vector3d::UnitY());
}

} // namespace

TEST_CASE("a straight curve has the length of its chord and continues straight",
          "[geometry][curve]") {
  const Curve line({{0.0, 0.0, 0.0}, {0.0, 0.0, 0.04}, {0.0, 0.0, 0.04}, {0.0, 0.0, 0.1}});
  CHECK(line.length() == Approx(0.1).epsilon(1e-14));
  CHECK(line.min_radius_of_curvature() == std::numeric_limits<double>::infinity());
  CHECK((line.point(0.123) - Vector3d(0, 0, 0.123)).norm() < 1e-15);
  CHECK((line.point(-0.05) - Vector3d(0, 0, -0.05)).norm() < 1e-15);
  CHECK((line.frame(0.07).u - Vector3d::UnitX()).norm() < 1e-14);
  CHECK((line.at(0.03, 1e-3, 2e-3) - Vector3d(1e-3, 2e-3, 0.03)).norm() < 1e-15);
}

// A natural spline puts zero curvature at its ends: the slope there is wrong by O(h), over a length
// O(h), and the length feels the square of that: third order.
TEST_CASE("arc length of a helix converges with third order in the spacing of its points",
          "[geometry][curve]") {
  const double exact = 2.0 * std::hypot(2.0 * pi * radius, pitch);
  const auto error = [&](int n) { return std::abs(Curve(helix_points(n, 2.0)).length() - exact); };
  const double coarse = error(32), middle = error(64), fine = error(128);
  INFO(coarse << " " << middle << " " << fine);
  CHECK(std::log2(coarse / middle) == Approx(3.0).margin(0.3));
  CHECK(std::log2(middle / fine) == Approx(3.0).margin(0.3));
}

// The interpolant against the polygon through ever more of its own points: an n-gon is short by
// O(1/n^2), so that Richardson's (4 L(2n) - L(n)) / 3 leaves O(1/n^4), here below 1e-11.
TEST_CASE("length and parameter agree with the curve itself to 1e-9", "[geometry][curve]") {
  const Curve curve = bent();
  const auto polygon = [&](double from, double to, int n) {
    double sum = 0.0;
    for (int i = 0; i < n; ++i)
      sum +=
          (curve.point(from + (to - from) * (i + 1) / n) - curve.point(from + (to - from) * i / n))
              .norm();
    return sum;
  };
  const auto arc = [&](double from, double to) {
    return (4.0 * polygon(from, to, 8000) - polygon(from, to, 4000)) / 3.0;
  };
  const double length = curve.length();
  CHECK(arc(0.0, length) == Approx(length).epsilon(1e-9));
  for (const double part : {0.1, 0.37, 0.5, 0.81})
    CHECK(arc(0.0, part * length) == Approx(part * length).epsilon(1e-9));
}

TEST_CASE("the tangent is the derivative of the point", "[geometry][curve]") {
  const Curve curve = bent();
  const double h = 1e-6; // central difference: h^2 / (6 R^2) < 1e-8, rounding 1e-16 / h < 1e-9
  for (double s = 0.002; s < curve.length(); s += 0.0071) {
    const Vector3d difference = (curve.point(s + h) - curve.point(s - h)) / (2.0 * h);
    CHECK((difference - curve.tangent(s)).norm() < 2e-7);
  }
}

// The zero curvature at a natural end rings inwards by powers of -(2 - sqrt 3): the first interior
// knot is too curved by that factor, and it is the sharpest of all.
TEST_CASE("smallest radius of a helix is (R^2 + c^2) / R but for the natural ends",
          "[geometry][curve]") {
  const double c = pitch / (2.0 * pi);
  const Curve curve(helix_points(400, 2.0));
  CHECK(curve.min_radius_of_curvature() * (1.0 + 2.0 - std::sqrt(3.0)) ==
        Approx((radius * radius + c * c) / radius).epsilon(1e-3));
}

TEST_CASE("frames are orthonormal, right-handed and continuous", "[geometry][curve]") {
  const Curve curve = bent();
  Frame before = curve.frame(0.0);
  CHECK(before.u.dot(-Vector3d::UnitY()) > 0.9);
  for (double s = 0.0; s <= curve.length(); s += 1e-4) {
    const Frame f = curve.frame(s);
    CHECK(std::abs(f.u.dot(f.tangent)) < 1e-12);
    CHECK(f.u.norm() == Approx(1.0).epsilon(1e-12));
    CHECK((f.u.cross(f.v) - f.tangent).norm() < 1e-12);
    CHECK((f.u - before.u).norm() < 1.1e-4 / curve.min_radius_of_curvature());
    before = f;
  }
}

// Along a rotation-minimising frame u changes only along the tangent: u' . v = 0. Double reflection
// is of fourth order in the sample spacing of R / 100, so only the difference quotient limits.
TEST_CASE("the frame does not twist about the curve", "[geometry][curve]") {
  const Curve curve = bent();
  const double h = 1e-5;
  for (double s = 0.001; s < curve.length() - 0.001; s += 0.0031) {
    const Vector3d change = (curve.frame(s + h).u - curve.frame(s - h).u) / (2.0 * h);
    CHECK(std::abs(change.dot(curve.frame(s).v)) * curve.min_radius_of_curvature() < 1e-5);
  }
}

// Over one turn a twist-free frame comes back turned by the helix's total torsion, 2 pi c /
// hypot(R, c) (Gauss-Bonnet); the Frenet normal itself returns to where it was.
TEST_CASE("after one turn of a helix the frame has turned by its total torsion",
          "[geometry][curve]") {
  const Curve curve(helix_points(600, 3.0));
  const double c = pitch / (2.0 * pi), turn = 2.0 * pi * std::hypot(radius, c);
  const double middle = 0.5 * curve.length(); // away from the ends' natural condition
  const Frame a = curve.frame(middle - 0.5 * turn), b = curve.frame(middle + 0.5 * turn);
  const double expected = 2.0 * pi * (1.0 - c / std::hypot(radius, c));
  const double turned = std::atan2(b.u.dot(a.v), b.u.dot(a.u));
  CHECK(std::cos(turned - expected) == Approx(1.0).epsilon(1e-6));
}

TEST_CASE("closest finds the foot of every offset point", "[geometry][curve]") {
  const Curve curve = bent();
  const double offset = 0.4 * curve.min_radius_of_curvature();
  for (double s = 0.0005; s < curve.length(); s += 0.0017)
    for (double angle = 0.0; angle < 6.0; angle += 0.9) {
      const Vector3d p = curve.at(s, offset * std::cos(angle), offset * std::sin(angle));
      const Curve::Foot foot = curve.closest(p);
      CHECK(foot.s == Approx(s).margin(1e-9));
      CHECK(foot.distance == Approx(offset).epsilon(1e-9));
    }
}

TEST_CASE("closest is the global minimum, also for points far from the curve",
          "[geometry][curve]") {
  const Curve curve(helix_points(90, 3.0)); // inside it many parts are about equally near
  for (int i = 0; i < 60; ++i) {
    const Vector3d p(0.03 * std::sin(1.7 * i), 0.03 * std::cos(2.9 * i), 0.12 * i / 60.0 - 0.015);
    double brute = std::numeric_limits<double>::infinity();
    const double step = curve.length() / 20000.0;
    for (int j = 0; j <= 20000; ++j)
      brute = std::min(brute, (curve.point(j * step) - p).norm());
    const Curve::Foot foot = curve.closest(p);
    CHECK(foot.distance <= brute + 1e-15);
    // The foot lies within half a step of some brute-force sample.
    CHECK(foot.distance >= brute - 0.5 * step);
    CHECK((curve.point(foot.s) - p).norm() == Approx(foot.distance).epsilon(1e-14));
  }
}

TEST_CASE("closest from a neighbour's foot is closest", "[geometry][curve]") {
  const Curve curve = bent();
  const double offset = 0.9 * curve.min_radius_of_curvature();
  for (double s = 0.0; s <= curve.length(); s += 0.0013)
    for (const double away : {-0.02, -0.001, 0.0, 0.0007, 0.03}) {
      const Vector3d p = curve.at(s, offset * std::cos(40.0 * s), offset * std::sin(40.0 * s));
      const Curve::Foot foot = curve.closest(p), walked = curve.closest(p, foot.s + away);
      CHECK(walked.s == Approx(foot.s).margin(1e-9));
      CHECK(walked.distance == Approx(foot.distance).epsilon(1e-9));
    }
  const Curve helix(helix_points(90, 3.0)); // a point on its axis is far from the walk's foot
  const Vector3d p(0.001, 0.0, 0.03);
  CHECK(helix.closest(p, 0.0).distance == helix.closest(p).distance);
}

TEST_CASE("closest handles long straight runs beside sharp bends", "[geometry][curve]") {
  const Curve curve(
      {{0, 0, 0}, {0, 0, 0.1}, {0.001, 0, 0.102}, {0.003, 0, 0.103}, {0.1, 0, 0.103}});
  const Curve::Foot foot = curve.closest(curve.at(0.04, 0.0, 0.002));
  CHECK(foot.s == Approx(0.04).margin(1e-9));
  CHECK(foot.distance == Approx(0.002).epsilon(1e-9));
}

TEST_CASE("closest stays within the ends", "[geometry][curve]") {
  const Curve line({{0, 0, 0}, {0, 0, 0.1}});
  CHECK(line.closest({0.003, 0.0, -0.004}).s == 0.0);
  CHECK(line.closest({0.003, 0.0, -0.004}).distance == Approx(0.005));
  CHECK(line.closest({0.0, 0.003, 0.104}).s == Approx(0.1));
  CHECK(line.closest({0.0, 0.003, 0.104}).distance == Approx(0.005));
}
