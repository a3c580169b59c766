#include "analysis/window.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using analysis::therapeutic_window;
using analysis::ThresholdInterval;

TEST_CASE("the window is the ratio of motor to sensory threshold with the widest interval",
          "[analysis]") {
  const auto window = therapeutic_window(ThresholdInterval{1.9 * mA, 2.0 * mA},
                                         ThresholdInterval{0.8 * mA, 1.0 * mA});
  REQUIRE(window);
  CHECK(window->ratio == Approx(2.0).epsilon(1e-12));
  CHECK(window->ratio_low == Approx(1.9).epsilon(1e-12));
  CHECK(window->ratio_high == Approx(2.5).epsilon(1e-12));
}

TEST_CASE("a missing threshold leaves the window open", "[analysis]") {
  CHECK_FALSE(therapeutic_window(std::nullopt, ThresholdInterval{0.8 * mA, 1.0 * mA}));
  CHECK_FALSE(therapeutic_window(ThresholdInterval{0.8 * mA, 1.0 * mA}, std::nullopt));
}
