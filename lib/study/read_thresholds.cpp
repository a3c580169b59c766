#include "study/read_thresholds.hpp"

#include "core/error.hpp"

namespace foramen::study {

using config::Table;

namespace {

// A key of [thresholds] whose unit depends on the programmes' control; the wrong one says so.
template <class Read> auto read_amplitude(const Table& table, const std::string& key, Read read) {
  const std::string more = "; amplitudes are currents, or voltages where programmes have control = "
                           "\"voltage\"";
  try {
    return read();
  } catch (const ConfigError& error) {
    throw ConfigError(error.place(), error.cause(),
                      table.has(key) ? error.remedy() + more : error.remedy());
  }
}

// Ceiling and capture amplitude.
void read_amplitudes(Table& table, Control control, ThresholdSettings& settings) {
  const std::string ceiling = "Amplitude above which a fibre counts as not excitable; a voltage "
                              "where programmes have control = \"voltage\" (10 V by default).";
  const std::string capture = "Fixed amplitude at which the recruited fraction is reported, a "
                              "voltage as the ceiling is (optional).";
  const bool captures = table.has("capture_amplitude");
  if (control == Control::voltage) {
    const config::Range<Voltage> range{.min = 1.0 * mV, .max = 10000.0 * V};
    settings.ceiling_voltage = read_amplitude(
        table, "ceiling", [&] { return table.quantity("ceiling", 10.0 * V, range, ceiling); });
    if (captures)
      settings.capture_voltage = read_amplitude(table, "capture_amplitude", [&] {
        return table.required_quantity<Voltage>("capture_amplitude", range, capture);
      });
    return;
  }
  settings.search.ceiling = read_amplitude(table, "ceiling", [&] {
    return table.quantity("ceiling", 30.0 * mA, {.min = 1.0 * uA, .max = 10.0 * A}, ceiling);
  });
  if (captures)
    settings.capture_amplitude = read_amplitude(table, "capture_amplitude", [&] {
      return table.required_quantity<Current>("capture_amplitude",
                                              {.min = 1.0 * uA, .max = 1.0 * A}, capture);
    });
}

} // namespace

ThresholdSettings read_thresholds(Table table, Control control) {
  ThresholdSettings settings;
  settings.fractions =
      table.numbers("fractions", {0.01, 0.1}, {.min = 1e-6, .max = 1.0},
                    "Fractions of a population whose recruitment defines the motor "
                    "and the sensory threshold.");
  if (settings.fractions.empty())
    table.refuse("fractions", "no fraction is given", "write for example [0.01, 0.1]");
  settings.search.tolerance =
      table.number("tolerance", 0.01, {.min = 1e-6, .max = 0.5},
                   "Relative width of the bracket around each fibre's threshold.");
  settings.upper_limits = table.flag("upper_limits", false,
                                     "Searches for each fibre the current above which it is silent "
                                     "again (anodal surround block).");
  read_amplitudes(table, control, settings);
  settings.search.integration.step =
      table.quantity("step", 5.0 * us, {.min = 0.01 * us, .max = 50.0 * us}, "Time step.");
  settings.search.integration.scheme =
      table.choice("scheme", "second_order", {"second_order", "neuron"},
                   "Time integration: second order, or NEURON's backward Euler.") == "neuron"
          ? axon::Scheme::neuron
          : axon::Scheme::second_order;
  settings.search.time_limit =
      table.quantity("time_limit", 5.0 * ms, {.min = 0.5 * ms, .max = 1000.0 * ms},
                     "Longest time after the pulse in which a fibre may fire.");
  return settings;
}

} // namespace foramen::study
