// The recovery cycle: how strong a second pulse must be, by its distance from the first.
//
// A conditioning pulse makes the fibre fire; a test pulse of the same shape follows `interval`
// later (begin to begin). Its threshold, over that without conditioning, is infinite in the
// absolute refractory period, falls through the relative one, and may dip below 1 (supernormality).
// What counts is a second action potential at a detection node.
//
// Errors (ConfigError): as find_thresholds; intervals that are not positive; a conditioning factor
// of 1 or less. Cost: a threshold per interval, searched side by side.
#pragma once

#include "response/threshold.hpp"

#include <optional>
#include <span>
#include <vector>

namespace foramen::response {

struct RecoveryCycle {
  ThresholdResult unconditioned; // not converged: the rest is empty
  Current conditioning{};        // amplitude of the first pulse
  std::vector<Time> intervals;
  std::vector<ThresholdResult> thresholds; // of the second pulse; above_ceiling: refractory
  std::vector<double> ratios;              // to the unconditioned threshold; infinity: refractory

  // The longest interval (of those tried) at which no second action potential was elicited, all
  // shorter ones included; empty: none.
  std::optional<Time> absolute_refractory() const;
};

struct RecoveryOptions {
  double conditioning_factor = 1.5; // on the unconditioned threshold
  double highest_ratio = 10.0;      // a second pulse so much stronger finds the fibre refractory
  ThresholdOptions search{};
};

RecoveryCycle recovery_cycle(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                             const stimulus::Waveform& pulse, std::span<const Time> intervals,
                             const RecoveryOptions& options = {});

} // namespace foramen::response
