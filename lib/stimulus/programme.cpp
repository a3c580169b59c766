#include "stimulus/programme.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::stimulus {

Balance balance(const Programme& programme) {
  double sum = 0.0;
  double largest = 0.0;
  for (const double w : programme.weights) {
    sum += w;
    largest = std::max(largest, std::abs(w));
  }
  if (std::abs(sum) <= 1e-9 * largest) // round-off of weights such as 1/3
    sum = 0.0;
  return {.unbalanced = sum, .ok = sum == 0.0 || programme.returns_through_case};
}

void validate(const Programme& programme, const std::string& place) {
  const std::string who = concat("programme '", programme.name, "'");
  bool any = false;
  for (std::size_t i = 0; i < programme.weights.size(); ++i) {
    if (!std::isfinite(programme.weights[i]))
      throw ConfigError(place, concat(who, ": the weight of contact ", i, " is not finite"),
                        "give each contact a number between -1 and 1");
    any = any || programme.weights[i] != 0.0;
  }
  if (!any)
    throw ConfigError(place, concat(who, ": no contact carries current"),
                      "give at least one contact a weight other than 0");
  const Balance b = balance(programme);
  if (!b.ok)
    throw ConfigError(place,
                      concat(who, ": the contacts do not balance: their weights sum to ",
                             b.unbalanced, ", so ", 100.0 * std::abs(b.unbalanced),
                             " % of the amplitude has no return"),
                      "make the weights sum to 0, or name the case as the return");
  validate(programme.waveform);
}

} // namespace foramen::stimulus
