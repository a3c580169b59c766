// How fast an action potential travels, from a current injected into one node.
//
// Velocity: the distance between two nodes over the time between their upward crossings of -30 mV
// (interpolated within the step). The nodes should lie some 15 internodes from the stimulus and the
// far end. The step is finer than for thresholds: at 1.5 us velocities are within 0.3 % of their
// limit (Sweeney; MRG and Gaines 0.1 %), at 5 us 1.5 % low (second order). Errors: FORAMEN_EXPECT
// for nodes outside the fibre. Cost: one run.
#pragma once

#include "axon/cable.hpp"
#include "axon/integrator.hpp"
#include "core/units.hpp"

namespace foramen::response {

struct ConductionOptions {
  axon::Integration integration{axon::Scheme::second_order, 1.5 * us, 1.0};
  std::size_t stimulated_node = 4;
  Current current = 5.0 * nA; // into the node
  Time pulse = 0.2 * ms;
  std::size_t node_a = 21, node_b = 51;
  Time stop = 5.0 * ms;
};

struct Conduction {
  bool propagated = false; // both nodes fired; the rest is zero otherwise
  Velocity velocity{};
  Time at_a{}, at_b{};
};

Conduction conduction_velocity(const axon::Cable& cable, const ConductionOptions& options);

} // namespace foramen::response
