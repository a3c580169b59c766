// Runs are ended as soon as their verdict is certain. Is it? On every case of the reference,
// against runs that go on to the reference's own time limit.
#include "response/neuron_job.hpp"
#include "validation/neuron/csv.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <set>

using namespace foramen;
using namespace foramen::response;

TEST_CASE("searches with early verdicts take the same path as with full runs", "[neuron]") {
  std::deque<NeuronJob> prepared;
  std::vector<std::string> names;
  std::set<std::pair<std::string, int>> seen;
  for (const NeuronCase& c : read_neuron_csv(validation::folder + "thresholds.csv"))
    if (why_not_comparable(c).empty() && seen.insert({c.physical_case, c.n_nodes}).second) {
      prepared.push_back(neuron_job(c));
      names.push_back(c.case_id);
    }
  std::vector<ThresholdJob> jobs;
  for (const NeuronJob& p : prepared)
    jobs.push_back(p.job());
  ThresholdOptions early, full;
  early.tolerance = full.tolerance = 1e-4;
  full.silence = Silence::never;
  const std::vector<ThresholdResult> a = find_thresholds(jobs, early);
  const std::vector<ThresholdResult> b = find_thresholds(jobs, full);
  for (std::size_t i = 0; i < a.size(); ++i) {
    INFO(names[i]);
    CHECK(a[i].status == ThresholdStatus::converged);
    CHECK(a[i].threshold == b[i].threshold);
    CHECK(a[i].below == b[i].below);
    CHECK(a[i].simulations == b[i].simulations);
  }
  CHECK(a.size() > 180);
}
