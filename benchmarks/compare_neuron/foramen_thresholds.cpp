// Our side of compare_neuron.py: thresholds of rows of a NEURON threshold file, on one core.
//
//   foramen_thresholds CASES.csv MODEL EVERY STEP_US TOLERANCE COPIES
//
// Every EVERY-th physical case of MODEL, each as COPIES independent jobs (own fibre, rest, first
// guess and search: they fill the lanes as a population does). CSV on standard output: case,
// threshold (mA); the last line holds the seconds of processor time of find_thresholds for all
// jobs, and the number of jobs.
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "response/neuron_job.hpp"

#include <ctime>
#include <deque>
#include <iomanip>
#include <iostream>
#include <set>

using namespace foramen;
using namespace foramen::response;

namespace {

int run(int argc, char** argv) {
  if (argc != 7)
    throw ConfigError("foramen_thresholds", "six arguments are needed",
                      "foramen_thresholds CASES.csv MODEL EVERY STEP_US TOLERANCE COPIES");
  const std::string model = argv[2];
  const std::size_t every = std::stoul(argv[3]), copies = std::stoul(argv[6]);
  ThresholdOptions options;
  options.integration.step = std::stod(argv[4]) * us;
  options.tolerance = std::stod(argv[5]);
  options.detection = Detection::far_end;

  core::set_thread_count(1);
  std::set<std::pair<std::string, int>> seen; // physical case, nodes
  std::vector<std::string> names;
  std::deque<NeuronJob> prepared; // stable addresses
  std::size_t counter = 0;
  for (const NeuronCase& c : read_neuron_csv(argv[1])) {
    if (c.model != model || !seen.insert({c.physical_case, c.n_nodes}).second ||
        counter++ % every != 0 || !why_not_comparable(c).empty())
      continue;
    names.push_back(c.physical_case);
    for (std::size_t k = 0; k < copies; ++k)
      prepared.push_back(neuron_job(c));
  }
  std::vector<ThresholdJob> jobs;
  for (const NeuronJob& p : prepared)
    jobs.push_back(p.job());
  const std::clock_t begin = std::clock();
  const std::vector<ThresholdResult> results = find_thresholds(jobs, options);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  for (std::size_t i = 0; i < names.size(); ++i)
    std::cout << names[i] << ',' << std::setprecision(8) << results[i * copies].threshold.in(mA)
              << '\n';
  std::cout << "seconds," << seconds << ',' << jobs.size() << '\n';
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 2;
  }
}
