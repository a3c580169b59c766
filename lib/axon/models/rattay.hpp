// The C fibre of Rattay and Aberham 1993 (doi:10.1109/10.250575): axoplasm 100 ohm cm, 1 uF/cm2,
// rest at -70 mV. Membrane and departures: rattay.cpp. Range 0.2 to 5 um.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Cable build_rattay(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
