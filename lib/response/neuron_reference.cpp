#include "response/neuron_reference.hpp"

#include "core/error.hpp"
#include "response/neuron_csv.hpp"
#include "response/neuron_job.hpp"
#include "response/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <optional>

namespace foramen::response {
namespace {

constexpr double search_tolerance = 2e-5; // finer than the reference's 1e-4

struct Prepared {
  std::size_t row;
  NeuronJob job;
  Time step;
};

// Runs all prepared jobs that share a step and fills in their rows.
void compute(const std::deque<Prepared>& prepared, Time step, axon::Scheme scheme,
             std::vector<NeuronRow>& rows, Progress& progress) {
  std::vector<ThresholdJob> jobs;
  std::vector<std::size_t> targets;
  double largest = 0.0;
  double smallest = 1e300;
  for (const Prepared& p : prepared)
    if (p.step == step) {
      jobs.push_back(p.job.job());
      targets.push_back(p.row);
      largest = std::max(largest, rows[p.row].reference_mA);
      smallest = std::min(smallest, rows[p.row].reference_mA);
    }
  ThresholdOptions options;
  options.integration.scheme = scheme;
  if (scheme == axon::Scheme::neuron)
    options.integration.step = step;
  options.detection = Detection::far_end;
  options.silence = Silence::reference;
  options.tolerance = search_tolerance;
  options.ceiling = 1000.0 * largest * mA;
  options.floor = 1e-3 * smallest * mA;
  const std::vector<ThresholdResult> results = find_thresholds(jobs, options, progress);
  for (std::size_t i = 0; i < results.size(); ++i) {
    NeuronRow& row = rows[targets[i]];
    if (results[i].status != ThresholdStatus::converged) {
      row.skipped = concat("no threshold found: ", name_of(results[i].status));
      continue;
    }
    row.computed_mA = results[i].threshold.in(mA);
    row.deviation = row.computed_mA / row.reference_mA - 1.0;
    row.low_mA = results[i].below.in(mA) * (1.0 - results[i].step_error);
    row.high_mA = row.computed_mA * (1.0 + results[i].step_error);
  }
}

// The limit of a physical case for dt -> 0 from the rows at single steps (us); empty without
// enough.
std::optional<double> limit(const std::map<int, double>& by_step_ns) {
  const auto at = [&](int ns) {
    const auto found = by_step_ns.find(ns);
    return found == by_step_ns.end() ? std::nullopt : std::optional(found->second);
  };
  const auto half = at(500), one = at(1000), five = at(5000);
  if (half && one)
    return 2.0 * *half - *one;
  if (one && five)
    return *one - (*five - *one) / 4.0;
  return std::nullopt;
}

bool selected(const NeuronCase& c, const NeuronSelection& s) {
  return c.case_id.find(s.contains) != std::string::npos && c.step.in(us) >= s.min_step_us - 1e-9;
}

std::vector<NeuronCase> cases_to_compare(const std::vector<NeuronCase>& all,
                                         NeuronComparison comparison) {
  if (comparison == NeuronComparison::equal_step)
    return all;
  std::vector<NeuronCase> cases;
  std::map<std::string, std::map<int, double>> groups;
  for (const NeuronCase& c : all)
    groups[c.physical_case][static_cast<int>(std::lround(c.step.in(us)*1000.0))] = c.threshold_mA;
  for (const NeuronCase& c : all) {
    const auto found = groups.find(c.physical_case);
    if (found == groups.end())
      continue;
    if (const auto t = limit(found->second)) {
      cases.push_back(c);
      cases.back().case_id = c.physical_case;
      cases.back().threshold_mA = *t;
      cases.back().step = Time{};
    }
    groups.erase(found);
  }
  return cases;
}

NeuronReport summarised(std::vector<NeuronRow> rows) {
  NeuronReport report{.rows = std::move(rows)};
  double largest = -1.0;
  for (std::size_t i = 0; i < report.rows.size(); ++i) {
    if (!report.rows[i].skipped.empty()) {
      ++report.n_skipped;
      continue;
    }
    ++report.n_compared;
    if (std::abs(report.rows[i].deviation) > largest) {
      largest = std::abs(report.rows[i].deviation);
      report.worst = i;
    }
  }
  return report;
}

} // namespace

NeuronReport verify_neuron(const std::string& csv_path, NeuronComparison comparison,
                           const NeuronSelection& selection, Progress& progress) {
  FORAMEN_EXPECT(selection.every > 0, "every ", selection.every);
  std::vector<NeuronRow> rows;
  std::deque<Prepared> prepared; // stable addresses
  std::vector<Time> steps;
  std::size_t counter = 0;
  for (const NeuronCase& c : cases_to_compare(read_neuron_csv(csv_path), comparison)) {
    const bool step_matters = comparison == NeuronComparison::equal_step;
    if ((step_matters && !selected(c, selection)) ||
        (!step_matters && c.case_id.find(selection.contains) == std::string::npos) ||
        counter++ % selection.every != 0)
      continue;
    rows.push_back({.case_id = c.case_id,
                    .model = c.model,
                    .reference_mA = std::abs(c.threshold_mA),
                    .skipped = why_not_comparable(c)});
    if (!rows.back().skipped.empty())
      continue;
    try {
      prepared.push_back({rows.size() - 1, neuron_job(c), c.step});
      if (std::find(steps.begin(), steps.end(), c.step) == steps.end())
        steps.push_back(c.step);
    } catch (const ConfigError& e) { // a diameter outside our range, say
      rows.back().skipped = e.cause();
    }
  }
  const axon::Scheme scheme = comparison == NeuronComparison::equal_step
                                  ? axon::Scheme::neuron
                                  : axon::Scheme::second_order;
  for (const Time step : steps)
    compute(prepared, step, scheme, rows, progress);
  return summarised(std::move(rows));
}

} // namespace foramen::response
