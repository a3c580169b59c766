// Several pulses in one simulation.
//
// `train(pulse, n, rate)` repeats a pulse n times at the rate, counted from begin to begin. A train
// of trains is a sequence of bursts: train(train(pulse, 5, 500 * Hz), 40, 40 * Hz). Memory is that
// of one period, whatever n. Errors
// (ConfigError): n below 1, a rate that is not positive, pulses that would overlap (says the
// highest rate).
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

namespace foramen::stimulus {

Waveform train(const Waveform& pulse, int n, Frequency rate);

} // namespace foramen::stimulus
