// Inputs that are odd but legal, drawn from a seed: fibres, potentials, waveforms, options.
//
// Case n of a seed is the same whatever was drawn before it. Widths, steps, distances and
// amplitudes are drawn on logarithmic scales, so that extremes are as common as what is usual. Cost
// is bounded by lengthening the step of what would take many seconds.
#pragma once

#include "axon/cable.hpp"
#include "response/threshold.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace foramen::fuzz {

enum class Task : std::uint8_t { thresholds, activation, rest };

// Move it, never copy it: jobs point into the other members.
struct Case {
  Case() = default;
  Case(Case&&) = default;

  Task task = Task::thresholds;
  std::vector<axon::Cable> cables;
  std::vector<stimulus::FieldAtFibre> fields;
  std::vector<stimulus::Waveform> waveforms;
  std::vector<stimulus::FieldAtFibre> fields_beside; // of stimuli of fixed strength
  std::vector<stimulus::Waveform> waveforms_beside;
  std::vector<response::ThresholdJob> jobs;
  response::ThresholdOptions options;
  Current amplitude{}; // of an activation

  std::string describe() const;
};

Case draw_case(std::uint64_t seed, std::uint64_t index);

} // namespace foramen::fuzz
