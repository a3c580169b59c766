// What pushes a cable: currents into its compartments for a unit stimulus.
//
// An extracellular potential acts as div_a Ve on the axoplasm and div_p Ve on the periaxonal space
// (cable.hpp); an electrode inside the fibre as a current into one node. Both scale with amplitude
// and waveform level. Units: uA per unit of amplitude and level.
//
// Errors (ConfigError): potentials that are not one per compartment, or not finite (names the
// first).
#pragma once

#include "axon/cable.hpp"
#include "stimulus/field_at_fibre.hpp"

#include <vector>

namespace foramen::axon {

struct Drive {
  std::vector<double> axial_uA, periaxonal_uA; // per compartment
  std::vector<double> node_uA, inner; // the same in the solver's coordinates (Cable::n_inner)
};

void check_field(const Cable& cable, const stimulus::FieldAtFibre& field);
Drive field_drive(const Cable& cable, const stimulus::FieldAtFibre& field); // per mA
Drive injection_drive(const Cable& cable, std::size_t node);                // per uA

} // namespace foramen::axon
