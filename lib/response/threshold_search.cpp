#include "response/threshold_search.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::response {
namespace {

constexpr double first_step = 1.3; // the guess is usually this good
constexpr double first_above = 1.15;
constexpr double unblocking_step = 1.5;
constexpr double climbing_step = 1.1; // through windows that open and close
constexpr double edge = 0.4;          // of the tolerance, to either side of an estimated threshold
constexpr int trusted_runs = 4;       // after so many without a lower end estimates are no help

} // namespace

ThresholdSearch::ThresholdSearch(double guess_mA, const ThresholdOptions& options,
                                 const Latency& latency, double largest_step, int local_nodes)
    : floor_(options.floor.in(mA)), ceiling_(options.ceiling.in(mA)), tolerance_(options.tolerance),
      step_(first_step), largest_step_(largest_step), local_nodes_(local_nodes),
      estimate_(latency) {
  FORAMEN_EXPECT(floor_ > 0.0 && ceiling_ > floor_ && tolerance_ > 0.0, "floor ", floor_,
                 " mA, ceiling ", ceiling_, " mA, tolerance ", tolerance_);
  if (latency.rate_per_ms > 0.0)
    guess_mA *= first_above; // a run that fires tells more than one that does not
  amplitude_ = std::isfinite(guess_mA) ? std::clamp(guess_mA, floor_, ceiling_) : ceiling_;
}

void ThresholdSearch::report(const RunOutcome& outcome) {
  FORAMEN_EXPECT(!done(), "an outcome after the end");
  ++simulations_;
  if (outcome.fired)
    on_fired(outcome);
  else
    on_silent(outcome);
}

void ThresholdSearch::on_fired(const RunOutcome& outcome) {
  if (stage_ == Stage::unstimulated) {
    above_ = below_ = 0.0;
    return finish(ThresholdStatus::fires_unstimulated);
  }
  above_ = amplitude_;
  at_threshold_ = outcome;
  estimate_.fired(amplitude_, outcome.first_ms);
  if (amplitude_ <= floor_) {
    stage_ = Stage::unstimulated;
    amplitude_ = 0.0;
    return;
  }
  stage_ = Stage::bracket;
  next_in_bracket();
}

void ThresholdSearch::on_silent(const RunOutcome& outcome) {
  if (stage_ == Stage::unstimulated) {
    below_ = 0.0;
    return finish(ThresholdStatus::below_floor);
  }
  if (above_ < 0.0 && below_ < 0.0 && outcome.n_fired_nodes > local_nodes_ && amplitude_ > floor_) {
    maybe_blocked_ = true;
    stage_ = Stage::unblock;
    amplitude_ = std::max(floor_, amplitude_ / unblocking_step);
    return;
  }
  below_ = amplitude_;
  if (above_ < 0.0 && amplitude_ >= ceiling_) {
    above_ = ceiling_;
    return finish(ThresholdStatus::above_ceiling);
  }
  stage_ = Stage::bracket;
  next_in_bracket();
}

void ThresholdSearch::next_in_bracket() {
  if (above_ > 0.0 && below_ > 0.0) {
    if (above_ - below_ <= tolerance_ * above_)
      return finish(ThresholdStatus::converged);
    stage_ = Stage::bisect;
    amplitude_ = next_inside();
    return;
  }
  if (maybe_blocked_)
    step_ = climbing_step;
  amplitude_ = above_ > 0.0 ? next_below() : std::min(ceiling_, below_ * step_);
  step_ = std::min(largest_step_, step_ * step_);
}

// Below a run that fired, nothing known yet that does not.
double ThresholdSearch::next_below() const {
  const auto e = estimate_.place();
  double next = above_ / step_;
  if (e && simulations_ <= trusted_runs)
    next = std::clamp(e->amplitude, above_ / largest_step_, above_ * (1.0 - 0.5 * tolerance_));
  return std::max(floor_, next);
}

double ThresholdSearch::next_inside() {
  const double middle = std::sqrt(above_ * below_);
  const double width = std::log(above_ / below_);
  const bool halved = width <= 0.51 * last_width_;
  last_width_ = width;
  const auto e = estimate_.place();
  if (!halved || !e || e->amplitude <= below_ || e->amplitude >= above_)
    return middle;
  const double margin = std::max(e->spread, edge * tolerance_);
  const double high = e->amplitude * (1.0 + margin), low = e->amplitude * (1.0 - margin);
  // The larger part that the estimate rules out goes first.
  if (above_ / high > low / below_ && high < above_)
    return high;
  return low > below_ ? low : middle;
}

void ThresholdSearch::finish(ThresholdStatus status) {
  status_ = status;
  stage_ = Stage::done;
}

} // namespace foramen::response
