#include "response/threshold_estimate.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen::response;

namespace {

constexpr double rate = 15.0, one_percent_ms = 0.5;

// The first spike of a fibre that hesitates exactly as the estimate assumes.
double spike_ms(double amplitude, double threshold) {
  return one_percent_ms - std::log((amplitude / threshold - 1.0) / 0.01) / rate;
}

} // namespace

TEST_CASE("one run tells the threshold when rate and delay are right, two when the delay is not") {
  ThresholdEstimate one({rate, one_percent_ms}), two({rate, one_percent_ms + 0.1});
  one.fired(1.1, spike_ms(1.1, 1.0));
  CHECK(one.place()->amplitude == Approx(1.0));
  CHECK(one.place()->spread == Approx(0.05));
  two.fired(1.1, spike_ms(1.1, 1.0));
  CHECK(two.place()->amplitude < 0.9);
  two.fired(1.02, spike_ms(1.02, 1.0));
  CHECK(two.place()->amplitude == Approx(1.0));
  CHECK(two.place()->spread == Approx(0.005));
}

TEST_CASE("without a rate, without a spike or with times that make no sense there is no estimate") {
  CHECK_FALSE(ThresholdEstimate({rate, one_percent_ms}).place().has_value());
  ThresholdEstimate none(Latency{});
  none.fired(1.0, 0.3);
  CHECK_FALSE(none.place().has_value());
  // The lower amplitude fires earlier: back to the latest run alone.
  ThresholdEstimate odd({rate, one_percent_ms});
  odd.fired(1.2, 0.6);
  odd.fired(1.1, 0.5);
  CHECK(odd.place()->amplitude == Approx(1.1 / 1.01));
}
