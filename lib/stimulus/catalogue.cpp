#include "stimulus/catalogue.hpp"

#include "core/error.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"

#include <vector>

namespace foramen::stimulus {
namespace {

std::vector<std::string> shape_names() {
  std::vector<std::string> names;
  for (const PulseShape& shape : catalogue())
    names.push_back(shape.name);
  return names;
}

// A key that the shape has no use for is a misunderstanding: say so.
void refuse_unused(const config::Table& table, const std::string& shape,
                   const std::vector<std::string>& unused) {
  for (const std::string& key : unused)
    if (table.has(key))
      table.refuse(key, concat("a ", shape, " pulse has no ", key),
                   concat("remove ", key, " or choose another shape"));
}

PulseTiming read_timing(config::Table& table, bool two_phases) {
  PulseTiming timing;
  timing.width = table.quantity("width", 210.0 * us, {.min = 1.0 * us, .max = 10.0 * ms},
                                "Duration of the first phase.");
  if (two_phases)
    timing.interphase = table.quantity("interphase", 0.0 * us, {.min = 0.0 * us, .max = 10.0 * ms},
                                       "Gap between the phases.");
  const std::string polarity = table.choice("polarity", "cathodic", {"cathodic", "anodic"},
                                            "First phase at contacts of positive weight.");
  timing.polarity = polarity == "anodic" ? Polarity::anodic_first : Polarity::cathodic_first;
  timing.delay = table.quantity("delay", 0.0 * us, {.min = 0.0 * us, .max = 100.0 * ms},
                                "Time before the first phase.");
  return timing;
}

Waveform read_tabulated(config::Table& table) {
  const auto times = table.quantities("times", std::vector<Time>{}, config::Range<Time>{},
                                      "Times of the points of a tabulated pulse.");
  const auto levels = table.numbers("levels", {}, {.min = -1.0, .max = 1.0},
                                    "Levels at those times, as fractions of the amplitude "
                                    "(negative: cathodic at contacts of positive weight).");
  const Time delay = table.quantity("delay", 0.0 * us, {.min = 0.0 * us, .max = 100.0 * ms},
                                    "Time before the first point.");
  try {
    return tabulated(times, levels, delay);
  } catch (const ConfigError& e) {
    table.refuse(table.has("times") ? "times" : "shape", e.cause(), e.remedy());
  }
}

Waveform read_shape(config::Table& table, const std::string& shape) {
  if (shape == "tabulated") {
    refuse_unused(table, shape, {"width", "interphase", "ratio", "polarity"});
    return read_tabulated(table);
  }
  refuse_unused(table, shape, {"times", "levels"});
  if (shape == "monophasic") {
    refuse_unused(table, shape, {"interphase", "ratio"});
    return monophasic(read_timing(table, false));
  }
  if (shape == "sine") {
    refuse_unused(table, shape, {"interphase", "ratio"});
    return sine(read_timing(table, false));
  }
  const PulseTiming timing = read_timing(table, true);
  if (shape == "biphasic") {
    refuse_unused(table, shape, {"ratio"});
    return biphasic(timing);
  }
  const double ratio = table.number("ratio", 10.0, {.min = 0.1, .max = 100.0},
                                    "First phase to second phase, in level; the second lasts that "
                                    "much longer.");
  return asymmetric(timing, ratio);
}

Waveform repeated(config::Table& table, const std::string& key, const Waveform& pulse,
                  std::int64_t n, Frequency rate) {
  try {
    return train(pulse, static_cast<int>(n), rate);
  } catch (const ConfigError& e) {
    table.refuse(key, e.cause(), e.remedy());
  }
}

} // namespace

std::span<const PulseShape> catalogue() {
  static const std::vector<PulseShape> shapes = {
      {"monophasic", "one rectangular phase", "width, polarity"},
      {"biphasic", "two equal and opposite rectangular phases", "width, interphase, polarity"},
      {"asymmetric", "a second phase `ratio` times lower and longer, same charge",
       "width, interphase, ratio, polarity"},
      {"sine", "one cycle of a sine, each half `width` long", "width, polarity"},
      {"tabulated", "straight lines through points (times, levels)", "times, levels"},
  };
  return shapes;
}

Waveform read_waveform(config::Table table) {
  const std::string shape = table.choice("shape", "biphasic", shape_names(), "Shape of the pulse.");
  const Waveform pulse = read_shape(table, shape);
  const auto n = table.integer("pulses", 1, {.min = 1, .max = 1000000},
                               "Pulses in the simulated window (in each burst, if there are "
                               "bursts); thresholds are of the first response.");
  const auto bursts =
      table.integer("bursts", 1, {.min = 1, .max = 1000000}, "Bursts in the simulated window.");
  if (n == 1)
    refuse_unused(table, "single", {"pulse_rate"});
  if (bursts == 1)
    refuse_unused(table, "single", {"burst_rate"});
  Waveform waveform = pulse;
  if (n > 1)
    waveform =
        repeated(table, "pulses", waveform, n,
                 table.quantity("pulse_rate", 50.0 * Hz, {.min = 0.1 * Hz, .max = 50.0 * kHz},
                                "Rate of the pulses (within a burst)."));
  if (bursts > 1)
    waveform = repeated(table, "bursts", waveform, bursts,
                        table.quantity("burst_rate", 40.0 * Hz, {.min = 0.1 * Hz, .max = 1.0 * kHz},
                                       "Rate of the bursts."));
  return waveform;
}

} // namespace foramen::stimulus
