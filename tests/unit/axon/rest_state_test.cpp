#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::axon;

TEST_CASE("every model comes to rest, and either scheme stays there") {
  for (const char* name : {"mrg", "gaines_motor", "gaines_sensory", "pena"}) {
    const Cable cable = build(name, 5.7 * um, 21);
    const Rest rest = rest_state(cable);
    CAPTURE(name);
    CHECK(rest.stationary);
    const Drive none = injection_drive(cable, 0);
    const auto pulse = stimulus::monophasic({.width = 10 * us});
    const std::size_t middle = cable.node(10);
    for (const Scheme scheme : {Scheme::neuron, Scheme::second_order}) {
      const Recording run =
          record(cable, rest.state, none, 0.0, pulse, {scheme, 5 * us}, 1 * ms, {{middle}});
      // 200 steps of what a step of 5 ms would move by less than 1e-7 mV.
      CHECK(run.v_mV[0].back() == Approx(rest.state.v_mV[10]).margin(1e-7));
    }
  }
}

TEST_CASE("the rest of a long MRG fibre is that of the reference") {
  const Cable cable = build("mrg_discrete", 10.0 * um, 41);
  // Reference README 2.2: node -79.959 mV, STIN centre -79.998 mV.
  const Rest rest = rest_state(cable);
  CHECK(potentials(cable, rest.state).v_mV[cable.node(20)] == Approx(-79.959).margin(5e-4));
  CHECK(potentials(cable, rest.state).v_mV[cable.node(20) + 5] == Approx(-79.998).margin(5e-4));
}
