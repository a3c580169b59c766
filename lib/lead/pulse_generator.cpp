#include "lead/pulse_generator.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "lead/catalogue_file.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::lead {
namespace {

const config::Range<Current> currents{1.0 * uA, 100.0 * mA};
const config::Range<Time> times{1.0 * us, 10.0 * ms};
const config::Range<Frequency> rates{0.1 * Hz, 20000.0 * Hz};

void read_amplitudes(config::Table& root, PulseGenerator& generator) {
  generator.largest_current =
      root.required_quantity<Current>("largest_current", currents, "Per contact.");
  generator.largest_total_current = root.quantity(
      "largest_total_current", generator.largest_current, currents, "Over all sources at once.");
  generator.largest_voltage = root.required_quantity<Voltage>(
      "largest_voltage", {0.1 * V, 100.0 * V}, "Compliance, or amplitude when voltage-controlled.");
  for (config::Table& table : root.tables("steps", "Amplitude steps, ascending.")) {
    PulseGenerator::Step step;
    step.up_to = table.quantity("up_to", generator.largest_current, currents, "Holds up to here.");
    step.size = table.required_quantity<Current>("size", currents, "Smallest change.");
    if (!generator.steps.empty() && step.up_to <= generator.steps.back().up_to)
      table.refuse("up_to", "amplitude steps must ascend", "order them by `up_to`");
    generator.steps.push_back(step);
  }
  if (generator.steps.empty())
    root.refuse("steps", "no amplitude step", "add [[steps]] with `size`");
}

void read_timing(config::Table& root, PulseGenerator& generator) {
  generator.shortest_pulse = root.required_quantity<Time>("shortest_pulse", times, "Per phase.");
  generator.longest_pulse = root.required_quantity<Time>("longest_pulse", times, "Per phase.");
  generator.pulse_step = root.quantity("pulse_step", 10.0 * us, times, "Smallest change.");
  generator.lowest_rate = root.required_quantity<Frequency>("lowest_rate", rates, "Pulses.");
  generator.highest_rate = root.required_quantity<Frequency>("highest_rate", rates, "Pulses.");
  if (generator.longest_pulse < generator.shortest_pulse)
    root.refuse("longest_pulse", "shorter than `shortest_pulse`", "swap the two");
  if (generator.highest_rate < generator.lowest_rate)
    root.refuse("highest_rate", "lower than `lowest_rate`", "swap the two");
}

} // namespace

Current PulseGenerator::deliverable(Current wanted) const {
  if (wanted > largest_current || wanted <= 0.0 * mA)
    return wanted;
  Current from = 0.0 * mA;
  for (const Step& step : steps) {
    if (wanted <= step.up_to || &step == &steps.back()) {
      // 1e-9: an amplitude that is a step but for rounding stays where it is.
      const double n = std::ceil((wanted - from) / step.size - 1e-9);
      return std::min(from + n * step.size, largest_current);
    }
    from = step.up_to;
  }
  return wanted;
}

PulseGenerator load_generator(const std::string& name) {
  config::Document document =
      config::Document::from_file(catalogue_file("generators", "pulse generator", name));
  config::Table root = document.root();
  PulseGenerator generator;
  generator.name = name;
  generator.title = root.required_text("title", "The generator as its maker calls it.");
  generator.manufacturer = root.required_text("manufacturer", "Maker.");
  generator.source = root.required_text("source", "Where the limits are from, with their trust.");
  generator.note = root.text("note", "", "What a user should know.");
  generator.voltage_controlled = root.flag("voltage_controlled", false, "Sets volts, not amperes.");
  read_amplitudes(root, generator);
  read_timing(root, generator);
  document.finish();
  return generator;
}

std::vector<std::string> generator_names() {
  return catalogue_names("generators");
}

} // namespace foramen::lead
