#include "response/threshold_search.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace foramen;
using namespace foramen::response;

namespace {

// Answers a search until it is done.
ThresholdSearch searched(double guess, const std::function<RunOutcome(double)>& fibre,
                         const ThresholdOptions& options = {}) {
  ThresholdSearch search(guess, options);
  for (int i = 0; i < 200 && !search.done(); ++i)
    search.report(fibre(search.amplitude_mA()));
  REQUIRE(search.done());
  return search;
}

RunOutcome fires_above(double amplitude, double threshold) {
  return {.fired = amplitude >= threshold, .n_fired_nodes = amplitude >= threshold ? 20 : 0};
}

} // namespace

TEST_CASE("a search brackets the threshold to its tolerance from guesses good and bad") {
  for (const double threshold : {0.002, 0.37, 5.0, 99.0})
    for (const double guess : {1e-6, 0.3, 5.5, 1e9, std::numeric_limits<double>::infinity()}) {
      ThresholdOptions options;
      options.tolerance = 1e-3;
      const auto s = searched(
          guess, [&](double a) { return fires_above(a, threshold); }, options);
      CAPTURE(threshold, guess);
      CHECK(s.status() == ThresholdStatus::converged);
      CHECK(s.below_mA() < threshold);
      CHECK(s.above_mA() >= threshold);
      CHECK(s.above_mA() - s.below_mA() <= 1e-3 * s.above_mA());
    }
}

TEST_CASE("a guess within a tenth needs at most 8 runs for one per cent") {
  for (const double threshold : {0.91, 1.0, 1.09})
    CHECK(searched(1.0, [&](double a) { return fires_above(a, threshold); }).simulations() <= 8);
}

TEST_CASE("latencies spare runs, and wrong ones cost few and no accuracy") {
  const double threshold = 1.0, rate = 15.0;
  const auto hesitating = [&](double true_rate) {
    return [=](double a) {
      RunOutcome run = fires_above(a, threshold);
      run.first_ms = 0.5 - std::log(std::max(a / threshold - 1.0, 1e-9) / 0.01) / true_rate;
      return run;
    };
  };
  const auto runs = [&](const std::function<RunOutcome(double)>& fibre, const Latency& latency) {
    ThresholdSearch search(0.9, {}, latency);
    for (int i = 0; i < 200 && !search.done(); ++i)
      search.report(fibre(search.amplitude_mA()));
    REQUIRE(search.status() == ThresholdStatus::converged);
    CHECK(search.below_mA() < threshold);
    CHECK(search.above_mA() >= threshold);
    CHECK(search.above_mA() - search.below_mA() <= 0.01 * search.above_mA());
    return search.simulations();
  };
  CHECK(runs(hesitating(rate), {rate, 0.5}) <= 5);
  CHECK(runs(hesitating(2.0 * rate), {rate, 0.5}) <= 9);
  CHECK(runs(hesitating(0.5 * rate), {rate, 0.3}) <= 9);
  CHECK(runs([](double a) { return fires_above(a, 1.0); }, {rate, 0.5}) <= 12); // all at once
}

TEST_CASE("estimates that are always just below do not make a search creep") {
  // Late spikes at every amplitude: each estimate says that the threshold is close.
  const auto late = [](double a) {
    RunOutcome run = fires_above(a, 0.002);
    run.first_ms = 5.0;
    return run;
  };
  ThresholdOptions options;
  options.tolerance = 3e-4;
  for (const double floor_mA : {1e-3, 1.99e-3, 2.1e-3}) {
    options.floor = floor_mA * mA;
    ThresholdSearch search(1.0, options, {15.0, 0.5});
    for (int i = 0; i < 2000 && !search.done(); ++i)
      search.report(late(search.amplitude_mA()));
    REQUIRE(search.done());
    CHECK(search.simulations() < 40);
    CHECK(search.above_mA() >= floor_mA);
    CHECK(search.status() ==
          (floor_mA > 0.002 ? ThresholdStatus::below_floor : ThresholdStatus::converged));
  }
}

TEST_CASE("a search without an answer ends in a status") {
  const auto high = searched(1.0, [](double a) { return fires_above(a, 1e3); });
  CHECK(high.status() == ThresholdStatus::above_ceiling);
  CHECK(high.above_mA() == 100.0);
  const auto low = searched(1.0, [](double a) { return fires_above(a, 1e-9); });
  CHECK(low.status() == ThresholdStatus::below_floor);
  CHECK(low.below_mA() == 0.0);
  CHECK(low.above_mA() == Approx(1e-3));
  const auto always = searched(1.0, [](double a) { return fires_above(a, 0.0); });
  CHECK(always.status() == ThresholdStatus::fires_unstimulated);
}

TEST_CASE("a search that starts in the block finds the threshold below it") {
  // Fires from 1 mA, is blocked from 6 mA: nodes fire under the electrode but nothing arrives.
  const auto fibre = [](double a) {
    return RunOutcome{.fired = a >= 1.0 && a < 6.0, .n_fired_nodes = a >= 1.0 ? 9 : 0};
  };
  const auto s = searched(20.0, fibre);
  CHECK(s.status() == ThresholdStatus::converged);
  CHECK(s.above_mA() == Approx(1.0).epsilon(0.01));
  CHECK(s.maybe_blocked());
  CHECK_FALSE(searched(2.0, fibre).maybe_blocked());
}
