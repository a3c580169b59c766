// A model that the library does not know runs like any other.
#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"
#include "unit/axon/own_model.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::axon;

TEST_CASE("a user's model comes to the rest that its equations have") {
  const Cable cable = test::own_fibre(101);
  const Rest rest = rest_state(cable);
  REQUIRE(rest.stationary);
  // Where 0.1 m^2 h (V - 50) + 0.001 (V + 70) vanishes: bisection on the equations as printed.
  double low = -75.0, high = -60.0;
  for (int i = 0; i < 60; ++i) {
    const double v = 0.5 * (low + high);
    const double m = 1.0 / (1.0 + std::exp(-(v + 35.0) / 5.0));
    const double a = 0.1 * std::exp(-(v + 60.0) / 15.0),
                 b = 2.0 / (1.0 + std::exp(-(v + 30.0) / 8.0));
    const double current = 0.1 * m * m * a / (a + b) * (v - 50.0) + 0.001 * (v + 70.0);
    (current > 0.0 ? high : low) = v;
  }
  CHECK(rest.state.v_mV[50] == Approx(low).margin(1e-6));
}

TEST_CASE("a user's model fires and conducts") {
  const Cable cable = test::own_fibre(101);
  const Rest rest = rest_state(cable);
  const Drive drive = field_drive(cable, test::point_source(cable, 0.1 * mm));
  const auto pulse = stimulus::monophasic({.width = 500 * us});
  const Recording run = record(cable, rest.state, drive, 0.5, pulse, {.coarsest = 1.0}, 5 * ms);
  CHECK(std::isfinite(run.first_crossing_ms[50]));
  CHECK(run.first_crossing_ms[10] > run.first_crossing_ms[30]);
  CHECK(std::isfinite(run.first_crossing_ms[10]));
}
