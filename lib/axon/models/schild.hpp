// The C fibres of Schild et al. 1994 (doi:10.1152/jn.1994.71.6.2338) and of Schild and Kunze 1997
// (doi:10.1152/jn.1997.78.6.3198): nodose neurons with calcium, as PyFibers 0.9 has them. Axoplasm
// 100 ohm cm, 1.326291192 uF/cm2. Membranes: schild.cpp. Range 0.2 to 5 um.
//
// Neither is quite at rest after the 200 ms that precede every run (calcium and the slowest gates
// go on): potentials then move by some 4 uV in 5 ms. `schild97` rests near -68 mV, not at the -46.5
// mV named.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Cable build_schild94(const FibreModel& model, Length diameter, int n_nodes, Ends ends);
Cable build_schild97(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
