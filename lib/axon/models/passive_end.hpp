// The passive end node of PyFibers 0.9 (doi:10.1371/journal.pcbi.1013764): no channels, a leak of
// 1e-4 S/cm2 to the model's nominal rest, 1 uF/cm2, and an axoplasm that does not conduct.
#pragma once

#include "axon/cable.hpp"
#include "axon/membrane_units.hpp"

namespace foramen::axon {

inline constexpr double passive_end_ohm_cm = 1e10;

inline void make_passive_end(Compartment& end, double area_cm2, double rest_mV) {
  end.capacitance_uF = 1.0 * area_cm2;
  end.channels_mS = {};
  end.leak_mS = mS_per_cm2(1e-4) * area_cm2;
  end.leak_uA = end.leak_mS * rest_mV;
}

} // namespace foramen::axon
