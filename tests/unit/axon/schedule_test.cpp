#include "axon/schedule.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace foramen;
using namespace foramen::axon;

namespace {

std::vector<Solve> schedule(const stimulus::Waveform& waveform, const Integration& integration,
                            Time stop) {
  const Schedule s({&waveform}, integration, stop);
  std::vector<Solve> solves;
  for (Schedule::Cursor at(s); !at.done();)
    solves.push_back(at.next());
  return solves;
}

double delivered_ms(const std::vector<Solve>& solves) {
  double sum = 0.0;
  for (const Solve& s : solves)
    sum += s.levels[0] * s.duration_ms;
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
    if (s.levels[0] != 0.0)
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
  CHECK(solves[19].levels[0] == 0.0);
  CHECK(solves[20].levels[0] == -1.0);
  CHECK(solves[39].levels[0] == -1.0);
  CHECK(solves[40].levels[0] == 0.0);
}

TEST_CASE("a train's steps repeat with its pulses, whatever their number") {
  const auto pulse = stimulus::biphasic({.width = 90 * us, .interphase = 20 * us});
  const auto few = stimulus::train(pulse, 3, 130.0 * Hz);
  const auto many = stimulus::train(pulse, 200000, 130.0 * Hz);
  CHECK(many.pieces.size() == few.pieces.size());
  const auto three = schedule(few, {}, 3.0 / (130.0 * Hz));
  Schedule long_run({&many}, {}, many.end() + 1 * ms);
  Schedule::Cursor at(long_run);
  for (const Solve& s : three) {
    const Solve t = at.next();
    CHECK(t.end_ms == Approx(s.end_ms).epsilon(1e-12));
    CHECK(t.levels[0] == s.levels[0]);
  }
  double delivered = 0.0;
  while (at.time_ms() < 1000.0) {
    const Solve s = at.next();
    delivered += std::max(0.0, s.levels[0]) * s.duration_ms;
  }
  CHECK(delivered == Approx((130 - 3) * 0.09).epsilon(1e-9));
}

TEST_CASE("smooth waveforms enter by their averages, period after period") {
  const auto wave = stimulus::train(stimulus::sine({.width = 50 * us}), 100, 10.0 * kHz);
  CHECK_FALSE(wave.next_jump(1 * us)); // full cycles join
  double positive = 0.0, net = 0.0;
  for (const Solve& s : schedule(wave, {}, 10 * ms)) {
    positive += std::max(0.0, s.levels[0]) * s.duration_ms;
    net += s.levels[0] * s.duration_ms;
  }
  // 100 half waves of 2 / pi of 50 us.
  CHECK(positive == Approx(100 * 0.05 * 2.0 / std::numbers::pi).epsilon(1e-9));
  CHECK(net == Approx(0.0).margin(1e-12));
}

TEST_CASE("steps meet the jumps of every stimulus, and carry a level of each") {
  const auto first = stimulus::monophasic({.width = 100 * us, .delay = 50 * us});
  const auto second = stimulus::monophasic(
      {.width = 33 * us, .delay = 117 * us, .polarity = stimulus::Polarity::anodic_first});
  const Schedule both({&first, &second}, {}, 1 * ms);
  std::vector<double> damped_begins_us, delivered(2, 0.0);
  for (Schedule::Cursor at(both); !at.done();) {
    const Solve s = at.next();
    for (std::size_t k = 0; k < 2; ++k)
      delivered[k] += s.levels[k] * s.duration_ms;
    if (!s.completes_step)
      damped_begins_us.push_back(1e3 * (s.end_ms - s.duration_ms));
  }
  CHECK(delivered[0] == Approx(-0.1));
  CHECK(delivered[1] == Approx(0.033));
  REQUIRE(damped_begins_us.size() == 3); // 150 us is a jump of both
  CHECK(damped_begins_us[1] == Approx(117.0));
}

TEST_CASE("steps that would take forever are refused") {
  const auto pulse = stimulus::monophasic({.width = 100 * us});
  CHECK_THROWS_WITH(schedule(pulse, {.step = 1e-6 * us}, 1000 * ms),
                    Catch::Contains("steps of 1e-06 us over a run of 1000 ms"));
}
