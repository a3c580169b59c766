#include "response/threshold_estimate.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::response {
namespace {

constexpr double far_excess = 0.6, near_excess = 1e-5;        // between which one run is believed
constexpr double one_run_spread = 0.5, two_run_spread = 0.25; // shares of the excess

} // namespace

void ThresholdEstimate::fired(double amplitude, double first_spike_ms) {
  if (latest_ && amplitude >= latest_->amplitude)
    return;
  before_ = latest_;
  latest_ = Run{amplitude, first_spike_ms};
}

std::optional<ThresholdEstimate::Place> ThresholdEstimate::place() const {
  if (!latest_ || !(latency_.rate_per_ms > 0.0))
    return std::nullopt;
  if (before_) {
    const double growth = std::exp(latency_.rate_per_ms * (latest_->time_ms - before_->time_ms));
    const double place = (growth * latest_->amplitude - before_->amplitude) / (growth - 1.0);
    if (growth > 1.05 && place > 0.0 && place < latest_->amplitude)
      return Place{place, two_run_spread * (latest_->amplitude / place - 1.0)};
  }
  const double excess = std::clamp(
      0.01 * std::exp(-latency_.rate_per_ms * (latest_->time_ms - latency_.one_percent_ms)),
      near_excess, far_excess);
  return Place{latest_->amplitude / (1.0 + excess), one_run_spread * excess};
}

} // namespace foramen::response
