// Motor and sensory fibres of Gaines, Finn, Slopsema, Heyboer and Polasek 2018
// (doi:10.1007/s10827-018-0689-5; ModelDB 243841): the MRG double cable with channels under the
// myelin.
//
// Measures, um, natural logarithm: axon 0.889 D - 1.9104, node 0.3449 D - 0.1484, MYSA 0.3527 D -
// 0.1804, internode 969.3 ln D - 1144.6, FLUT 2.5811 D + 19.59, lamellae 65.897 ln D - 32.666.
//
// As in the published program, conductances under the myelin are densities on pi D L, not on the
// axolemma pi d L: the true densities are D/d times higher. Allowed range 4 to 16 um; the fits are
// to fibres of 5.7 to 16 um.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Length gaines_internode(Length diameter);
Cable build_gaines_motor(const FibreModel& model, Length diameter, int n_nodes, Ends ends);
Cable build_gaines_sensory(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
