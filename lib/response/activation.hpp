// One run at a given amplitude: which nodes fire, and when.
//
// The same fibre, field and waveform as in a threshold job; runs to `stop` without early verdicts,
// so that the whole spread of the action potential is seen. Errors as find_thresholds, and an
// amplitude that is not finite. Cost: one run (some ms). For many runs at once use thresholds: they
// fill the lanes.
#pragma once

#include "response/threshold.hpp"

#include <optional>
#include <vector>

namespace foramen::response {

struct Activation {
  bool fired = false;                         // by the detection rule of the options
  int first_node = -1;                        // the first to cross -30 mV; -1 without one
  Time latency{};                             // of detection, from the waveform's first piece
  std::vector<std::optional<Time>> crossings; // per node, from the start of the simulation
  std::vector<std::vector<Time>> spikes;      // per node: every upward crossing of -30 mV, likewise
};

// How many action potentials arrived at an end (the detection node with more of them): against the
// number of pulses of a train, how well the fibre follows.
std::size_t arrived(const Activation& activation, const axon::Cable& cable, Detection detection);

Activation activate(const ThresholdJob& job, Current amplitude,
                    const ThresholdOptions& options = {});

} // namespace foramen::response
