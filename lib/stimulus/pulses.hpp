// Stimulation pulses as waveforms.
//
// Each pulse begins at `delay` with a phase of full amplitude: level -1 (cathodic first, the
// default) or +1. All but `monophasic` and `tabulated` carry no net charge. Times are exact: no
// grid is involved. Errors (ConfigError): widths and ratios that are not positive, tables that do
// not ascend.
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

#include <string>
#include <vector>

namespace foramen::stimulus {

enum class Polarity { cathodic_first, anodic_first };

struct PulseTiming {
  Time width;        // of the first phase
  Time interphase{}; // gap at level zero between the phases
  Time delay{};      // before the first phase
  Polarity polarity = Polarity::cathodic_first;
};

Waveform monophasic(const PulseTiming& timing);

// Two equal and opposite phases.
Waveform biphasic(const PulseTiming& timing);

// The second phase is `ratio` times lower and longer than the first.
Waveform asymmetric(const PulseTiming& timing, double ratio);

// One cycle of a sine, each half of it `width` long: 64 straight lines with the charge of the sine
// (at most 0.1 % of the amplitude off).
Waveform sine(const PulseTiming& timing);

// Straight lines through the points (time, level); zero outside. Two points at one time are a jump.
Waveform tabulated(const std::vector<Time>& times, const std::vector<double>& levels,
                   Time delay = {});

// All times from the begin on multiplied by `factor`.
Waveform stretched(Waveform waveform, double factor);

// All levels times `factor`.
Waveform scaled(Waveform waveform, double factor);

} // namespace foramen::stimulus
