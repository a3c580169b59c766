// Time integration: which scheme, which step.
//
// One implicit solve with step h advances the voltages with frozen gates; gates follow by relaxing
// exponentially at the new voltages. Both schemes are that solve:
//
//   neuron        backward Euler with h = dt, gates one step behind: what NEURON does (reference
//                 README section 1). First order. Ve of a step is its value at the step's start.
//   second_order  solve with h = dt/2 and extrapolate to dt (the implicit midpoint rule), gates
//                 half a step ahead. Every jump of the level falls between two steps and ramps
//                 enter by their exact average, so no pulse is rounded to a grid. The step after a
//                 jump is taken as two backward Euler half-steps, which damp the stiff periaxonal
//                 modes (rates up to 1e5/ms) that the midpoint rule would let ring (Rannacher 1984,
//                 doi:10.1007/BF01379643); gates stay staggered to the middle of each (half-)step.
//
// Steps of the second order: half of `step` for 10 us after each jump, then `step` while the
// stimulus acts; where it is silent (below a fifth of its largest level) twice, four times, ...
// `step` from 30, 70, ... us on, up to coarsest * step. What decides a threshold happens in the
// pulse and soon after: with steps of up to 40 us instead of 5 no threshold of the reference moves
// by more than 0.03 %, for a third of the solves. No step is longer than a twentieth of the
// shortest phase of a pulse (times step / 5 us): at 5 us pulses of 50, 20, 10 us would miss
// thresholds by 0.3, 1.3, 3.8 %.
//
// The order of solves: schedule.hpp. Default step 5 us: thresholds within 0.08 % of those at 0.25
// us on every MRG and Gaines row of the reference, 60 us to 1 ms; order two
// (tests/unit/axon/order_test.cpp).
#pragma once

#include "axon/kinetics.hpp"
#include "core/units.hpp"

namespace foramen::axon {

enum class Scheme { second_order, neuron };

struct Integration {
  Scheme scheme = Scheme::second_order;
  Time step = 5.0 * us;  // NEURON's scheme: every step
  double coarsest = 8.0; // second order; 1: no step is longer than `step`
  double pace = 1.0;     // factor on the step already made for a slow membrane (`paced`)
};

// As threshold searches use it for a fibre of the given pace. NEURON's scheme keeps its step.
Integration paced(Integration integration, const Pace& pace);

// Bound on the relative deviation of a threshold found with this integration (before `paced`) from
// its limit for a vanishing step. Backward Euler: 2 % at 5 us, in proportion to the step.
double threshold_step_error(const Integration& integration, const Pace& pace);

} // namespace foramen::axon
