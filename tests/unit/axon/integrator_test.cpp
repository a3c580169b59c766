#include "axon/integrator.hpp"
#include "stimulus/pulses.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

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

TEST_CASE("each jump of the level begins a damped step, whatever its place") {
  for (const double delay_us : {100.0, 101.3, 102.0}) {
    const auto w = stimulus::monophasic({.width = 61.7 * us, .delay = delay_us * us});
    std::vector<double> damped_begins_us;
    for (const Solve& s : schedule(w, {}, 1 * ms))
      if (s.stretch == 1.0 && !s.completes_step)
        damped_begins_us.push_back(1e3 * (s.end_ms - s.duration_ms));
    REQUIRE(damped_begins_us.size() == 2);
    CHECK(damped_begins_us[0] == Approx(delay_us));
    CHECK(damped_begins_us[1] == Approx(delay_us + 61.7));
  }
}

TEST_CASE("steps are short after jumps, no longer than asked in a pulse, and grow in silence") {
  const auto w = stimulus::biphasic({.width = 200 * us, .interphase = 100 * us, .delay = 100 * us});
  double longest_in_pulse = 0.0, longest = 0.0;
  std::size_t n = 0;
  const auto solves = schedule(w, {.step = 5 * us}, 5 * ms);
  for (const Solve& s : solves) {
    if (s.level != 0.0)
      longest_in_pulse = std::max(longest_in_pulse, s.duration_ms);
    longest = std::max(longest, s.duration_ms);
    CHECK(s.h_ms == Approx(s.duration_ms / s.stretch));
    ++n;
  }
  CHECK(longest_in_pulse <= 0.005 * (1 + 1e-9));
  CHECK(longest_in_pulse > 0.0045);
  CHECK(longest <= 0.040 * (1 + 1e-9));
  CHECK(longest > 0.035);
  CHECK(n < 250);
  for (const Solve& s : schedule(w, {.step = 5 * us, .coarsest = 1.0}, 5 * ms))
    CHECK(s.duration_ms <= 0.005 * (1 + 1e-9));
}

TEST_CASE("a ramp enters by its exact average, a step longer than the pulse is shortened") {
  const stimulus::Waveform ramp =
      stimulus::tabulated({0.0 * us, 37.0 * us}, {0.0, -1.0}, 11.0 * us);
  CHECK(delivered_ms(schedule(ramp, {}, 1 * ms)) == Approx(-0.0185).epsilon(1e-12));
  const auto brief = stimulus::monophasic({.width = 3 * us, .delay = 1 * us});
  CHECK(delivered_ms(schedule(brief, {.step = 20 * us}, 1 * ms)) == Approx(-0.003).epsilon(1e-12));
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
