#include "geometry/curve.hpp"
#include "geometry/solid.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen::geometry;

namespace {

constexpr double pi = std::numbers::pi;

Eigen::Matrix3d turned() {
  return Eigen::AngleAxisd(0.7, Vector3d(1.0, 2.0, -0.5).normalized()).toRotationMatrix();
}
std::shared_ptr<const Curve> arc() {
  std::vector<Vector3d> points;
  for (int i = 0; i <= 400; ++i)
    points.push_back({0.03 * std::cos(pi * i / 400), 0.03 * std::sin(pi * i / 400), 0.0});
  return std::make_shared<Curve>(points, Vector3d::UnitZ());
}
struct Named {
  const char* name;
  SolidPtr solid;
  bool exact_side; // |gradient| = 1 near the surface to difference accuracy
};
std::vector<Named> every_kind() {
  return {
      {"box", box({0.01, 0, 0}, {0.02, 0.01, 0.03}, turned()), true},
      {"rounded box", box({0.01, 0, 0}, {0.02, 0.01, 0.03}, turned(), 0.004), true},
      {"sphere", sphere({0, 0.01, 0}, 0.02), true},
      {"ellipsoid", ellipsoid({0, 0, 0.01}, {0.03, 0.01, 0.02}, turned()), true},
      {"cylinder", cylinder({0, 0, -0.02}, {0.01, 0.01, 0.02}, 0.01), true},
      {"elliptic cylinder",
       elliptic_cylinder({0, 0, -0.02}, {0.01, 0.01, 0.02}, 0.025, 0.01, {1, 1, 0}), true},
      {"half-space", half_space({0.001, 0, 0}, {1, 2, 3}), true},
      {"tube", tube(arc(), 0.006), true},
      {"tapered tube", tapered_tube(arc(), 0.006, 0.003), false},
      {"union", unite({sphere({0, 0, 0}, 0.01), box({0.02, 0, 0}, {0.005, 0.01, 0.01})}), true},
      {"difference", subtract(sphere({0, 0, 0}, 0.02), sphere({0.01, 0, 0}, 0.015)), true},
      {"intersection", intersect({sphere({0, 0, 0}, 0.02), half_space({0, 0, 0}, {1, 0, 0})}),
       true},
      {"grown", grow(box({0, 0, 0}, {0.01, 0.01, 0.01}), 0.005), true},
  };
}

} // namespace

TEST_CASE("box distance is that to the nearest face, edge or corner", "[geometry][solid]") {
  const SolidPtr b = box({1, 0, 0}, {1, 2, 3});
  CHECK(b->distance({1, 0, 0}) == Approx(-1.0));
  CHECK(b->distance({3.5, 0, 0}) == Approx(1.5));
  CHECK(b->distance({3, 3, 0}) == Approx(std::sqrt(2.0)));
  CHECK(b->distance({3, 4, 5}) == Approx(3.0));
  // A rounded corner: distance to the inner corner (1.5, 1.5, 2.5) less the rounding.
  const SolidPtr r = box({1, 0, 0}, {1, 2, 3}, Eigen::Matrix3d::Identity(), 0.5);
  CHECK(r->distance({3, 4, 5}) ==
        Approx((Vector3d(3, 4, 5) - Vector3d(1.5, 1.5, 2.5)).norm() - 0.5));
  CHECK(r->distance({3.5, 0, 0}) == Approx(1.5));
}

TEST_CASE("sphere and half-space distances are the closed forms", "[geometry][solid]") {
  CHECK(sphere({1, 2, 3}, 2.0)->distance({1, 2, 8}) == Approx(3.0));
  CHECK(sphere({1, 2, 3}, 2.0)->distance({1, 2, 3}) == Approx(-2.0));
  CHECK(half_space({0, 0, 1}, {0, 0, 2})->distance({5, 6, 4}) == Approx(3.0));
}

TEST_CASE("cylinder distance is that to mantle, cap or rim", "[geometry][solid]") {
  const SolidPtr c = cylinder({0, 0, 0}, {0, 0, 4}, 1.0);
  CHECK(c->distance({3, 0, 2}) == Approx(2.0));
  CHECK(c->distance({0.2, 0, 7}) == Approx(3.0));
  CHECK(c->distance({4, 0, 8}) == Approx(5.0));
  CHECK(c->distance({0, 0, 2}) == Approx(-1.0));
  CHECK(c->distance({0, 0, 0.25}) == Approx(-0.25));
}

// From x = e + d n(e), with e on the ellipsoid and n its unit normal there, the distance is d as
// long as d stays inside the evolute (d > -b^2/a, the smallest radius of curvature).
TEST_CASE("ellipsoid and elliptic cylinder distances are exact", "[geometry][solid]") {
  const Vector3d e(3.0, 1.5, 2.0);
  const SolidPtr solid = ellipsoid({0.5, 0, 0}, e, turned());
  for (double polar = 0.0; polar <= pi; polar += 0.31)
    for (double azimuth = 0.0; azimuth < 6.28; azimuth += 0.37)
      for (const double d : {-0.3, -1e-3, 0.0, 0.2, 5.0}) {
        const Vector3d on(e.x() * std::sin(polar) * std::cos(azimuth),
                          e.y() * std::sin(polar) * std::sin(azimuth), e.z() * std::cos(polar));
        const Vector3d normal = on.cwiseQuotient(e.cwiseProduct(e)).normalized();
        const Vector3d p = Vector3d(0.5, 0, 0) + turned() * (on + d * normal);
        CHECK(solid->distance(p) == Approx(d).margin(1e-8));
      }
  const SolidPtr bar = elliptic_cylinder({0, 0, -2}, {0, 0, 2}, 3.0, 1.0, {0, 1, 0.5});
  CHECK(bar->distance({0, 5, 0}) == Approx(2.0));
  CHECK(bar->distance({4, 0, 0}) == Approx(3.0));
  CHECK(bar->distance({0, 0, 0}) == Approx(-1.0).epsilon(1e-8));
  CHECK(bar->distance({4, 0, 6}) == Approx(5.0));
  CHECK(bar->distance({0, 0, 1.75}) == Approx(-0.25));
}

TEST_CASE("tube distance is that to the curve less the radius, with flat ends",
          "[geometry][solid]") {
  const SolidPtr t = tube(arc(), 0.005); // half a circle of radius 0.03
  for (double angle = 0.2; angle < 3.0; angle += 0.3) {
    const Vector3d out(std::cos(angle), std::sin(angle), 0.0);
    CHECK(t->distance(0.041 * out) == Approx(0.006).margin(1e-6));
    CHECK(t->distance(0.03 * out) == Approx(-0.005).margin(1e-6));
    CHECK(t->distance(0.03 * out + Vector3d(0, 0, 0.007)) == Approx(0.002).margin(1e-6));
  }
  // Before the start (0.03, 0, 0) the tube ends in a disc, normal -y but for the 0.2 % by which a
  // natural spline's end misses the slope.
  CHECK(t->distance({0.03, -0.004, 0.0}) == Approx(0.004).margin(2e-5));
  CHECK(t->distance({0.032, -0.004, 0.0}) == Approx(0.004).margin(2e-5));
  CHECK(t->distance({0.03, -0.004, 0.008}) == Approx(0.005).margin(2e-5));
  CHECK(t->distance({0.03, 0.001, 0.0}) == Approx(-0.001).margin(2e-5));
}

TEST_CASE("a tapered tube is a cone when its curve is straight", "[geometry][solid]") {
  const auto line = std::make_shared<Curve>(std::vector<Vector3d>{{0, 0, 0}, {0, 0, 1}});
  const SolidPtr cone = tapered_tube(line, 0.3, 0.1);
  CHECK(cone->distance({0.2, 0, 0.5}) == Approx(0.0).margin(1e-12));
  CHECK(cone->distance({0.5, 0, 0.5}) == Approx(0.3 / std::hypot(1.0, 0.2)));
}

TEST_CASE("combinations follow their members", "[geometry][solid]") {
  const SolidPtr a = sphere({0, 0, 0}, 1.0), b = sphere({1.5, 0, 0}, 1.0);
  CHECK(unite({a, b})->contains({1.5, 0.5, 0}));
  CHECK_FALSE(intersect({a, b})->contains({1.5, 0.5, 0}));
  CHECK(intersect({a, b})->contains({0.75, 0, 0}));
  CHECK_FALSE(subtract(a, b)->contains({0.75, 0, 0}));
  CHECK(subtract(a, b)->contains({-0.5, 0, 0}));
  CHECK(grow(a, 0.5)->distance({2, 0, 0}) == Approx(0.5));
  CHECK(grow(a, -0.5)->distance({2, 0, 0}) == Approx(1.5));
}

// Along the gradient of a distance the value changes at rate one. Points are drawn towards the
// surface first; those at creases (where the two one-sided gradients differ) are left out.
TEST_CASE("near its surface every solid's distance has a gradient of norm one",
          "[geometry][solid]") {
  const double h = 1e-6;
  for (const Named& kind : every_kind()) {
    INFO(kind.name);
    const auto slopes = [&](const Vector3d& p, double step) {
      Vector3d g;
      for (int k = 0; k < 3; ++k)
        g[k] =
            (kind.solid->distance(p + step * Vector3d::Unit(k)) - kind.solid->distance(p)) / step;
      return g;
    };
    int tested = 0;
    for (int i = 0; i < 400; ++i) {
      Vector3d p(0.06 * std::sin(12.9898 * i), 0.06 * std::sin(78.233 * i + 1.0),
                 0.06 * std::sin(37.719 * i + 2.0));
      for (int pull = 0; pull < 3; ++pull)
        p -= (kind.solid->distance(p) - 2e-4) * slopes(p, h).normalized();
      const Vector3d forward = slopes(p, h), backward = slopes(p, -h);
      if (std::abs(kind.solid->distance(p)) > 5e-4 || (forward - backward).norm() > 1e-3)
        continue;
      ++tested;
      // Differences: h / (2 R) with R >= 3 mm; the tapered tube neglects its taper squared, 1e-3.
      CHECK(0.5 * (forward + backward).norm() == Approx(1.0).margin(kind.exact_side ? 1e-5 : 2e-3));
    }
    CHECK(tested > 50);
  }
}

TEST_CASE("contains agrees with the sign of the distance and with the bounds",
          "[geometry][solid]") {
  for (const Named& kind : every_kind()) {
    INFO(kind.name);
    const Bounds bounds = kind.solid->bounds();
    int inside = 0;
    for (int i = 0; i < 20000; ++i) {
      const Vector3d p(0.06 * std::sin(12.9898 * i), 0.06 * std::sin(78.233 * i + 1.0),
                       0.06 * std::sin(37.719 * i + 2.0));
      const double d = kind.solid->distance(p);
      if (std::abs(d) < 1e-9)
        continue;
      CHECK(kind.solid->contains(p) == (d < 0.0));
      if (d < 0.0) {
        ++inside;
        CHECK(bounds.contains(p));
      }
    }
    CHECK(inside > 20);
  }
}
