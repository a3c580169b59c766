// The memory of a batch as the kernels see it: plain arrays, lanes innermost.
//
// Element (i, lane) of an array is at [i * batch_lanes + lane], 64-byte aligned. Units {ms, mV, uA,
// cm}. Admittances carry the implicit step h: capacitances appear as C / h (mS).
#pragma once

#include <cstddef>
#include <cstdint>

namespace foramen::axon {

inline constexpr std::size_t batch_lanes = 8;
inline constexpr double spike_threshold_mV = -30.0; // of detection: reference README section 1

// Coefficients of one node and of one compartment under myelin, each batch_lanes wide, in this
// order.
enum NodeCoefficient : std::size_t {
  node_capacitance, // C / h
  node_axial_sum,   // to both neighbours
  node_axial_next,
  node_leak,
  node_leak_current, // leak times its reversal potential
  node_channels,     // up to four
  n_node_coefficients = node_channels + 4
};
enum InternodeCoefficient : std::size_t {
  inter_capacitance, // C / h
  inter_axial_sum,
  inter_axial_next,
  inter_myelin, // Cm / h + Gm + periaxonal to both neighbours
  inter_myelin_capacitance,
  inter_periaxonal_next,
  inter_leak,
  inter_leak_current,
  inter_channels, // up to three
  n_internode_coefficients = inter_channels + 3
};

// One period: a node and the compartments up to the next. `internode` is null after the last node.
struct PeriodView {
  const double* node;
  const double* internode; // compartment k at [k * n_internode_coefficients * batch_lanes]
};

struct BatchView {
  std::size_t n_nodes = 0, per_internode = 0, n_solves = 0;
  std::uint32_t active = 0; // bit per lane
  const PeriodView* periods = nullptr;
  double *v = nullptr, *p = nullptr;                                  // per compartment
  double *node_gates = nullptr, *internode_gates = nullptr;           // (place * n_gates + gate)
  const double *axial_source = nullptr, *periaxonal_source = nullptr; // uA at level 1
  double *e11 = nullptr, *e12 = nullptr, *e22 = nullptr, *x1 = nullptr, *x2 = nullptr; // scratch
  double* first_crossing_ms = nullptr; // per node; infinity until it fires
  // Per solve (integrator.hpp).
  const double *end_ms = nullptr, *duration_ms = nullptr, *level = nullptr, *stretch = nullptr,
               *gate_step_ms = nullptr;
};

} // namespace foramen::axon
