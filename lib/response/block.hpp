// Where stimulation stops action potentials instead of starting them.
//
// Conduction block: under a high-frequency stimulus (some kHz) a test action potential, started by
// a current into a node near one end, does not arrive at the other. The block threshold is the
// smallest amplitude from which on it does not; fibres that the stimulus itself makes fire again
// and again are not blocked. The first milliseconds (onset response) pass before the test.
//
// Upper limit: with strong single pulses the hyperpolarised flanks of the cathode may stop what
// starts beneath it (anodal surround block), so that a fibre fires in a window of amplitudes. The
// search climbs from a known threshold by steps of 1.3 to 1.5; narrower windows escape it.
//
// Results are brackets as those of thresholds: `below` does not block, `threshold` does;
// above_ceiling: no block was met. Errors (ConfigError): as find_thresholds, and a stimulus that
// ends before the test is over. Cost: runs of some 25 ms in steps of 5 us, 10 times an activation
// threshold.
#pragma once

#include "response/threshold.hpp"

#include <span>
#include <vector>

namespace foramen::response {

struct BlockProtocol {
  Time test_at = 20.0 * ms; // from the start of the simulation
  Time test_width = 0.2 * ms;
  Current test_current = 5.0 * nA; // C fibres fire from some 0.1 nA, large myelinated ones from 2
  Time patience = 5.0 * ms;        // for the action potential to arrive
};

// The jobs' waveforms are the blocking ones; their stop, goal and stimuli beside are set here.
std::vector<ThresholdResult> find_block_thresholds(std::span<const ThresholdJob> jobs,
                                                   const BlockProtocol& protocol,
                                                   const ThresholdOptions& options = {},
                                                   Progress& progress = silent());

// For jobs whose thresholds have been found; others come back above_ceiling.
std::vector<ThresholdResult> find_upper_limits(std::span<const ThresholdJob> jobs,
                                               std::span<const ThresholdResult> thresholds,
                                               const ThresholdOptions& options = {},
                                               Progress& progress = silent());

} // namespace foramen::response
