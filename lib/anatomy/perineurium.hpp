// How thick the perineurium of a fascicle is, and what it resists.
//
// Rules, with d the fascicle's diameter (inside the perineurium):
//   human     t = 0.03702 d + 10.50 um   (Pelot 2020 as cited by ASCENT, docs Info.md, commit
//   d2b1d08) grinberg  t = 0.03 d                 (Grinberg 2008; ASCENT's GRINBERG_2008) fixed t
//   as given
// The two rules differ by up to a factor of 2. A thin sheet of conductivity sigma lets the normal
// current density J = (V1 - V2) / Rp pass, with Rp = t / sigma: 0.0546 ohm m^2 for d = 1 mm by the
// human rule and 1149 ohm m. The static 1149 ohm m is 1.5 to 1.9 times what Weerasuriya 1984 gives
// at 1 to 5 kHz.
#pragma once

#include "core/units.hpp"

namespace foramen::anatomy {

enum class PerineuriumRule { human, grinberg, fixed };

struct Perineurium {
  PerineuriumRule rule = PerineuriumRule::human;
  Length fixed_thickness = 0.0 * um;                    // of PerineuriumRule::fixed
  Conductivity conductivity = (1.0 / 1149.0) * S_per_m; // ASCENT, 37 degrees Celsius
};

Length perineurium_thickness(const Perineurium& perineurium, Length fascicle_diameter);
SheetResistance perineurium_resistance(const Perineurium& perineurium, Length fascicle_diameter);

} // namespace foramen::anatomy
