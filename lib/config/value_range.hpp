// Bounds of values as text for the manual and for messages: "0.1 mm to 50 mm", "at least 0.1 mm".
#pragma once

#include "core/quantity_text.hpp"

#include <cstdint>
#include <string>

namespace foramen::config {

// Finite and within the bounds, up to the rounding of a unit: "100 um" is not below 0.1 * mm.
bool inside(double value, double min, double max);

// In the dimension's first unit, or in the one that needs the fewest characters if that is far off.
std::string readable_quantity(double si, Dimension dimension);
std::string quantity_range(double min, double max, Dimension dimension); // bounds in SI
std::string number_range(double min, double max);
std::string integer_range(std::int64_t min, std::int64_t max);

std::string plural(const std::string& noun); // "lengths", "velocities"

} // namespace foramen::config
