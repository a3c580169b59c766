// The therapeutic window of one contact configuration: motor against sensory threshold.
//
// The ratio is motor / sensory: above 1 the touch fibres respond first (paraesthesia before
// contraction), below 1 the motor axons do. Each threshold is an interval [low, high] that contains
// the current which recruits the stated fraction; the ratio's interval is the widest that they
// allow. A threshold above the ceiling of the search leaves the ratio open.
#pragma once

#include "core/units.hpp"

#include <optional>

namespace foramen::analysis {

struct ThresholdInterval {
  Current low, high; // low: recruits less than the fraction; high: recruits at least the fraction
};

struct Window {
  double ratio = 0.0, ratio_low = 0.0, ratio_high = 0.0;
};

// Empty when either threshold is missing.
std::optional<Window> therapeutic_window(const std::optional<ThresholdInterval>& motor,
                                         const std::optional<ThresholdInterval>& sensory);

} // namespace foramen::analysis
