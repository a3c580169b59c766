#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "response/fibre_path.hpp"
#include "stimulus/pulses.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen;
using namespace foramen::response;

namespace {

// A quarter of a circle of 40 mm radius around the origin, from x to y. The spline is straight at
// its ends: within half a degree of each it is up to 0.2 um off the circle, and turns less.
geometry::Curve quarter() {
  std::vector<Vector3d> points;
  for (int i = 0; i <= 90; ++i) {
    const double phi = i * std::numbers::pi / 180.0;
    points.emplace_back(0.04 * std::cos(phi), 0.04 * std::sin(phi), 0.0);
  }
  return geometry::Curve(points);
}

PotentialAt point_source(const Vector3d& at) {
  return [at](const Vector3d& p) { return 1.0 / (4.0 * std::numbers::pi * 0.3 * (p - at).norm()); };
}

} // namespace

TEST_CASE("compartments lie on the curve, as far apart along it as along the fibre") {
  const geometry::Curve curve = quarter();
  const FibrePath path(curve);
  CHECK(path.length() == Approx(0.04 * std::numbers::pi / 2.0).epsilon(1e-5));
  const PathFibre fibre = fibre_along(path, "mrg", 10.0 * um, 0.25);
  const std::vector<Vector3d> points = compartment_centres(path, fibre);
  const std::vector<double> s = fibre.cable.centres();
  REQUIRE(points.size() == fibre.cable.n_compartments());
  for (std::size_t i = 0; i < points.size(); ++i) {
    CHECK(points[i].norm() == Approx(0.04).margin(0.3e-6));
    // The angle from the first point, times the radius: arc length.
    const double angle = std::atan2(points[i].y(), points[i].x());
    const double first = std::atan2(points[0].y(), points[0].x());
    CHECK((angle - first) * 0.04 == Approx(s[i]).margin(0.3e-6));
  }
}

TEST_CASE("an outer fibre of a bend is longer, and a phase shifts its nodes") {
  const geometry::Curve curve = quarter();
  const Vector3d out = curve.point(0.0).normalized();
  const geometry::Frame frame = curve.frame(0.0);
  const FibrePath outer(curve, 2e-3 * frame.u.dot(out), 2e-3 * frame.v.dot(out));
  CHECK(outer.length() == Approx(0.042 * std::numbers::pi / 2.0).epsilon(5e-4));
  const PathFibre a = fibre_along(outer, "mrg", 10.0 * um, 0.0);
  const PathFibre b = fibre_along(outer, "mrg", 10.0 * um, 0.5);
  CHECK(b.first_node - a.first_node == Approx(0.5 * a.cable.internode_length().si()));
}

TEST_CASE("a straight path gives what positions along a line give") {
  const geometry::Curve line({Vector3d(0.0, 0.0, 0.0), Vector3d(0.03, 0.0, 0.0)},
                             Vector3d::UnitY());
  const FibrePath path(line);
  const PathFibre fibre = fibre_along(path, "gaines_motor", 8.0 * um, 0.3);
  const auto field = field_along(path, fibre, point_source({0.015, 1e-3, 0.0}));
  const std::vector<double> s = fibre.cable.centres();
  for (std::size_t i = 0; i < s.size(); ++i)
    CHECK(field.mV_per_mA[i] == Approx(1.0 / (4.0 * std::numbers::pi * 0.3 *
                                              std::hypot(fibre.first_node + s[i] - 0.015, 1e-3)))
                                    .epsilon(1e-12));
}

TEST_CASE("the phase of the nodes matters near the electrode and not far from it") {
  const geometry::Curve line({Vector3d(0.0, 0.0, 0.0), Vector3d(0.06, 0.0, 0.0)},
                             Vector3d::UnitY());
  const FibrePath path(line);
  const stimulus::Waveform pulse = stimulus::monophasic({.width = 100 * us});
  const auto at = [&](double distance) {
    return phase_spread(path, "mrg", 10.0 * um, point_source({0.03, distance, 0.0}), pulse, 6,
                        {.tolerance = 1e-3});
  };
  const PhaseSpread near = at(0.3e-3), far = at(5e-3);
  REQUIRE(near.complete);
  CHECK(near.thresholds.size() == 6);
  CHECK(near.spread > 0.3);
  CHECK(far.spread < 0.01);
  CHECK(near.highest / near.lowest == Approx(1.0 + near.spread));
}

TEST_CASE("a path too short for the fibre is refused") {
  const geometry::Curve line({Vector3d(0.0, 0.0, 0.0), Vector3d(0.003, 0.0, 0.0)},
                             Vector3d::UnitY());
  const FibrePath path(line);
  CHECK_THROWS_WITH(fibre_along(path, "mrg", 10.0 * um, 0.0),
                    Catch::Contains("3 mm hold fewer than four internodes"));
}
