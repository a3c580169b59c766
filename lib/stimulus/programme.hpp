// A stimulation programme: which share of the amplitude each contact carries, and the pulse.
//
// `weights[i]` times the amplitude is the current out of contact i into the tissue during a level
// of +1; with pulses that begin at level -1, the contact with weight +1 is the cathode of the first
// phase. What the contacts do not balance returns through the case (or the grounded boundary).
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

#include <string>
#include <vector>

namespace foramen::stimulus {

struct Programme {
  std::string name;            // "motor E3", "tonic E3+E4-"
  std::string kind;            // "motor" or "tonic": the named programme of the study it belongs to
  std::vector<double> weights; // per contact
  bool returns_through_case = false;
  Waveform waveform;
  Frequency rate; // of pulses
};

// How well the contacts balance by themselves. Weights count as balanced when their sum is below
// 1e-9 of the largest.
struct Balance {
  double unbalanced = 0.0; // sum of the weights: the share of the amplitude left over
  bool ok = true;          // balanced, or the case carries the rest
};
Balance balance(const Programme& programme);

// Refuses (ConfigError at `place`) a programme that could not be delivered: no contact with
// current, weights that are not finite, weights that do not balance without a return through the
// case (says by how much), a case that has nothing to carry is accepted.
void validate(const Programme& programme, const std::string& place);

} // namespace foramen::stimulus
