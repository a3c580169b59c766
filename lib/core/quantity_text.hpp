// Quantities as users write them: "210 us", "0.2 S/m", "1.5 mm", and back.
//
// Text is a number, white space (optional), and a unit symbol. The table of units (symbol,
// dimension, factor to SI) is in quantity_text.cpp; `unit_symbols` lists those of one dimension for
// messages.
#pragma once

#include "core/units.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foramen::core {

// Exponents of metre, kilogram, second, ampere, radian: a run-time copy of Quantity's parameters.
struct Dimension {
  int length = 0, mass = 0, time = 0, current = 0, angle = 0;
  bool operator==(const Dimension&) const = default;
};
template <int L, int M, int T, int I, int A_>
constexpr Dimension dimension_of(Quantity<L, M, T, I, A_>) {
  return {L, M, T, I, A_};
}

// Why a text is not a quantity of the wanted dimension.
enum class QuantityTextProblem { none, not_a_number, no_unit, unknown_unit, wrong_dimension };

struct QuantityTextResult {
  QuantityTextProblem problem = QuantityTextProblem::none;
  double si = 0.0;
  std::string unit; // as written, possibly empty
};
QuantityTextResult parse_quantity(std::string_view text, Dimension wanted);

std::optional<Dimension> dimension_of_unit(std::string_view symbol); // none for an unknown unit
std::string dimension_name(Dimension dimension);            // "length", "conductivity", ...
std::vector<std::string> unit_symbols(Dimension dimension); // {"m", "cm", "mm", "um", "nm"}
std::string example_quantity(Dimension dimension);          // "1.5 mm"
std::string millimetres(double metres, int decimals);       // for messages: "0.42 mm"
// Shortest text that reads back to the same double, in the unit (of unit_symbols) given, or in the
// dimension's preferred unit.
std::string format_quantity(double si, Dimension dimension, std::string_view unit = {});

template <class Q> std::string to_text(Q quantity, std::string_view unit = {}) {
  return format_quantity(quantity.si(), dimension_of(quantity), unit);
}

} // namespace foramen::core
