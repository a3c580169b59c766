#include "anatomy/perineurium.hpp"

#include <cmath>
#include <complex>
#include <numbers>

namespace foramen::anatomy {

Resistivity weerasuriya_resistivity(Frequency f) {
  using Complex = std::complex<double>;
  // ohm cm^2 and uF/cm^2: with w in 1e6 rad/s, j w C is in 1 / (ohm cm^2).
  const Complex jw(0.0, 2.0e-6 * std::numbers::pi * f.si());
  struct Circuit {
    double r1, r2, c1, c2;
  };
  const Circuit a{(385.0 + 493.0) / 2, (1271.0 + 2168.0) / 2, (0.081 + 0.075) / 2,
                  (2.71 + 5.12) / 2};
  const Circuit b{(108.0 + 155.0) / 2, (277.0 + 338.0) / 2, (43.7 + 202.0) / 2,
                  (0.088 + 0.083) / 2};
  // R2 and C2 of model A in series, as an admittance that is finite at 0 Hz.
  const Complex z_a = 1.0 / (1.0 / a.r1 + jw * a.c1 + jw * a.c2 / (1.0 + jw * a.c2 * a.r2));
  const Complex z_b = 1.0 / (1.0 / b.r1 + jw * b.c1) + 1.0 / (1.0 / b.r2 + jw * b.c2);
  const double warming = std::pow(1.5, (37.0 - 21.0) / 10.0);
  return 0.5 * (std::abs(z_a) + std::abs(z_b)) / warming * ohm_cm2 / (21.75 * um);
}

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

Resistivity perineurium_resistivity(const Perineurium& perineurium, Frequency f) {
  if (!perineurium.weerasuriya)
    return 1.0 / perineurium.conductivity;
  return f < 10.0 * Hz ? 1149.0 * ohm_m : weerasuriya_resistivity(f);
}

SheetResistance perineurium_resistance(const Perineurium& perineurium, Length fascicle_diameter,
                                       Frequency f) {
  if (perineurium.resistance)
    return *perineurium.resistance;
  const Length thickness = perineurium_thickness(perineurium, fascicle_diameter);
  if (!perineurium.weerasuriya) // a quotient, whose bits cached fields are known by
    return thickness / perineurium.conductivity;
  return thickness * perineurium_resistivity(perineurium, f);
}

} // namespace foramen::anatomy
