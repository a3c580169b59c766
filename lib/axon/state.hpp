// Where a fibre stands: what the solver advances, and how it looks from outside.
//
// `inner` holds what lies between the nodes in the solver's coordinates (Cable::n_inner): one
// change of coordinates costs some 20 multiply-adds per compartment.
#pragma once

#include "axon/cable.hpp"

#include <vector>

namespace foramen::axon {

struct State {
  std::vector<double> v_mV;                          // per node
  std::vector<double> inner;                         // per internode, n_inner values each
  std::vector<double> node_states, internode_states; // all of one place together
};

struct Potentials { // per compartment, in order
  std::vector<double> v_mV, p_mV;
};

Potentials potentials(const Cable& cable, const State& state);

// Of compartments whose membranes have yet to settle (states 0).
State state_at(const Cable& cable, const Potentials& potentials);

} // namespace foramen::axon
