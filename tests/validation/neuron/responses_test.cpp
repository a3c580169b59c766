// Refractoriness, block and following a train against NEURON (responses.csv, made by
// benchmarks/compare_neuron/neuron_responses.py), NEURON's scheme at equal step.
#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "response/block.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"
#include "validation/neuron/csv.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>

using namespace foramen;
using namespace foramen::response;

namespace {

struct Row {
  explicit Row(const validation::CsvRow& row)
      : kind(row.at("kind")), model(row.at("model")), distance(number(row, "distance_um") * um),
        interval(number(row, "interval_ms") * ms), step(number(row, "dt_ms") * ms),
        test_at(number(row, "test_ms") * ms), fixed(number(row, "fixed")),
        frequency_kHz(number(row, "frequency_kHz")),
        pulses(static_cast<int>(number(row, "pulses"))),
        spikes(static_cast<int>(number(row, "spikes"))), threshold_mA(number(row, "threshold_mA")),
        cable(axon::build(catalogue_name(model), number(row, "diameter_um") * um,
                          static_cast<int>(number(row, "n_nodes")), ends_of(model))) {
    const std::vector<double> x = cable.centres();
    for (const double s : x)
      field.mV_per_mA.push_back(
          1.0 / (4.0 * std::numbers::pi * 0.3 * std::hypot(s - 0.5 * x.back(), distance.si())));
  }

  std::string kind, model;
  Length distance;
  Time interval, step, test_at;
  double fixed, frequency_kHz;
  int pulses, spikes;
  double threshold_mA;
  axon::Cable cable;
  stimulus::FieldAtFibre field;

private:
  static double number(const validation::CsvRow& row, const std::string& column) {
    return std::stod(row.at(column));
  }
  static std::string catalogue_name(std::string model) {
    std::transform(model.begin(), model.end(), model.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return model;
  }
  // As fibre_models.py builds them.
  static axon::Ends ends_of(const std::string& model) {
    return model.rfind("GAINES", 0) == 0 || model == "TIGERHOLM" ? axon::Ends::sealed
                                                                 : axon::Ends::passive;
  }
};

const stimulus::Waveform pulse = stimulus::biphasic({.width = 100 * us});

ThresholdOptions options(const Row& row) {
  ThresholdOptions o;
  o.integration = {.scheme = axon::Scheme::neuron, .step = row.step};
  o.detection = Detection::far_end;
  o.silence = Silence::never;
  o.tolerance = 1e-4;
  o.time_limit = row.model == "SUNDT" ? 20.0 * ms : 5.0 * ms;
  return o;
}

ThresholdResult recovery(const Row& row) {
  const stimulus::Waveform second = stimulus::biphasic({.width = 100 * us, .delay = row.interval});
  const ThresholdJob job{
      .cable = &row.cable,
      .field = &row.field,
      .waveform = &second,
      .beside = {{.field = &row.field, .waveform = &pulse, .amplitude = row.fixed}},
      .arrivals = 2};
  return find_thresholds(std::span(&job, 1), options(row)).front();
}

ThresholdResult follow(const Row& row) {
  const stimulus::Waveform train = stimulus::train(pulse, row.pulses, 1.0 / row.interval);
  const ThresholdJob job{
      .cable = &row.cable, .field = &row.field, .waveform = &train, .arrivals = row.spikes};
  return find_thresholds(std::span(&job, 1), options(row)).front();
}

ThresholdResult block(const Row& row) {
  const Time half = 0.5 / row.frequency_kHz * ms;
  const BlockProtocol protocol{
      .test_at = row.test_at, .test_current = row.fixed * uA, .patience = 5.0 * ms};
  const int n = static_cast<int>(std::lround((row.test_at + 5.0 * ms) / half)) / 2;
  const stimulus::Waveform wave =
      stimulus::train(stimulus::biphasic({.width = half}), n, row.frequency_kHz * kHz);
  const ThresholdJob job{.cable = &row.cable, .field = &row.field, .waveform = &wave};
  return find_block_thresholds(std::span(&job, 1), protocol, options(row)).front();
}

} // namespace

TEST_CASE("second pulses, trains and block as in NEURON") {
  const auto rows = validation::read_csv(std::string(FORAMEN_SOURCE_DIR) +
                                         "/tests/validation/neuron/responses.csv");
  REQUIRE(rows.size() == 13);
  for (const validation::CsvRow& cells : rows) {
    const Row row(cells);
    const ThresholdResult r = row.kind == "recovery" ? recovery(row)
                              : row.kind == "follow" ? follow(row)
                                                     : block(row);
    CAPTURE(row.kind, row.model, row.interval.in(ms), row.frequency_kHz, row.threshold_mA);
    CHECK(r.status == ThresholdStatus::converged);
    // Both are upper ends of brackets 1e-4 wide.
    CHECK(r.threshold.in(mA) == Approx(row.threshold_mA).epsilon(2e-4));
  }
}
