// The C nociceptor of Tigerholm et al. 2014
// (doi:10.1152/jn.00777.2012) as PyFibers 0.9 has it:
// ten currents, sodium and potassium that accumulate inside and in a space around the fibre.
// Axoplasm 35.4 ohm cm, 1 uF/cm2, rest at -55 mV. Membrane: tigerholm.cpp. Range 0.2 to 5 um.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Cable build_tigerholm(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
