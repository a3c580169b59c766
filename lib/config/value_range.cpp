#include "config/value_range.hpp"

#include "core/error.hpp"

#include <cmath>
#include <limits>

namespace foramen::config {
namespace {

// Products and quotients with a unit's factor are each within one rounding.
constexpr double rounding = 4.0 * std::numeric_limits<double>::epsilon();

std::string between(bool has_min, const std::string& min, bool has_max, const std::string& max) {
  if (has_min && has_max)
    return min + " to " + max;
  if (has_min)
    return "at least " + min;
  return has_max ? "at most " + max : "";
}

std::string bound_text(double si, Dimension dimension) {
  return std::isfinite(si) ? readable_quantity(si, dimension) : "";
}

} // namespace

bool inside(double value, double min, double max) {
  return std::isfinite(value) && value >= min - rounding * std::abs(min) &&
         value <= max + rounding * std::abs(max);
}

std::string readable_quantity(double si, Dimension dimension) {
  std::string best = core::format_quantity(si, dimension);
  if (best.find('e') == std::string::npos && best.find("0000") == std::string::npos &&
      best.find("0.00") == std::string::npos)
    return best;
  for (const std::string& unit : core::unit_symbols(dimension)) {
    const std::string text = core::format_quantity(si, dimension, unit);
    if (text.size() < best.size())
      best = text;
  }
  return best;
}

std::string quantity_range(double min, double max, Dimension dimension) {
  return between(std::isfinite(min), bound_text(min, dimension), std::isfinite(max),
                 bound_text(max, dimension));
}

std::string number_range(double min, double max) {
  return between(std::isfinite(min), core::concat(min), std::isfinite(max), core::concat(max));
}

std::string integer_range(std::int64_t min, std::int64_t max) {
  using Limits = std::numeric_limits<std::int64_t>;
  return between(min != Limits::lowest(), std::to_string(min), max != Limits::max(),
                 std::to_string(max));
}

std::string plural(const std::string& noun) {
  return noun.ends_with('y') ? noun.substr(0, noun.size() - 1) + "ies" : noun + "s";
}

} // namespace foramen::config
