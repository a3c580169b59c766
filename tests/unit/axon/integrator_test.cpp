#include "axon/integrator.hpp"
#include "stimulus/pulses.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::axon;

namespace {

double delivered_ms(const std::vector<Solve>& solves) {
  double sum = 0.0;
  for (const Solve& s : solves)
    sum += s.level * s.duration_ms;
  return sum;
}

} // namespace

TEST_CASE("the default scheme delivers a pulse's exact charge wherever its edges fall") {
  for (const double delay_us : {100.0, 101.3, 104.99}) {
    const auto w = stimulus::monophasic({.width = 61.7 * us, .delay = delay_us * us});
    CHECK(delivered_ms(schedule(w, {}, 1 * ms)) == Approx(-0.0617).epsilon(1e-12));
  }
}

TEST_CASE("steps with an edge are two damped half-steps, all others midpoint steps") {
  const auto count = [](const stimulus::Waveform& w) {
    int damped = 0;
    for (const Solve& s : schedule(w, {}, 1 * ms))
      damped += s.stretch == 1.0;
    return damped;
  };
  // On the grid: one step for each of two edges; off the grid the step after as well.
  CHECK(count(stimulus::monophasic({.width = 100 * us, .delay = 100 * us})) == 4);
  CHECK(count(stimulus::monophasic({.width = 100 * us, .delay = 102 * us})) == 8);
}

TEST_CASE("gates stand in the middle of each solve's interval") {
  const auto solves =
      schedule(stimulus::monophasic({.width = 93 * us, .delay = 101 * us}), {}, 1 * ms);
  double v_time = 0.0, gate_time = 0.5 * solves.front().duration_ms; // at rest until then
  for (const Solve& s : solves) {
    CHECK(gate_time == Approx(v_time + 0.5 * s.duration_ms));
    v_time += s.duration_ms;
    gate_time += s.gate_step_ms;
    CHECK(v_time == Approx(s.end_ms));
  }
  CHECK(v_time == Approx(1.0));
}

TEST_CASE("NEURON's scheme takes the level at the start of each step") {
  const auto w = stimulus::monophasic({.width = 100 * us, .delay = 100 * us});
  const auto solves = schedule(w, {.scheme = Scheme::neuron, .step = 5 * us}, 1 * ms);
  REQUIRE(solves.size() == 200);
  CHECK(solves[19].level == 0.0);
  CHECK(solves[20].level == -1.0);
  CHECK(solves[39].level == -1.0);
  CHECK(solves[40].level == 0.0);
}
