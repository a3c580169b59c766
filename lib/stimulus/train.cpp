#include "stimulus/train.hpp"

#include "core/error.hpp"

namespace foramen::stimulus {

Waveform train(const Waveform& pulse, int n, Frequency rate) {
  validate(pulse);
  if (n < 1)
    throw ConfigError("train", concat(n, " pulses"), "give at least 1");
  if (n == 1)
    return pulse;
  if (!(rate > Frequency{}))
    throw ConfigError("train", concat("a rate of ", rate.in(Hz), " Hz"), "give a rate above 0 Hz");
  const Time period = 1.0 / rate;
  const Time length = pulse.end() - pulse.begin();
  if (period < length * (1.0 - 1e-12)) // full cycles join
    throw ConfigError("train",
                      concat("pulses of ", length.in(us), " us overlap at ", rate.in(Hz), " Hz"),
                      concat("give a rate of at most ", (1.0 / length).in(Hz), " Hz"));
  Waveform w{.name = pulse.name, .pieces = {}, .repeats = n, .period = period};
  for (std::size_t i = 0; i < pulse.n_pieces(); ++i)
    w.pieces.push_back(pulse.piece(i));
  return w;
}

} // namespace foramen::stimulus
