// Where the threshold lies, judged by how late fibres fired.
//
// Just above its threshold A* a fibre hesitates: what exceeds the unstable state between rest and
// action potential grows as exp(rate t), so that (A - A*) / A* = 0.01 exp(-rate (t - t_1)) for the
// time t of the first spike, with t_1 its value 1 % above threshold. Two runs that fired give A*
// without t_1. `rate` and the delay of t_1 behind the end of the first phase are rough values of
// the model (axon::Hesitation): an estimate costs nothing when right and a run when wrong, never
// accuracy.
#pragma once

#include <optional>

namespace foramen::response {

struct Latency {
  double rate_per_ms = 0.0;    // 0: no estimates
  double one_percent_ms = 0.0; // t_1, from the start of the simulation
};

class ThresholdEstimate {
public:
  explicit ThresholdEstimate(const Latency& latency) : latency_(latency) {}

  void fired(double amplitude, double first_spike_ms);

  struct Place {
    double amplitude, spread; // relative half width of where it should lie
  };
  std::optional<Place> place() const; // empty while nothing fired, or when the times make no sense

private:
  struct Run {
    double amplitude, time_ms;
  };
  Latency latency_;
  std::optional<Run> latest_, before_; // the two lowest that fired
};

} // namespace foramen::response
