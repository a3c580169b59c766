// What a run in a lane has shown so far: fired, silent, or undecided.
//
// Fired: a detection node has crossed -30 mV upwards. Silent: 1 ms or more after the stimuli every
// node is near rest (Silence, threshold.hpp), or the run is over. Jobs that search silence hear it
// as their goal (RunOutcome::fired).
#pragma once

#include "axon/batch.hpp"
#include "axon/cable.hpp"
#include "response/threshold.hpp"
#include "response/threshold_search.hpp"

#include <optional>
#include <vector>

namespace foramen::response {

// Indices of the nodes at which propagation is detected.
std::vector<std::size_t> detection_nodes(const axon::Cable& cable, Detection detection);

class RunJudge {
public:
  RunJudge(const ThresholdJob& job, const axon::State& rest, const ThresholdOptions& options);

  // Empty while undecided. To be asked every few solves: action potentials are counted where a node
  // is found below -30 mV after it has crossed (40 us of 300 or more that they last at 5 us).
  std::optional<RunOutcome> verdict(axon::Batch& batch, std::size_t lane);
  void forget(); // another run begins

private:
  bool arrived(axon::Batch& batch, std::size_t lane);
  bool quiet(const axon::Batch& batch, std::size_t lane) const;

  const axon::Cable* cable_;
  const axon::State* rest_;
  Silence silence_;
  std::vector<std::size_t> detection_nodes_;
  std::vector<int> counts_; // of action potentials at these, the one under way included
  std::vector<bool> armed_; // counted only once below threshold again
  int arrivals_;
  Goal goal_;
  double decisive_ms_; // from here on silence is believed
};

} // namespace foramen::response
