// Channel kinetics of a fibre, ready to run: the inner loops compiled for several SIMD targets and
// the tables they read.
//
// A model's file (models/) defines its membranes and hands them over in three lines:
//
//   Kernels own_kernels() { return kernels_of<OwnMembrane, NoInternode>(); }   // per SIMD target
//   HWY_EXPORT(own_kernels);                                                   // once
//   const Kinetics& own_kinetics() {
//     static const Kinetics k("own", [] { return HWY_DYNAMIC_DISPATCH(own_kernels)(); }, {12.0,
//     0.2}); return k;
//   }
//
// Membranes: membranes/gates.hpp.
#pragma once

#include "axon/batch_view.hpp"
#include "axon/rate_table.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace foramen::axon {

// What lies between two nodes.
enum class Internode : std::uint8_t {
  none,    // single cables: nothing that has a state
  passive, // a leak: linear, solved in its modes (internode_modes.hpp)
  active   // channels: solved compartment by compartment
};

// A membrane for those who look into it (probe.hpp).
struct MembraneInfo {
  std::span<const char*const> state_names{}, current_names{}; // empty: they have none
  std::size_t n_states = 0, n_currents = 0;
  // Currents (uA, outward positive) of one compartment without its leak: states, channels, V in mV.
  void (*currents)(const double* states, const double* channels, double v_mV,
                   double* out) = nullptr;
};

struct Kernels {
  void (*advance)(const BatchView&) = nullptr; // view.n_solves solves of all active lanes
  void (*settle)(const BatchView&) = nullptr;  // states to their steady values at v
  Internode internode = Internode::none;
  std::size_t node_states = 0, internode_states = 0; // per node, per compartment under myelin
  std::size_t node_functions = 0, internode_functions = 0;
  Tabulate tabulate_node = nullptr, tabulate_internode = nullptr;
  MembraneInfo node{}, between{};
};

// Rough fits for the start of threshold searches (response/first_guess.hpp): the spread activating
// function at threshold with a long pulse, the chronaxie, over how many nodes (or compartments) the
// activating function spreads, and by how much, over the width, a phase of the other sign that
// follows at once raises the threshold.
struct Excitability {
  double rheobase_mV = 10.0, tau_ms = 0.2, spread_nodes = 2.5, reversal_ms = 0.016;
};

// How long a fibre just above threshold hesitates (response/threshold_estimate.hpp): the rate at
// which the excess grows, and the delay of the first spike behind the end of the first phase at 1 %
// above threshold; rough fits, 0: unknown. Charge-balanced pulses, whose second phase pulls the
// fibre back, have values of their own.
struct Hesitation {
  double rate_per_ms = 0.0, delay_ms = 0.0;
  double balanced_rate_per_ms = 0.0, balanced_delay_ms = 0.0;
};

// How fast the membrane is against those of myelinated fibres: threshold searches multiply the step
// by `step` and let it grow to `coarsest` times that once the stimulus is over (integrator.hpp).
// Measured so that thresholds stay within 0.2 % of their limit for a vanishing step
// (lib/axon/README.md).
//
// `error`: bound on the relative deviation of a threshold from its limit at a step of 5 us, from
// every case of the reference (tests/validation/neuron) and from single pulses, trains and sines
// with phases of 10 to 200 us (lib/axon/README.md); it falls with the square of the step.
struct Pace {
  double step = 1.0, coarsest = 8.0, error = 2e-3;
  bool operator==(const Pace&) const = default;
};

class Kinetics {
public:
  using Dispatch = Kernels (*)();
  Kinetics(std::string name, Dispatch dispatch, Excitability excitability, Pace pace = {},
           Hesitation hesitation = {});

  const std::string& name() const { return name_; }
  Kernels kernels() const { return dispatch_(); } // for the SIMD target in force
  const Excitability& excitability() const { return excitability_; }
  const Pace& pace() const { return pace_; }
  const Hesitation& hesitation() const { return hesitation_; }
  const RateTable& node_table() const { return node_table_; }
  const RateTable& internode_table() const { return internode_table_; }

private:
  std::string name_;
  Dispatch dispatch_;
  Excitability excitability_;
  Pace pace_;
  Hesitation hesitation_;
  RateTable node_table_, internode_table_;
};

} // namespace foramen::axon
