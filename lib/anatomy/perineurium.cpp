#include "anatomy/perineurium.hpp"

namespace foramen::anatomy {

Length perineurium_thickness(const Perineurium& perineurium, Length fascicle_diameter) {
  switch (perineurium.rule) {
  case PerineuriumRule::human:
    return 0.03702 * fascicle_diameter + 10.50 * um;
  case PerineuriumRule::grinberg:
    return 0.03 * fascicle_diameter;
  case PerineuriumRule::fixed:
    break;
  }
  return perineurium.fixed_thickness;
}

SheetResistance perineurium_resistance(const Perineurium& perineurium, Length fascicle_diameter) {
  return perineurium_thickness(perineurium, fascicle_diameter) / perineurium.conductivity;
}

} // namespace foramen::anatomy
