// The interface between a contact's metal and the tissue, as [lead.interface] states it, or
// [leads.NAME.interface] of one among several.
//
//   [lead.interface]
//   resistance = "60 ohm*cm^2"    of a contact times its area
//
//   [lead.interface]              or a constant phase element at one frequency
//   Q = 0.1                       S s^n / m^2
//   n = 0.9
//   frequency = "1 kHz"
//
// A constant phase element has the impedance Z = 1 / (Q (j w)^n) times area, w = 2 pi frequency.
// The field is real, so the real part stands for it: Re Z = cos(n pi / 2) / (Q w^n), zero for a
// pure capacitor (n = 1). A double layer of capacitance C per area at the frequency f has Q = C (2
// pi f)^(1 - n): 20 uF/cm^2 at 1 kHz with n = 0.9 is Q = 0.48.
//
// This enters the field: it evens the current density over a contact and decides how much current
// idle contacts pass on. `generator.contact_impedance` does not: it is in series with each driven
// contact as a whole, and counts in the generator's voltage alone. Impedances between contact and
// case contain the former; whoever states both has two interfaces in series.
//
// Errors: ConfigError for both ways at once, a part of the element missing, a resistance
// below 1e-7 ohm m^2 other than 0, and an interface without a mesh of the contacts (point sources).
#pragma once

#include "config/table.hpp"
#include "core/units.hpp"

namespace foramen::study {

struct ConstantPhase {
  double q = 0.0; // S s^n / m^2
  double n = 1.0;
  Frequency frequency;
};

// Re Z, of a contact times its area.
SheetResistance effective_resistance(const ConstantPhase& element);

// Of a [lead] or [leads.NAME] table; 0 without one. `meshed`: whether the field knows the contacts'
// surfaces.
SheetResistance read_contact_interface(config::Table& lead, bool meshed);

} // namespace foramen::study
