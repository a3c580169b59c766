// The modes of a passive internode against the equations they come from.
#include "axon/batch.hpp"
#include "axon/catalogue.hpp"
#include "axon/rest_state.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"
#include "unit/axon/targets.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace foramen;
using namespace foramen::axon;

namespace {

// dx/dt of an internode's (U, P) with nodes at u_l and u_r, straight from cable.hpp: per
// compartment the 2 x 2 system of capacitances is solved by hand.
InternodeModes::Values rate_of(const Cable::Period& period, const InternodeModes::Values& x,
                               double u_left, double u_right) {
  InternodeModes::Values dx{};
  for (std::size_t k = 0; k < n_internode_compartments; ++k) {
    const Compartment& c = period[k + 1];
    const Compartment& before = period[k];
    const double u = x[2 * k], p = x[2 * k + 1];
    const double u_b = k == 0 ? u_left : x[2 * k - 2], p_b = k == 0 ? 0.0 : x[2 * k - 1];
    const bool last = k + 1 == n_internode_compartments;
    const double u_n = last ? u_right : x[2 * k + 2], p_n = last ? 0.0 : x[2 * k + 3];
    const double leak = c.leak_mS * (u - p) - c.leak_uA;
    const double axial = before.axial_mS * (u_b - u) + c.axial_mS * (u_n - u);
    const double periaxonal = before.periaxonal_mS * (p_b - p) + c.periaxonal_mS * (p_n - p);
    const double dv = (axial - leak) / c.capacitance_uF;
    const double dp = (axial + periaxonal - c.myelin_conductance_mS * p) / c.myelin_capacitance_uF;
    dx[2 * k] = dv + dp;
    dx[2 * k + 1] = dp;
  }
  return dx;
}

void check_modes(const Cable& cable, std::size_t j) {
  const InternodeModes& modes = cable.modes(j);
  const Cable::Period& period = cable.periods()[cable.period_of(j)];
  InternodeModes::Values x{};
  for (std::size_t k = 0; k < x.size(); ++k)
    x[k] = -80.0 * (k % 2 == 0) + 7.0 * std::sin(1.0 + 2.3 * static_cast<double>(k));
  const double u_left = -71.0, u_right = -83.0;

  const InternodeModes::Values y = modes.amplitudes(x), back = modes.potentials(y);
  for (std::size_t k = 0; k < x.size(); ++k)
    CHECK(back[k] == Approx(x[k]).margin(1e-9));

  // The same motion in either coordinates.
  InternodeModes::Values dy{};
  double scale = 0.0;
  for (std::size_t m = 0; m < y.size(); ++m)
    dy[m] = -modes.rate[m] * y[m] + modes.left[m] * u_left + modes.right[m] * u_right;
  InternodeModes::Values moved = modes.potentials(dy);
  const InternodeModes::Values dx = rate_of(period, x, u_left, u_right);
  for (std::size_t k = 0; k < x.size(); ++k)
    scale = std::max(scale, std::abs(dx[k]));
  for (std::size_t k = 0; k < x.size(); ++k)
    CHECK(moved[k] - modes.x_rest[k] == Approx(dx[k]).margin(1e-9 * scale));

  // The currents into the nodes.
  double to_left = modes.at_rest_left, to_right = modes.at_rest_right;
  for (std::size_t m = 0; m < y.size(); ++m) {
    to_left += modes.left[m] * y[m];
    to_right += modes.right[m] * y[m];
  }
  CHECK(to_left == Approx(period.front().axial_mS * x[0]).epsilon(1e-9));
  CHECK(to_right == Approx(period.back().axial_mS * x[18]).epsilon(1e-9));
}

} // namespace

TEST_CASE("modes move as the compartments do, mirrored or not") {
  const Cable fibre = build("mrg", 10.0 * um, 11);
  CHECK(fibre.modes(4).mirrored);
  CHECK_FALSE(fibre.modes(0).mirrored); // beside a passive end
  for (const std::size_t j : {std::size_t{4}, std::size_t{0}, std::size_t{9}})
    check_modes(fibre, j);
  check_modes(build("pena", 1.011 * um, 11), 5); // STIN of 0.08 um
}

TEST_CASE("half of a mirrored internode's modes are even, half odd, all decay") {
  const Cable cable = build("mrg", 10.0 * um, 11, Ends::sealed);
  const InternodeModes& modes = cable.modes(0);
  for (std::size_t m = 0; m < n_internode_modes; ++m) {
    CHECK(modes.rate[m] > 0.0);
    CHECK(modes.right[m] == (m < n_internode_modes / 2 ? modes.left[m] : -modes.left[m]));
  }
  // DESIGN: eight rates below 0.3 per ms, two near 31, the rest above 2900 (10 um).
  const auto below = [&](double rate) {
    return std::count_if(modes.rate.begin(), modes.rate.end(), [=](double r) { return r < rate; });
  };
  CHECK(below(0.3) == 8);
  CHECK(below(100.0) == 10);
  CHECK(below(2000.0) == 10);
}

TEST_CASE("runs agree to 1e-9 on every SIMD target") {
  for (const char* model : {"mrg", "gaines_sensory", "sweeney", "sundt", "tigerholm", "schild97"}) {
    CAPTURE(model);
    const bool thin = find_model(model)->unmyelinated;
    const Cable cable = thin ? build(model, 1.0 * um, 81) : build(model, 10.0 * um, 21);
    const Rest rest = rest_state(cable);
    const Drive drive = field_drive(cable, test::point_source(cable, (thin ? 0.1 : 1.0) * mm));
    const stimulus::Waveform pulse = stimulus::monophasic({.width = 100 * us, .delay = 50 * us});
    const Schedule schedule({&pulse}, {}, 600 * us);
    std::vector<State> ends;
    test::for_each_target([&] {
      Batch batch(*cable.name().kinetics, cable.per_internode(), cable.n_nodes());
      batch.load(0, {&cable, &rest.state, &schedule, {Stimulus{&drive, thin ? 0.05 : 0.3}}});
      while (!batch.finished(0))
        batch.advance(32);
      ends.push_back(batch.state(0));
    });
    REQUIRE(ends.size() == simd_targets().size()); // one, on Arm: nothing to compare
    for (std::size_t t = 1; t < ends.size(); ++t)
      for (std::size_t j = 0; j < cable.n_nodes(); ++j)
        CHECK(ends[t].v_mV[j] == Approx(ends[0].v_mV[j]).epsilon(1e-9));
  }
}
