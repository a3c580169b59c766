// Unmyelinated fibres: a row of compartments of 8.333 um (1/120 mm, as in PyFibers 0.9), whatever
// the diameter, all of one membrane.
#pragma once

#include "axon/catalogue.hpp"
#include "axon/models/single_cable.hpp"

namespace foramen::axon {

Length c_fibre_compartment(Length diameter); // 8.333 um

struct CFibre {
  const Kinetics* kinetics = nullptr;
  double rest_guess_mV = -60.0;
  double capacitance_uF_cm2 = 1.0;
  double axoplasm_ohm_cm = 100.0;
  double rest_drift_mV = 1e-7; // Cable::Name
};
Cable c_fibre(const CFibre& fibre, const FibreModel& model, Length diameter, int n_nodes, Ends ends,
              const MembraneChannels& channels);

} // namespace foramen::axon
