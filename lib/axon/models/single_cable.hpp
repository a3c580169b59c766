// A fibre without periaxonal space: a row of equal compartments, or of nodes between perfectly
// insulating myelin, coupled through the axoplasm alone.
//
//   C dV/dt + I_ion(V, gates) = div_a (V + Ve)
//
// Every compartment is a "node" of the cable. Where myelin carries neither capacitance nor current
// its compartment is eliminated exactly: it only adds to the resistance between two nodes.
#pragma once

#include "axon/cable.hpp"

#include <functional>

namespace foramen::axon {

struct SingleCableMeasures {
  double compartment_um = 0.0;     // length of the membrane
  double diameter_um = 0.0;        // of the membrane and its axoplasm
  double spacing_um = 0.0;         // centre to centre; what lies between is perfect insulation,
  double bridge_diameter_um = 0.0; // and its axoplasm this wide (unused without a gap)
  double capacitance_uF_cm2 = 1.0; // of the membrane
  double axoplasm_ohm_cm = 100.0;
};

// Fills in the channels and the leak of a compartment of the given area (cm2).
using MembraneChannels = std::function<void(Compartment&, double area_cm2)>;

Cable single_cable(const Cable::Name& name, const SingleCableMeasures& measures, int n_nodes,
                   const MembraneChannels& channels);

} // namespace foramen::axon
