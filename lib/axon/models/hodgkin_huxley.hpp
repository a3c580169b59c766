// The squid's giant axon of Hodgkin and Huxley 1952 (doi:10.1113/jphysiol.1952.sp004764) at 18.5 C:
// axoplasm 35.4 ohm cm, 1 uF/cm2, rest at -65 mV. Membrane: hodgkin_huxley.cpp.
//
// Compartments of 10 um sqrt(D / 1 um), a fixed share of the length constant. Range 0.5 to 1000 um;
// the paper's axon has 476 um and is computed there to conduct at 18.8 m/s.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Length hodgkin_huxley_compartment(Length diameter);
Cable build_hodgkin_huxley(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
