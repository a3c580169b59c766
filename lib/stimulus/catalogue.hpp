// The pulse shapes a study can name, and how a study describes one.
//
//   [programmes.motor.pulse]
//   shape = "biphasic"
//   width = "210 us"
//   interphase = "100 us"
//
// `read_waveform` declares every key (shape, width, interphase, ratio, polarity, delay, times,
// levels, pulses, pulse_rate, bursts,
// burst_rate) and refuses those that the shape has no use for. Errors: ConfigError
// at the key.
#pragma once

#include "config/table.hpp"
#include "stimulus/waveform.hpp"

#include <span>
#include <string>

namespace foramen::stimulus {

struct PulseShape {
  std::string name; // value of `shape`
  std::string doc;
  std::string keys; // that it reads beside delay, pulses, bursts
};
std::span<const PulseShape> catalogue();

Waveform read_waveform(config::Table table);

} // namespace foramen::stimulus
