// One run, watched: the membrane and periaxonal potentials of chosen compartments over time.
//
// For tests, plots and learning; searches use batches. Periaxonal potentials are given against the
// same ground as the field (P + Ve): what NEURON calls vext[0].
#pragma once

#include "axon/batch.hpp"
#include "axon/cable.hpp"
#include "axon/drive.hpp"
#include "axon/integrator.hpp"
#include "stimulus/waveform.hpp"

#include <vector>

namespace foramen::axon {

struct Recording {
  std::vector<Time> times;                     // start and every full step
  std::vector<std::vector<double>> v_mV, p_mV; // [probe][time]; P relative to the outside
  std::vector<double> first_crossing_ms;       // per node, infinity without
  std::vector<std::vector<double>> spikes_ms;  // per node: every upward crossing of -30 mV
};

Recording record(const Cable& cable, const State& start, const Drive& drive, double amplitude,
                 const stimulus::Waveform& waveform, const Integration& integration, Time stop,
                 const std::vector<std::size_t>& compartments);

} // namespace foramen::axon
