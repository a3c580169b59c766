#include "core/quantity_text.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sstream>

namespace foramen::core {
namespace {

struct UnitEntry {
  std::string_view symbol;
  Dimension dimension;
  double factor; // to SI
};

template <class Q> constexpr UnitEntry unit(std::string_view symbol, Q q) {
  return {symbol, dimension_of(q), q.si()};
}

// The first symbol of a dimension is the one that results are printed in.
constexpr std::array units{
    unit("%", percent),
    unit("mm", mm),
    unit("m", m),
    unit("cm", cm),
    unit("um", um),
    unit("nm", nm),
    unit("mm^2", mm2),
    unit("cm^2", cm* cm),
    unit("m^2", m* m),
    unit("us", us),
    unit("ms", ms),
    unit("s", s),
    unit("Hz", Hz),
    unit("kHz", kHz),
    unit("m/s", m_per_s),
    unit("deg", deg),
    unit("rad", rad),
    unit("mA", mA),
    unit("uA", uA),
    unit("nA", nA),
    unit("A", A),
    unit("uC", uC),
    unit("nC", 1e-3 * uC),
    unit("C", C),
    unit("uC/cm^2", uC_per_cm2),
    unit("C/m^2", ChargeDensity::from_si(1.0)),
    unit("mV", mV),
    unit("V", V),
    unit("ohm", ohm),
    unit("kohm", kohm),
    unit("S/m", S_per_m),
    unit("mS/cm", 0.1 * S_per_m),
    unit("ohm*m", ohm_m),
    unit("ohm*cm", 1e-2 * ohm_m),
    unit("ohm*m^2", ohm_m2),
    unit("ohm*cm^2", ohm_cm2),
    unit("uF", Capacitance::from_si(1e-6)),
    unit("F", Capacitance::from_si(1.0)),
};

struct NamedDimension {
  Dimension dimension;
  std::string_view name, example;
};
constexpr std::array names{
    NamedDimension{dimension_of(percent), "percentage", "1 %"},
    NamedDimension{dimension_of(m), "length", "1.5 mm"},
    NamedDimension{dimension_of(mm2), "area", "12 mm^2"},
    NamedDimension{dimension_of(s), "time", "210 us"},
    NamedDimension{dimension_of(Hz), "frequency", "2 Hz"},
    NamedDimension{dimension_of(m_per_s), "velocity", "50 m/s"},
    NamedDimension{dimension_of(deg), "angle", "30 deg"},
    NamedDimension{dimension_of(mA), "current", "1 mA"},
    NamedDimension{dimension_of(uC), "charge", "0.2 uC"},
    NamedDimension{dimension_of(uC_per_cm2), "charge density", "30 uC/cm^2"},
    NamedDimension{dimension_of(V), "voltage", "10 V"},
    NamedDimension{dimension_of(ohm), "resistance", "500 ohm"},
    NamedDimension{dimension_of(S_per_m), "conductivity", "0.2 S/m"},
    NamedDimension{dimension_of(ohm_m), "resistivity", "1149 ohm*m"},
    NamedDimension{dimension_of(ohm_m2), "sheet resistance", "0.05 ohm*m^2"},
    NamedDimension{dimension_of(Capacitance{}), "capacitance", "1 uF"},
};

const NamedDimension& named(Dimension dimension) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const NamedDimension& n) {
    return n.dimension == dimension;
  });
  FORAMEN_EXPECT(found != names.end(), "a dimension without a name");
  return *found;
}

const UnitEntry* find_unit(std::string_view symbol) {
  const auto found = std::find_if(units.begin(), units.end(),
                                  [&](const UnitEntry& u) { return u.symbol == symbol; });
  return found == units.end() ? nullptr : &*found;
}

// The user's "µ" (U+00B5 or U+03BC), "Ω" and "°" count as "u", "ohm" and "deg".
std::string plain_symbol(std::string_view symbol) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> spellings{{
      {"\u00B5", "u"},
      {"\u03BC", "u"},
      {"\u03A9", "ohm"},
      {"\u2126", "ohm"},
      {"\u00B0", "deg"},
      {"\u00B2", "^2"},
      {"\u00B7", "*"},
  }};
  std::string plain(symbol);
  for (const auto& [from, to] : spellings)
    for (std::size_t at = plain.find(from); at != std::string::npos; at = plain.find(from))
      plain.replace(at, from.size(), to);
  return plain;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string shortest(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

} // namespace

QuantityTextResult parse_quantity(std::string_view text, Dimension wanted) {
  text = trimmed(text);
  if (text.starts_with('+'))
    text.remove_prefix(1);
  double number = 0.0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || !std::isfinite(number))
    return {QuantityTextProblem::not_a_number, 0.0, {}};
  const std::string_view symbol = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  if (symbol.empty())
    return {QuantityTextProblem::no_unit, number, {}};
  const UnitEntry* entry = find_unit(plain_symbol(symbol));
  if (entry == nullptr)
    return {QuantityTextProblem::unknown_unit, number, std::string(symbol)};
  if (entry->dimension != wanted)
    return {QuantityTextProblem::wrong_dimension, number, std::string(symbol)};
  return {QuantityTextProblem::none, number * entry->factor, std::string(entry->symbol)};
}

std::optional<Dimension> dimension_of_unit(std::string_view symbol) {
  const UnitEntry* entry = find_unit(plain_symbol(symbol));
  return entry == nullptr ? std::nullopt : std::optional(entry->dimension);
}

std::string dimension_name(Dimension dimension) {
  return std::string(named(dimension).name);
}

std::string example_quantity(Dimension dimension) {
  return std::string(named(dimension).example);
}

std::vector<std::string> unit_symbols(Dimension dimension) {
  std::vector<std::string> symbols;
  for (const UnitEntry& u : units)
    if (u.dimension == dimension)
      symbols.emplace_back(u.symbol);
  return symbols;
}

std::string format_quantity(double si, Dimension dimension, std::string_view unit) {
  const UnitEntry* entry = find_unit(unit.empty() ? unit_symbols(dimension).at(0) : unit);
  FORAMEN_EXPECT(entry != nullptr && entry->dimension == dimension, "unit ", unit);
  // si / factor need not read back to si: try the quotient rounded to fewer digits first, then its
  // neighbours, and fall back on SI units, which always do.
  double value = si / entry->factor;
  for (int digits = 1; digits <= 17; ++digits) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                   std::chars_format::general, digits)
                         .ptr;
    double back = 0.0;
    std::from_chars(text.data(), end, back);
    if (back * entry->factor == si)
      return shortest(back) + " " + std::string(entry->symbol);
  }
  for (const double neighbour : {std::nextafter(value, -INFINITY), std::nextafter(value, INFINITY)})
    if (neighbour * entry->factor == si)
      return shortest(neighbour) + " " + std::string(entry->symbol);
  for (const UnitEntry& u : units)
    if (u.dimension == dimension && u.factor == 1.0)
      return shortest(si) + " " + std::string(u.symbol);
  return shortest(value) + " " + std::string(entry->symbol);
}

std::string millimetres(double metres, int decimals) {
  std::ostringstream out;
  out.setf(std::ios::fixed);
  out.precision(decimals);
  out << metres * 1e3 << " mm";
  return out.str();
}

} // namespace foramen::core
