// The state in which an unstimulated fibre stays.
//
// Relaxation from the model's rest guess as in the reference (README section 1): gates steady
// there, backward Euler steps of 5 ms without a field, 1 s of them (C fibres: 200 ms). This ends at
// the fixed point, which both schemes share, or within 2e-6 mV of it (sundt): where a further step
// would move no voltage by more than 1e-7 mV, `stationary` is true.
//
// Cost: 200 solves per fibre (C fibres: 40), eight fibres at once, in parallel.
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
