// "210 us" to a quantity and back, bit for bit.
#include "core/quantity_text.hpp"
#include "core/random.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <cstring>

using namespace foramen;
using namespace foramen::core;

namespace {

const std::vector<Dimension> dimensions{
    dimension_of(Length{}),        dimension_of(Area{}),
    dimension_of(Time{}),          dimension_of(Frequency{}),
    dimension_of(Velocity{}),      dimension_of(Angle{}),
    dimension_of(Current{}),       dimension_of(Charge{}),
    dimension_of(ChargeDensity{}), dimension_of(Voltage{}),
    dimension_of(Resistance{}),    dimension_of(Conductivity{}),
    dimension_of(Resistivity{}),   dimension_of(SheetResistance{}),
    dimension_of(Capacitance{}),
};

const Dimension length = dimension_of(Length{});

std::uint64_t bits(double x) {
  std::uint64_t b = 0;
  std::memcpy(&b, &x, sizeof b);
  return b;
}

} // namespace

TEST_CASE("any quantity reads back from its text with the same bits", "[core]") {
  RandomStream random(3, "quantity text");
  for (const Dimension d : dimensions)
    for (const std::string& unit : unit_symbols(d))
      for (int i = 0; i < 200; ++i) {
        const double si = random.normal() * std::exp(20.0 * random.normal());
        const QuantityTextResult back = parse_quantity(format_quantity(si, d, unit), d);
        REQUIRE(back.problem == QuantityTextProblem::none);
        REQUIRE(bits(back.si) == bits(si));
      }
}

TEST_CASE("a formatted quantity formats to itself in the unit it names", "[core]") {
  RandomStream random(4, "quantity text");
  for (const Dimension d : dimensions)
    for (const std::string& unit : unit_symbols(d))
      for (int i = 0; i < 50; ++i) {
        const std::string text = format_quantity(random.normal(), d, unit);
        const QuantityTextResult back = parse_quantity(text, d);
        REQUIRE(format_quantity(back.si, d, back.unit) == text);
      }
}

TEST_CASE("decimal values keep their decimals", "[core]") {
  CHECK(to_text(1.5 * mm) == "1.5 mm");
  CHECK(to_text(210.0 * us) == "210 us");
  CHECK(to_text(0.1 * S_per_m) == "0.1 S/m");
  CHECK(to_text(12.7 * um, "um") == "12.7 um");
  CHECK(to_text(0.0 * mA) == "0 mA");
  CHECK(to_text(-30.0 * deg) == "-30 deg");
}

TEST_CASE("text is read with any spelling of unit and space", "[core]") {
  const auto si = [](const char* text, Dimension d) {
    const QuantityTextResult r = parse_quantity(text, d);
    REQUIRE(r.problem == QuantityTextProblem::none);
    return r.si;
  };
  CHECK(si("1.5 mm", length) == (1.5 * mm).si());
  CHECK(si("1.5mm", length) == (1.5 * mm).si());
  CHECK(si("  +1.5\tmm ", length) == (1.5 * mm).si());
  CHECK(si("-2e3 um", length) == (-2e3 * um).si());
  CHECK(si("10 \u00B5m", length) == (10.0 * um).si());
  CHECK(si("10 \u03BCm", length) == (10.0 * um).si());
  CHECK(si("90\u00B0", dimension_of(Angle{})) == (90.0 * deg).si());
  CHECK(si("2 k\u03A9", dimension_of(Resistance{})) == (2.0 * kohm).si());
  CHECK(si("0.05 \u03A9\u00B7m\u00B2", dimension_of(SheetResistance{})) == 0.05);
}

TEST_CASE("what is not a quantity says why", "[core]") {
  const auto problem = [](const char* text) { return parse_quantity(text, length).problem; };
  CHECK(problem("") == QuantityTextProblem::not_a_number);
  CHECK(problem("mm") == QuantityTextProblem::not_a_number);
  CHECK(problem("nan mm") == QuantityTextProblem::not_a_number);
  CHECK(problem("inf mm") == QuantityTextProblem::not_a_number);
  CHECK(problem("1e999 mm") == QuantityTextProblem::not_a_number);
  CHECK(problem("2") == QuantityTextProblem::no_unit);
  CHECK(problem("2 ") == QuantityTextProblem::no_unit);
  CHECK(problem("2 inch") == QuantityTextProblem::unknown_unit);
  CHECK(problem("2 mm 3") == QuantityTextProblem::unknown_unit);
  CHECK(problem("2,5 mm") == QuantityTextProblem::unknown_unit);
  CHECK(problem("2 ms") == QuantityTextProblem::wrong_dimension);
  CHECK(parse_quantity("2 inch", length).unit == "inch");
}

TEST_CASE("every dimension has a name, an example and an SI unit", "[core]") {
  for (const Dimension d : dimensions) {
    CHECK_FALSE(dimension_name(d).empty());
    CHECK(parse_quantity(example_quantity(d), d).problem == QuantityTextProblem::none);
    bool has_si = false;
    for (const std::string& unit : unit_symbols(d)) {
      CHECK(dimension_of_unit(unit) == d);
      has_si = has_si || parse_quantity("1 " + unit, d).si == 1.0;
    }
    CHECK(has_si); // the unit that every value survives in
  }
  CHECK_FALSE(dimension_of_unit("furlong"));
}
