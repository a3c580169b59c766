// The fibre of McIntyre, Richardson and Grill 2002 (doi:10.1152/jn.00353.2001).
//
// `build_mrg_discrete` has the diameters of the paper's table 1 (and 1 and 2 um of later work);
// `build_mrg` interpolates the measures by polynomials, 2 to 16 um (Musselman et al. 2021,
// doi:10.1371/journal.pcbi.1009285). Units in their formulas: um.
//
// Internodes are passive: 1 mS/cm2 (MYSA) and 0.1 mS/cm2 (FLUT, STIN) of axolemma, reversal -80 mV.
#pragma once

#include "axon/catalogue.hpp"
#include "axon/models/double_cable.hpp"

#include <vector>

namespace foramen::axon {

const Kinetics& mrg_kinetics();
const Kinetics& thin_mrg_kinetics(); // the same, with starts of searches for thin fibres

// Nodal densities of fast sodium and slow potassium in S/cm2 (3.0 and 0.08 in the paper); all else
// as in the paper.
Channels mrg_channels(double g_na, double g_ks);

std::vector<Length> mrg_diameters(); // of the table
Length mrg_discrete_internode(Length diameter);
Cable build_mrg_discrete(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

Length mrg_internode(Length diameter);
Cable build_mrg(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
