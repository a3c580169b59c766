// The one place where SI meets the axon's units {ms, mV, uA, cm}.
//
// Hence resistance is kohm, conductance mS, capacitance uF, resistivity kohm cm, and current
// densities uA/cm2, conductance densities mS/cm2: channel densities read as the papers print them,
// and no conversion factor appears in a cable equation (mS * mV = uA, uF * mV / ms = uA).
#pragma once

#include "core/units.hpp"

namespace foramen::axon {

// Coherence of {ms, mV, uA, cm}: ohm's law and the capacitor without factors.
inline constexpr Resistance kernel_resistance = kohm;
static_assert((uA * kernel_resistance).in(mV) > 0.999999 &&
              (uA * kernel_resistance).in(mV) < 1.000001);

constexpr double in_ms(Time t) {
  return t.in(ms);
}
constexpr double in_cm(Length x) {
  return x.in(cm);
}
constexpr double in_um(Length x) {
  return x.in(um);
}
constexpr double in_uA(Current i) {
  return i.in(uA);
}
constexpr Time from_ms(double t_ms) {
  return t_ms * ms;
}

// Published densities in S/cm2 and resistivities in ohm cm, written beside the paper's symbol.
constexpr double mS_per_cm2(double s_per_cm2) {
  return 1e3 * s_per_cm2;
}
constexpr double kohm_cm(double ohm_cm) {
  return 1e-3 * ohm_cm;
}

} // namespace foramen::axon
