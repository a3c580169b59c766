// At which frequency a stimulus is: the one below which half of its energy lies.
//
//   I(f) = integral of level(t) exp(-2 pi i f t) dt,   E(F) = integral from 0 to F of |I(f)|^2 df
//   dominant frequency: E(F) = E(infinity) / 2,  E(infinity) = 1/2 integral of level^2 dt
//   (Parseval)
//
// The median exists for every waveform of finite energy. The peak does not serve: a monophasic
// pulse has it at 0 Hz. The mean does not either: |I|^2 of a pulse with jumps falls as 1/f^2, so
// its first moment diverges. Closed forms for rectangular phases of width W, with S(x) = (Si(2 pi
// x) - sin^2(pi x)/(pi x)) / pi, the integral of sinc^2 from 0 to x = F W:
//
//   monophasic         S(x) = 1/4                 F = 0.270495 / W   (1.29 kHz at 210 us)
//   biphasic, no gap   4 S(x) - 2 S(2 x) = 1/2    F = 0.421473 / W   (2.01 kHz at 210 us)
//
// It does not change with amplitude, polarity or delay, and goes as 1 / time scale. A repeated
// waveform counts as repeated for ever: its power lies in the lines k / period, and the dominant
// frequency is the first line k >= 1 up to which half of the power of all lines k >= 1 lies (the
// mean, k = 0, does not pass the generator's capacitor). A joined sine is exactly its own
// frequency.
//
// Accuracy: 1e-9 relative for single pulses. Errors: ConfigError for a waveform without current.
// Cost: about frequency x duration x 10 transforms, each of all pieces.
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

namespace foramen::stimulus {

// |I(f)|^2 of the first period, s^2.
double energy_density(const Waveform& waveform, Frequency f);

Frequency dominant_frequency(const Waveform& waveform);

} // namespace foramen::stimulus
