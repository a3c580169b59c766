// The C fibre of Sundt, Gamper and Jaffe 2015 (doi:10.1152/jn.00226.2015; ModelDB 187473), its axon
// away from the soma, in compartments of 8.333 um.
//
// Axoplasm 100 ohm cm, 1 uF/cm2, g_Na 0.04, g_K 0.04 and leak 1e-4 S/cm2. Departure, as in
// PyFibers: the leak reverses at -60 mV, so the fibre rests at -59.931 mV, and runs start after 200
// ms of rest, when the slow gate l is still 1e-3 from its end. Range 0.2 to 5 um: the paper's axons
// are 0.25 to 1.4 um.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Cable build_sundt(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
