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
};

Activation activate(const ThresholdJob& job, Current amplitude,
                    const ThresholdOptions& options = {});

} // namespace foramen::response
