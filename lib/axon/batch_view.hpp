// The memory of a batch as the kernels see it: plain arrays, lanes innermost.
//
// Element (i, lane) of an array is at [i * batch_lanes + lane], 64-byte aligned. Units {ms, mV, uA,
// cm}. Admittances carry the implicit step h: capacitances appear as C / h (mS).
//
// A fibre is a row of nodes; between two of them lie `n_inner` values: V and P of each compartment
// in turn (active internodes), or the amplitudes of the internode's modes (passive ones,
// internode_modes.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

namespace foramen::axon {

inline constexpr std::size_t batch_lanes = 8;
inline constexpr double spike_threshold_mV = -30.0; // of detection: reference README section 1

// Coefficients, each batch_lanes wide, in these orders.
enum NodeCoefficient : std::size_t {
  node_capacitance, // C / h
  node_diagonal, // C / h, leak, and the couplings to what lies beside; less the reduction of modes
  node_next,     // coupling to the next unknown, or (modes) to the next node
  node_constant, // uA that flow whatever happens: leak times its reversal potential
  node_channels, // up to four
  n_node_coefficients = node_channels + 4
};
enum InternodeCoefficient : std::size_t { // of one compartment with channels
  inter_capacitance,                      // C / h
  inter_axial_sum,
  inter_axial_next,
  inter_myelin, // Cm / h + Gm + periaxonal to both neighbours
  inter_myelin_capacitance,
  inter_periaxonal_next,
  inter_leak,
  inter_leak_current,
  inter_channels, // up to four
  n_internode_coefficients = inter_channels + 4
};
// Of one mode; y is its amplitude, u_l and u_r the nodes' potentials, m = 1 for the first half of
// the modes and -1 for the second:
//   y <- decay y + drive * level * source + left (u_l + m u_r) + beyond u_r
// adds to_left y to the right side of the left node and m to_left y + to_beyond y to that of the
// right one, both of the next solve.
enum ModeCoefficient : std::size_t {
  mode_decay,
  mode_left,
  mode_to_left,
  mode_drive,
  mode_beyond, // these two are 0 where the internode is its own mirror image
  mode_to_beyond,
  n_mode_coefficients
};

// One period: a node and what lies before the next. `internode` is null after the last node.
// Compartment (or mode coefficient) k of it: see the solvers. `mirrored`: in every lane the
// internode is its own mirror image, so that the second half of its modes changes sign from left to
// right.
struct PeriodView {
  const double* node;
  const double* internode;
  bool mirrored;
};

struct BatchView {
  std::size_t n_nodes = 0, per_internode = 0, n_inner = 0, n_solves = 0;
  std::uint32_t active = 0;    // bit per lane
  bool sums_are_stale = false; // from_left and from_right must be formed anew
  const PeriodView* periods = nullptr;
  const double *node_table = nullptr, *internode_table = nullptr; // RateTable::data
  double *v = nullptr, *inner = nullptr;
  double *node_states = nullptr, *internode_states = nullptr;   // (place * n_states + state)
  const double *node_source = nullptr, *inner_source = nullptr; // uA at level 1
  double *e = nullptr, *x = nullptr;                            // scratch, per node
  double* inner_scratch = nullptr;                              // scratch, 5 per compartment
  double *from_left = nullptr, *from_right = nullptr;           // modes: sums, per node
  double* first_crossing_ms = nullptr;                          // per node; infinity until it fires
  // Per solve (integrator.hpp).
  const double *end_ms = nullptr, *duration_ms = nullptr, *level = nullptr, *stretch = nullptr,
               *gate_step_ms = nullptr, *current_place = nullptr;
};

} // namespace foramen::axon
