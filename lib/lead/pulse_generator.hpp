// What an implantable pulse generator can deliver: the limits a programme is checked against.
//
// Read from configs/generators/<name>.toml, where `source` is required. Most limits are from memory
// of the makers' sheets ([M]): a warning, never a guarantee. Errors: ConfigError as for leads.
#pragma once

#include "core/units.hpp"

#include <string>
#include <vector>

namespace foramen::lead {

struct PulseGenerator {
  std::string name, title, manufacturer, source, note;
  bool voltage_controlled = false;
  Current largest_current, largest_total_current; // per contact; over all sources at once
  Voltage largest_voltage; // compliance, or amplitude when voltage-controlled
  struct Step {
    Current up_to, size; // steps of `size` at amplitudes up to `up_to`
  };
  std::vector<Step> steps; // ascending
  Time shortest_pulse, longest_pulse, pulse_step;
  Frequency lowest_rate, highest_rate;

  // The next deliverable amplitude at or above `wanted`; beyond the largest current it is returned
  // as it is. Zero and negative amplitudes are their own.
  Current deliverable(Current wanted) const;
};

PulseGenerator load_generator(const std::string& name);
std::vector<std::string> generator_names(); // of configs/generators, sorted

} // namespace foramen::lead
