#include "field/error_estimate.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::field {

double difference_over_error() {
  const double coarser = std::pow(comparison_ratio, 0.75 * potential_order);
  return std::sqrt((coarser - 1.0) * std::sqrt(1.0 + coarser * coarser));
}

LineErrors estimate_along_line(std::span<const double> solution, std::span<const double> comparison,
                               double spacing) {
  FORAMEN_EXPECT(solution.size() == comparison.size(), solution.size(), " and ", comparison.size());
  const auto difference = [&](std::size_t i) { return solution[i] - comparison[i]; };
  const auto step =
      static_cast<std::size_t>(std::max(1.0, std::round(second_difference_step / spacing)));
  LineErrors errors;
  for (std::size_t i = 0; i < solution.size(); ++i) {
    errors.potential = std::max(errors.potential, std::abs(difference(i)));
    if (i >= step && i + step < solution.size())
      errors.second_difference =
          std::max(errors.second_difference,
                   std::abs(difference(i - step) - 2.0 * difference(i) + difference(i + step)));
  }
  const double scale = difference_over_error();
  return {errors.potential / scale, errors.second_difference / scale};
}

} // namespace foramen::field
