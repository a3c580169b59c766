#include "response/recovery.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <limits>

namespace foramen::response {
namespace {

stimulus::Waveform delayed(stimulus::Waveform waveform, Time delay) {
  for (stimulus::Piece& p : waveform.pieces) {
    p.begin += delay;
    p.end += delay;
  }
  return waveform;
}

void check(std::span<const Time> intervals, const RecoveryOptions& options) {
  const std::string place = "recovery cycle";
  if (!(options.conditioning_factor > 1.0) || !(options.highest_ratio > 1.0))
    throw ConfigError(place,
                      concat("a conditioning pulse of ", options.conditioning_factor,
                             " times threshold, a second one of up to ", options.highest_ratio),
                      "give factors above 1: 1.5 and 10");
  for (const Time interval : intervals)
    if (!(interval > Time{}))
      throw ConfigError(place, concat("an interval of ", interval.in(ms), " ms"),
                        "give intervals above 0 ms, from the begin of one pulse to the next");
}

} // namespace

std::optional<Time> RecoveryCycle::absolute_refractory() const {
  std::vector<std::size_t> order(intervals.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return intervals[a] < intervals[b]; });
  std::optional<Time> longest;
  for (const std::size_t i : order) {
    if (thresholds[i].status != ThresholdStatus::above_ceiling)
      break;
    longest = intervals[i];
  }
  return longest;
}

RecoveryCycle recovery_cycle(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                             const stimulus::Waveform& pulse, std::span<const Time> intervals,
                             const RecoveryOptions& options) {
  check(intervals, options);
  RecoveryCycle cycle;
  const ThresholdJob alone{&cable, &field, &pulse};
  cycle.unconditioned = find_thresholds(std::span(&alone, 1), options.search).front();
  if (cycle.unconditioned.status != ThresholdStatus::converged)
    return cycle;
  cycle.conditioning = options.conditioning_factor * cycle.unconditioned.threshold;
  cycle.intervals.assign(intervals.begin(), intervals.end());
  std::vector<stimulus::Waveform> tests;
  for (const Time interval : intervals)
    tests.push_back(delayed(pulse, interval));
  std::vector<ThresholdJob> jobs;
  for (std::size_t i = 0; i < tests.size(); ++i)
    jobs.push_back(
        {.cable = &cable,
         .field = &field,
         .waveform = &tests[i],
         .beside = {{.field = &field, .waveform = &pulse, .amplitude = cycle.conditioning.in(mA)}},
         .arrivals = 2,
         .guess = cycle.unconditioned.threshold});
  ThresholdOptions search = options.search;
  search.ceiling = std::min(search.ceiling, options.highest_ratio * cycle.unconditioned.threshold);
  cycle.thresholds = find_thresholds(jobs, search);
  for (const ThresholdResult& r : cycle.thresholds)
    cycle.ratios.push_back(
        r.status == ThresholdStatus::converged       ? r.threshold / cycle.unconditioned.threshold
        : r.status == ThresholdStatus::above_ceiling ? std::numeric_limits<double>::infinity()
                                                     : 0.0);
  return cycle;
}

} // namespace foramen::response
