// The search for one threshold, as a dialogue: it names an amplitude, hears what the run did, and
// names the next, until it knows.
//
// Bracket: from the guess by steps of 1.3, growing to 4, up while runs do not fire, down while they
// do. A run that fired several nodes without being detected may be blocked: before an upper end is
// known the search then goes down by 1.5 to where no node fires, and up from there by steps of 1.1:
// windows of amplitudes in which the fibre fires may open and close. Then the bracket
// shrinks until (above - below) / above <= tolerance: where runs tell by their latency how far the
// threshold is (threshold_estimate.hpp) to just above and just below that place, else, and after
// every try that did not halve it, by bisection on the logarithm. The path depends on the outcomes
// alone. `local_nodes`: so many may fire without an action potential having begun.
#pragma once

#include "response/threshold.hpp"
#include "response/threshold_estimate.hpp"

namespace foramen::response {

// What one run showed. Times in ms from the start of the simulation.
struct RunOutcome {
  bool fired = false;
  int n_fired_nodes = 0; // nodes that crossed the spike threshold
  int first_node = -1;   // the first of them
  double first_ms = 0.0, detected_ms = 0.0;
};

class ThresholdSearch {
public:
  ThresholdSearch(double guess_mA, const ThresholdOptions& options, const Latency& latency = {},
                  double largest_step = 4.0, int local_nodes = 2);

  bool done() const { return stage_ == Stage::done; }
  double amplitude_mA() const { return amplitude_; } // of the next run; meaningless when done
  void report(const RunOutcome& outcome);

  // When done. Nodes and times are left to the caller: `at_threshold` is the run at the upper end.
  ThresholdStatus status() const { return status_; }
  double above_mA() const { return above_; }
  double below_mA() const { return below_; }
  bool maybe_blocked() const { return maybe_blocked_; }
  int simulations() const { return simulations_; }
  const RunOutcome& at_threshold() const { return at_threshold_; }

private:
  enum class Stage { bracket, unblock, bisect, unstimulated, done };
  void on_fired(const RunOutcome& outcome);
  void on_silent(const RunOutcome& outcome);
  void next_in_bracket();
  double next_below() const;
  double next_inside();
  void finish(ThresholdStatus status);

  Stage stage_ = Stage::bracket;
  ThresholdStatus status_ = ThresholdStatus::above_ceiling;
  double amplitude_, floor_, ceiling_, tolerance_;
  double above_ = -1.0, below_ = -1.0; // negative: not known
  double step_, largest_step_;
  int local_nodes_;
  ThresholdEstimate estimate_;
  double last_width_ = 1e300; // of the bracket, logarithmic, before the latest try
  bool maybe_blocked_ = false;
  int simulations_ = 0;
  RunOutcome at_threshold_;
};

} // namespace foramen::response
