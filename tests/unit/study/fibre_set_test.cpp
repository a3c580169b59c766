#include "axon/catalogue.hpp"
#include "core/provenance.hpp"
#include "study/fibre_set.hpp"
#include "study/study_result.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen;
using Eigen::Vector3d;

namespace {

// A quarter of a circle of radius 60 mm, then straight: 124 mm long.
anatomy::Nerve bent_nerve() {
  std::vector<Vector3d> points;
  for (int i = 0; i <= 40; ++i) {
    const double a = 0.5 * std::numbers::pi * i / 40.0;
    points.emplace_back(0.06 * std::sin(a), 0.0, 0.06 * std::cos(a));
  }
  for (int i = 1; i <= 6; ++i)
    points.emplace_back(0.06, 0.0, -0.005 * i);
  anatomy::Nerve nerve;
  nerve.course = std::make_shared<geometry::Curve>(points, Vector3d::UnitY());
  nerve.radius = 2.8e-3;
  nerve.fascicles = {{1e-3, 0.5e-3, 0.6e-3, 0.05}, {-1e-3, 0.0, 0.4e-3, 0.05}};
  return nerve;
}

study::PopulationSettings population(std::size_t count) {
  study::PopulationSettings settings;
  settings.name = "alpha_motor";
  settings.model = "mrg";
  settings.diameters =
      response::read_population(core::data_folder() + "/populations", "alpha_motor");
  settings.count = count;
  return settings;
}

} // namespace

TEST_CASE("fibres run inside their fascicles and over the whole nerve", "[study]") {
  const auto nerve = bent_nerve();
  const auto fibres = study::place_fibres(nerve, population(20), 5);
  REQUIRE(fibres.size() == 20);
  for (const study::PlacedFibre& fibre : fibres) {
    const anatomy::Fascicle& f = nerve.fascicles.at(fibre.sample.fascicle);
    const double u = fibre.sample.u.si(), v = fibre.sample.v.si();
    CHECK(std::hypot(u - f.u, v - f.v) < f.radius);
    for (const Vector3d& p : fibre.stations) {
      const auto foot = nerve.course->closest(p);
      // The frame is orthogonal to the course, so the offset is the distance; 1 nm for the spline's
      // foot.
      CHECK(std::abs(foot.distance - std::hypot(u, v)) < 1e-9);
    }
    const double internode = fibre.cable.internode_length().si();
    CHECK(fibre.course_s.front() >= 0.0);
    CHECK(fibre.course_s.back() <= nerve.course->length());
    // Less than two internodes and a half stay uncovered at either end, the phase included.
    CHECK(fibre.course_s.front() < 2.5 * internode);
    CHECK(nerve.course->length() - fibre.course_s.back() < 2.5 * internode);
  }
}

TEST_CASE("stations lie at equal arc length along the fibre's own path", "[study]") {
  const auto fibres = study::place_fibres(bent_nerve(), population(6), 5);
  for (const study::PlacedFibre& fibre : fibres) {
    CHECK(fibre.spacing <= study::station_spacing);
    for (std::size_t i = 1; i < fibre.stations.size(); ++i) {
      const double chord = (fibre.stations[i] - fibre.stations[i - 1]).norm();
      // The path's speed is interpolated over 0.1 mm. Where the bend ends, an offset of 1.5 mm
      // changes it by 0.025 within a spline segment of 2.4 mm: (0.1 mm)^2 / 8 * 0.025 / 2.4 mm is
      // 5e-5 of 0.25 mm.
      CHECK(std::abs(chord / fibre.spacing - 1.0) < 5e-5);
    }
  }
}

TEST_CASE("the first fibres of a larger population are those of a smaller one", "[study]") {
  const auto few = study::place_fibres(bent_nerve(), population(3), 5);
  const auto many = study::place_fibres(bent_nerve(), population(9), 5);
  for (std::size_t i = 0; i < few.size(); ++i) {
    CHECK(few[i].sample.diameter == many[i].sample.diameter);
    CHECK(few[i].first_node == many[i].first_node);
  }
}

TEST_CASE("interpolating from stations to compartments is sixth order", "[study]") {
  auto fibre = study::place_fibres(bent_nerve(), population(1), 5).front();
  const double span = fibre.cable.length().si();
  // 1 / distance from a point 2 mm beside the fibre's middle.
  const auto phi = [span](double s) { return 1.0 / std::hypot(s - 0.5 * span, 2e-3); };
  const auto worst = [&](std::size_t intervals) {
    fibre.spacing = span / static_cast<double>(intervals);
    fibre.stations.assign(intervals + 1, Vector3d::Zero());
    std::vector<double> values;
    for (std::size_t i = 0; i <= intervals; ++i)
      values.push_back(phi(fibre.spacing * static_cast<double>(i)));
    const auto found = study::interpolate_to_compartments(fibre, values, 1);
    double error = 0.0;
    const auto centres = fibre.cable.centres();
    for (std::size_t k = 0; k < centres.size(); ++k)
      error = std::max(error, std::abs(found[k] - phi(centres[k])) / phi(0.5 * span));
    return error;
  };
  const auto n = static_cast<std::size_t>(span / 1e-3);
  const double coarse = worst(2 * n), fine = worst(4 * n);
  // h^6: 64 per halving; the compartments do not fall on the worst places equally: allow half.
  CHECK(coarse / fine > 32.0);
  // At the spacing in use, 0.25 mm and 2 mm away, the interpolation is far below the field's error.
  CHECK(worst(4 * n) < 1e-6);
}

TEST_CASE("phases of a fibre differ in where its nodes fall, and in nothing else") {
  const anatomy::Nerve nerve = bent_nerve();
  study::PopulationSettings settings = population(3);
  const auto once = study::place_fibres(nerve, settings, 7);
  settings.node_phases = 4;
  const auto fibres = study::place_fibres(nerve, settings, 7);
  REQUIRE(fibres.size() == 12);
  for (std::size_t i = 0; i < 12; ++i) {
    const study::PlacedFibre& f = fibres[i];
    const study::PlacedFibre& own = once[i / 4];
    CHECK(f.sample.u == own.sample.u);
    CHECK(f.sample.diameter == own.sample.diameter);
    const double shift =
        f.sample.node_phase - own.sample.node_phase - 0.25 * static_cast<double>(i % 4);
    CHECK(shift - std::round(shift) == Approx(0.0).margin(1e-12));
    CHECK(f.sample.node_phase >= 0.0);
    CHECK(f.sample.node_phase < 1.0);
  }
}

TEST_CASE("the spread over phases is that of each fibre's own thresholds") {
  std::vector<response::ThresholdResult> row(6);
  const double thresholds[6] = {1.0, 1.2, 1.1, 2.0, 2.0, 3.0};
  for (std::size_t i = 0; i < 6; ++i) {
    row[i].status = response::ThresholdStatus::converged;
    row[i].threshold = thresholds[i] * mA;
  }
  const auto spreads = study::phase_spreads(row, 3);
  REQUIRE(spreads.size() == 2);
  CHECK(spreads[0] == Approx(0.2));
  CHECK(spreads[1] == Approx(0.5));
  row[4].status = response::ThresholdStatus::above_ceiling;
  CHECK(study::phase_spreads(row, 3)[1] == -1.0);
}
