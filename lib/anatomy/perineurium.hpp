// How thick the perineurium of a fascicle is, and what it resists.
//
// Thickness, with d the fascicle's diameter (inside the perineurium):
//   human      t = 0.03702 d + 10.50 um (Pelot 2020 as cited by ASCENT, docs Info.md, commit
//   d2b1d08) grinberg   t = 0.03 d               (Grinberg 2008; ASCENT's GRINBERG_2008) fixed t as
//   given
// The two rules differ by up to a factor of 2. A thin sheet of resistivity rho lets the normal
// current density J = (V1 - V2) / Rp pass, with Rp = rho t: 0.0546 ohm m^2 for d = 1 mm by the
// human rule and 1149 ohm m. Or Rp is given as it is.
//
// Resistivity: fixed (1149 ohm m, ASCENT, 37 degrees Celsius), or by frequency, after the circuits
// that Weerasuriya et al. 1984 fitted to frog perineurium (as ASCENT reads them,
// src/core/waveform.py, commit d2b1d08):
//
//   rho(f) = (|Z_A(f)| + |Z_B(f)|) / 2 / 1.5^((37 - 21) / 10) / 21.75 um
//   1 / Z_A = 1/R1 + j w C1 + 1 / (R2 + 1 / (j w C2))
//             R1 = 439, R2 = 1719.5 ohm cm^2, C1 = 0.078, C2 = 3.915 uF/cm^2
//   Z_B     = 1 / (1/R1 + j w C1) + 1 / (1/R2 + j w C2)
//             R1 = 131.5, R2 = 307.5 ohm cm^2, C1 = 122.85, C2 = 0.0855 uF/cm^2
//
// each the mean of two experiments, at 21 degrees with Q10 = 1.5, for a sheet of 21.75 um. Below
// 10 Hz it is 1149 ohm m, as in ASCENT, although the formula's own limit at 0 Hz is 1055. At 1 to
// 5 kHz it gives 779 to 604 ohm m: the static value is 1.5 to 1.9 times that.
#pragma once

#include "core/units.hpp"

#include <optional>

namespace foramen::anatomy {

enum class PerineuriumRule { human, grinberg, fixed };

struct Perineurium {
  PerineuriumRule rule = PerineuriumRule::human;
  Length fixed_thickness = 0.0 * um;                    // of PerineuriumRule::fixed
  Conductivity conductivity = (1.0 / 1149.0) * S_per_m; // ASCENT, 37 degrees Celsius
  bool weerasuriya = false;                             // resistivity by frequency instead
  std::optional<SheetResistance> resistance{};          // instead of all of the above
  bool depends_on_frequency() const { return weerasuriya && !resistance; }
};

// The formula at any frequency, 0 Hz included.
Resistivity weerasuriya_resistivity(Frequency f);

Length perineurium_thickness(const Perineurium& perineurium, Length fascicle_diameter);
// `f` is of account where the resistivity depends on it.
Resistivity perineurium_resistivity(const Perineurium& perineurium, Frequency f = {});
SheetResistance perineurium_resistance(const Perineurium& perineurium, Length fascicle_diameter,
                                       Frequency f = {});

} // namespace foramen::anatomy
