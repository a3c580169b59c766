#include "analysis/window.hpp"

#include "core/error.hpp"

namespace foramen::analysis {

std::optional<Window> therapeutic_window(const std::optional<ThresholdInterval>& motor,
                                         const std::optional<ThresholdInterval>& sensory) {
  if (!motor || !sensory)
    return std::nullopt;
  FORAMEN_EXPECT(sensory->high > Current{} && motor->high > Current{}, "thresholds are positive");
  Window window;
  window.ratio = motor->high / sensory->high;
  window.ratio_low = motor->low / sensory->high;
  window.ratio_high = sensory->low > Current{} ? double(motor->high / sensory->low) : window.ratio;
  return window;
}

} // namespace foramen::analysis
