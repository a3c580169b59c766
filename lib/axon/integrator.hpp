// Time integration: which scheme, which step.
//
// One implicit solve with step h advances the voltages with frozen gates; gates follow by relaxing
// exponentially at the new voltages. Both schemes are that solve:
//
//   neuron        backward Euler with h = dt, gates one step behind: what NEURON does (reference
//                 README section 1). First order. Ve of a step is its value at the step's start.
//   second_order  solve with h = dt/2 and extrapolate to dt (the implicit midpoint rule), gates
//   half a
//                 step ahead. Ve enters by its exact average over the step, so that no pulse edge
//                 is rounded to the grid. A step that holds an edge is taken as two backward Euler
//                 half-steps, which damp the stiff periaxonal modes (rates up to 1e5/ms) that the
//                 midpoint rule would let ring (Rannacher 1984, doi:10.1007/BF01379643); gates stay
//                 staggered to the middle of each (half-)step, so that no gate relaxes across an
//                 edge at the voltage of one side alone.
//
// Default step 5 us: thresholds within 0.24 % of the limit for vanishing step on every MRG and
// Gaines row of the reference, 60 us to 1 ms. The order is two below 2 us (measured:
// tests/unit/axon/order_test.cpp).
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

#include <vector>

namespace foramen::axon {

enum class Scheme { second_order, neuron };

struct Integration {
  Scheme scheme = Scheme::second_order;
  Time step = 5.0 * us;
};

// One implicit solve. Times in ms.
struct Solve {
  double end_ms = 0.0;        // time reached
  double duration_ms = 0.0;   // by which V and P advance
  double level = 0.0;         // factor on the unit potentials
  double stretch = 1.0;       // 1: keep the solution at h; 2: extrapolate from h to 2h
  double gate_step_ms = 0.0;  // by which gates relax afterwards
  bool completes_step = true; // false for the first of two half-steps
};

// Implicit step of every solve of the scheme.
double solve_step_ms(const Integration& integration);

// All solves from 0 to at least `stop`.
std::vector<Solve> schedule(const stimulus::Waveform& waveform, const Integration& integration,
                            Time stop);

} // namespace foramen::axon
