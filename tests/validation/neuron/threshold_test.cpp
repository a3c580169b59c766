// Thresholds against NEURON 8.2.2 (thresholds.csv): the same scheme at the same step, and the
// default scheme against the limit for a vanishing step.
#include "response/neuron_reference.hpp"
#include "validation/neuron/csv.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::response;

namespace {

const std::string file = validation::folder + "thresholds.csv";

// Checks every row; returns how many there were. Pena's thin fibres dwell near threshold, and their
// reference depends on when runs were ended (lib/response/README.md).
int check_rows(const NeuronReport& report, double tolerance, double thin_tolerance) {
  for (const NeuronRow& row : report.rows) {
    INFO(row.case_id << " reference " << row.reference_mA << " computed " << row.computed_mA << " "
                     << row.skipped);
    CHECK(row.skipped.empty());
    CHECK(std::abs(row.deviation) < (row.model == "PENA" ? thin_tolerance : tolerance));
  }
  return static_cast<int>(report.rows.size());
}

// The reference reports the upper end of a bracket 1e-4 wide; ours is 2e-5 wide. Required: 5e-4.
constexpr double equal_step_tolerance = 2e-4, thin_tolerance = 5e-4;
// Requirement on the default scheme and step.
constexpr double limit_tolerance = 4e-3;
constexpr double limit_error = 3e-4;

} // namespace

TEST_CASE("NEURON's scheme gives NEURON's thresholds at 5 us", "[neuron]") {
  CHECK(check_rows(
            verify_neuron(file, NeuronComparison::equal_step, {.min_step_us = 5.0, .every = 2}),
            equal_step_tolerance, thin_tolerance) > 60);
}

TEST_CASE("NEURON's scheme gives NEURON's thresholds at 1 us, sampled", "[neuron]") {
  CHECK(check_rows(
            verify_neuron(file, NeuronComparison::equal_step, {.contains = "dt1us", .every = 12}),
            equal_step_tolerance, thin_tolerance) > 8);
}

TEST_CASE("the default scheme and step are within 0.4 % of the limit on every row, and say so",
          "[neuron]") {
  const NeuronReport report = verify_neuron(file, NeuronComparison::step_to_zero);
  CHECK(check_rows(report, limit_tolerance, limit_tolerance) == 180);
  for (const NeuronRow& row : report.rows) {
    INFO(row.case_id << " limit " << row.reference_mA << " within " << row.low_mA << " and "
                     << row.high_mA);
    // The limit is extrapolated from thresholds to 1e-4 and errs by some 3e-4 where pulses are
    // brief.
    CHECK(row.low_mA < row.reference_mA * (1.0 + limit_error));
    CHECK(row.high_mA > row.reference_mA * (1.0 - limit_error));
  }
}

TEST_CASE("NEURON's scheme gives NEURON's thresholds on every row", "[.long][neuron]") {
  CHECK(check_rows(verify_neuron(file, NeuronComparison::equal_step), equal_step_tolerance,
                   thin_tolerance) == 378);
}
