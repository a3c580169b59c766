// One run, watched: what chosen compartments do over time.
//
// For tests, plots and learning; searches use batches. Periaxonal potentials are given relative to
// the outside (P); NEURON's vext[0] is P + Ve. Times are those of whole steps, at least `every`
// apart, so that memory is as small as wished however long the run; spikes are noted in every step.
//
// A membrane's states and currents have names (`axon::kinetics`); currents are outward positive.
// Compartments under passive myelin, and ends without channels, have a leak alone.
#pragma once

#include "axon/batch.hpp"
#include "axon/cable.hpp"
#include "axon/drive.hpp"
#include "axon/integrator.hpp"
#include "axon/schedule.hpp"
#include "stimulus/waveform.hpp"

#include <span>
#include <string>
#include <vector>

namespace foramen::axon {

struct Watch {
  std::vector<std::size_t> compartments{};
  bool membranes = false; // states and currents too
  Time every{};           // 0: each step
};

// Of one compartment.
struct MembraneTrace {
  std::vector<std::string> state_names, current_names; // the last current is the leak
  std::vector<std::vector<double>> states;             // [name][time]
  std::vector<std::vector<double>> currents_nA;        // [name][time]
};

struct Recording {
  std::vector<Time> times;
  std::vector<std::vector<double>> v_mV, p_mV; // [probe][time]
  std::vector<MembraneTrace> membranes;        // [probe], if watched
  std::vector<double> first_crossing_ms;       // per node, infinity without
  std::vector<std::vector<double>> spikes_ms;  // per node: every upward crossing of -30 mV
  std::vector<std::vector<double>> levels;     // [stimulus][time]: over the step that ends there
};

Recording record(const Cable& cable, const State& start, const Schedule& schedule,
                 std::span<const Stimulus> stimuli, const Watch& watch = {});

// The same for one stimulus.
Recording record(const Cable& cable, const State& start, const Drive& drive, double amplitude,
                 const stimulus::Waveform& waveform, const Integration& integration, Time stop,
                 const Watch& watch = {});

} // namespace foramen::axon
