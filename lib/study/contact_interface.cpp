#include "study/contact_interface.hpp"

#include "core/error.hpp"

#include <cmath>
#include <numbers>

namespace foramen::study {
namespace {

// Four decades below a double layer's; the multigrid's single precision fails at 1e-9.
constexpr SheetResistance least = 1e-7 * ohm_m2;

SheetResistance read_constant_phase(config::Table& table) {
  for (const char* key : {"Q", "n", "frequency"})
    if (!table.has(key))
      table.refuse("", concat("a constant phase element needs `", key, "` too"),
                   "give Q, n and frequency, or `resistance` alone");
  ConstantPhase element;
  element.q = table.number("Q", 0.1, {.min = 1e-6, .max = 1e6},
                           "Of a constant phase element 1 / (Q (j w)^n), in S s^n / m^2: its real "
                           "part at `frequency` is the resistance (optional).");
  element.n = table.number("n", 0.9, {.min = 0.0, .max = 1.0},
                           "Its exponent: 0 a resistor, 1 a capacitor (optional).");
  element.frequency = table.required_quantity<Frequency>(
      "frequency", {.min = 1.0 * Hz, .max = 1000.0 * kHz}, "At which it is taken (optional).");
  return effective_resistance(element);
}

} // namespace

SheetResistance effective_resistance(const ConstantPhase& element) {
  const double w = 2.0 * std::numbers::pi * element.frequency.in(Hz);
  // cos(n pi / 2), without the rounding that would leave a capacitor a resistance of either sign.
  const double cosine = std::sin((1.0 - element.n) * std::numbers::pi / 2.0);
  return SheetResistance::from_si(cosine / (element.q * std::pow(w, element.n)));
}

SheetResistance read_contact_interface(config::Table& lead, bool meshed) {
  config::Table table = lead.table(
      "interface", "Between the contacts' metal and the tissue, in the field; none by default.");
  const bool element = table.has("Q") || table.has("n") || table.has("frequency");
  if (element && table.has("resistance"))
    table.refuse("resistance", "the interface is given twice, here and as a constant phase element",
                 "remove `resistance`, or Q, n and frequency");
  const SheetResistance resistance =
      element
          ? read_constant_phase(table)
          : table.quantity("resistance", 0.0 * ohm_m2, {.min = 0.0 * ohm_m2, .max = 1e3 * ohm_m2},
                           "Resistance of a contact times its area: 0, or from 1e-7 ohm*m^2.");
  if (!meshed && resistance > 0.0 * ohm_m2)
    table.refuse("", "point sources have no surface that an interface could lie on",
                 concat("set field.kind = \"finite_elements\", or remove [", table.path(), "]"));
  if (resistance > 0.0 * ohm_m2 && resistance < least)
    table.refuse(element ? "Q" : "resistance",
                 concat("an interface of ", resistance.si(),
                        " ohm*m^2 is too low for the solver, and too low to matter"),
                 concat("give at least ", least.si(), " ohm*m^2, or no interface"));
  return resistance;
}

} // namespace foramen::study
