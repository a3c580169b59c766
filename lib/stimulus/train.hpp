// Several pulses in one simulation.
//
// `train(pulse, n, rate)` repeats a pulse n times at the rate, counted from begin to begin. Errors
// (ConfigError): n below 1, a rate that is not positive, pulses that would overlap (says the
// highest rate).
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

namespace foramen::stimulus {

Waveform train(const Waveform& pulse, int n, Frequency rate);

} // namespace foramen::stimulus
