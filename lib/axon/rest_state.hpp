// The state in which an unstimulated fibre stays.
//
// Relaxation from the model's rest guess as in the reference (README section 1): gates steady
// there, backward Euler steps without a field for 1 s (C fibres: 200 ms in steps of 5 ms). This
// ends at the fixed point, which both schemes share, or for C fibres with concentrations and slow
// gates near it: `stationary` says that a further step of 5 ms would move no voltage by more than
// Cable::Name::rest_drift_mV.
//
// Cost: 60 solves per fibre (C fibres: 40), eight fibres at once, in parallel.
#pragma once

#include "axon/batch.hpp"
#include "axon/cable.hpp"

#include <span>
#include <vector>

namespace foramen::axon {

struct Rest {
  State state;
  bool stationary = false;
};

std::vector<Rest> rest_states(std::span<const Cable* const> cables); // of one or several kinetics
Rest rest_state(const Cable& cable);

} // namespace foramen::axon
