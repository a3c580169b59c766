// Thin myelinated fibres after Pena et al. 2024 (doi:10.1371/journal.pcbi.1011833): the MRG fibre
// with measures fitted to small diameters and other nodal densities; `small_mrg` has the same
// measures and MRG's own densities. Recommended up to 5.7 um. Units in the formulas: um.
#pragma once

#include "axon/catalogue.hpp"

namespace foramen::axon {

Length pena_internode(Length diameter);
Cable build_pena(const FibreModel& model, Length diameter, int n_nodes, Ends ends);
Cable build_small_mrg(const FibreModel& model, Length diameter, int n_nodes, Ends ends);

} // namespace foramen::axon
