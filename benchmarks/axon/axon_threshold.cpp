// How many thresholds per second and core, by fibre model, population size and accuracy?
//
// A population: fibres of 41 nodes (C fibres: 3.3 mm) with diameters spread over the model's usual
// range, nodes at any phase, a point source 0.5 to 5 mm beside (C fibres 0.1 to 0.5 mm), one
// biphasic pulse of 210 us. Per row: fibres, threads, the step, the search's tolerance, time from
// cables and potentials to thresholds (rest and first guesses included; the best of three), runs
// per threshold, and, against searches to 2e-5 with a step of 0.5 us (every 16th fibre; C fibres:
// 8th),
//
//   step_*_error   of searches to 2e-5 with this step: the time step's part
//   *_error        of the row's thresholds: all of it
//
// Rates are per second of processor time. Floor: the operations of a threshold, counted
// (operation_counts.hpp, on the same fibres), over the core's peak (core_peak.hpp).
// Steps of 2.5 to 20 us to 1 %, and 5 us to 10, 1, 0.1 and 0.01 %: the work-precision curves. CSV
// on standard output.
//
//   axon_threshold [THREADS [MODEL ...]]
#include "axon/catalogue.hpp"
#include "core/build_info.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "core_peak.hpp"
#include "operation_counts.hpp"
#include "response/threshold.hpp"
#include "stimulus/pulses.hpp"

#include <chrono>
#include <cmath>
#include <iostream>
#include <map>
#include <numbers>
#include <time.h>
#include <vector>

using namespace foramen;
using namespace foramen::response;

namespace {

struct Kind {
  std::string model;
  double smallest_um, largest_um;
  int n_nodes;
  double nearest_mm, farthest_mm;
};
const std::vector<Kind> kinds = {{"mrg", 5.7, 16.0, 41, 0.5, 5.0},
                                 {"gaines_motor", 5.7, 16.0, 41, 0.5, 5.0},
                                 {"gaines_sensory", 5.7, 16.0, 41, 0.5, 5.0},
                                 {"pena", 2.0, 5.7, 41, 0.2, 2.0},
                                 {"sweeney", 5.7, 16.0, 41, 0.5, 5.0},
                                 {"sundt", 0.5, 1.5, 401, 0.1, 0.5},
                                 {"rattay", 0.5, 1.5, 401, 0.1, 0.5},
                                 {"tigerholm", 0.5, 1.5, 401, 0.1, 0.5},
                                 {"schild94", 0.5, 1.5, 401, 0.1, 0.5}};

struct Population {
  std::vector<axon::Cable> cables;
  std::vector<stimulus::FieldAtFibre> fields;
  stimulus::Waveform pulse = stimulus::biphasic({.width = 210 * us, .delay = 100 * us});

  Population(const Kind& kind, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      RandomStream random(1, kind.model, i);
      const double d = kind.smallest_um + random.uniform() * (kind.largest_um - kind.smallest_um);
      cables.push_back(axon::build(kind.model, d * um, kind.n_nodes));
      const double r =
          1e-3 * (kind.nearest_mm + random.uniform() * (kind.farthest_mm - kind.nearest_mm));
      const double shift = random.uniform() * cables.back().internode_length().si();
      const std::vector<double> x = cables.back().centres();
      fields.emplace_back();
      for (const double s : x)
        fields.back().mV_per_mA.push_back(
            1.0 / (4.0 * std::numbers::pi * 0.3 * std::hypot(s - 0.5 * x.back() - shift, r)));
    }
  }
  std::vector<ThresholdJob> jobs(std::size_t every = 1) const {
    std::vector<ThresholdJob> all;
    for (std::size_t i = 0; i < cables.size(); i += every)
      all.push_back({&cables[i], &fields[i], &pulse});
    return all;
  }
};

// Thresholds to 2e-5, of every n-th fibre, with a step of 0.5 us and others: the errors of steps.
class Exact {
public:
  Exact(const Population& population, std::size_t every) : population_(population), every_(every) {}
  std::size_t every() const { return every_; }
  const std::vector<ThresholdResult>& at(double step_us, const ThresholdOptions& options) {
    std::vector<ThresholdResult>& found = known_[step_us];
    if (found.empty()) {
      ThresholdOptions fine = options;
      fine.tolerance = 2e-5;
      fine.integration.step = step_us * us;
      found = find_thresholds(population_.jobs(every_), fine);
    }
    return found;
  }

private:
  const Population& population_;
  std::size_t every_;
  std::map<double, std::vector<ThresholdResult>> known_;
};

struct Errors {
  std::size_t n = 0;
  double rms = 0.0, worst = 0.0;
};
// Of every n-th of `found` against `exact`. The middle of the bracket is the best estimate.
Errors errors(const std::vector<ThresholdResult>& found, std::size_t every,
              const std::vector<ThresholdResult>& exact) {
  const auto estimate = [](const ThresholdResult& r) {
    return std::sqrt(r.threshold.in(mA)*r.below.in(mA));
  };
  Errors e;
  double squares = 0.0;
  for (std::size_t k = 0; k < exact.size(); ++k) {
    const ThresholdResult& r = found[k * every];
    if (r.status != ThresholdStatus::converged || exact[k].status != ThresholdStatus::converged)
      continue;
    const double error = estimate(r) / estimate(exact[k]) - 1.0;
    e.worst = std::max(e.worst, std::abs(error));
    squares += error * error;
    ++e.n;
  }
  e.rms = std::sqrt(squares / static_cast<double>(e.n));
  return e;
}

// Per threshold, everything included, of every n-th fibre.
double operations(const Population& population, std::size_t every,
                  const ThresholdOptions& options) {
  const std::size_t threads = core::thread_count();
  core::set_thread_count(1); // counts belong to the thread
  std::vector<axon::Cable> cables;
  for (std::size_t i = 0; i < population.cables.size(); i += every)
    cables.push_back(benchmarks::counted(population.cables[i]));
  std::vector<ThresholdJob> jobs = population.jobs(every);
  for (std::size_t k = 0; k < jobs.size(); ++k)
    jobs[k].cable = &cables[k];
  const double before = benchmarks::operations_so_far().operations;
  find_thresholds(jobs, options);
  core::set_thread_count(threads);
  return (benchmarks::operations_so_far().operations - before) / static_cast<double>(jobs.size());
}

double processor_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

void measure(const Kind& kind, const Population& population, Exact& exact, double tolerance,
             double step_us) {
  static const double peak = benchmarks::core_peak().operations_per_ns;
  ThresholdOptions options;
  options.tolerance = tolerance;
  options.integration.step = step_us * us;
  if (kind.n_nodes > 100)
    options.time_limit = 20.0 * ms; // slow fibres
  const std::vector<ThresholdJob> jobs = population.jobs();
  std::vector<ThresholdResult> found;
  double seconds = 1e9, processor = 1e9;
  for (int repetition = 0; repetition < 3; ++repetition) {
    const auto begin = std::chrono::steady_clock::now();
    const double processor_begin = processor_seconds();
    found = find_thresholds(jobs, options);
    processor = std::min(processor, processor_seconds() - processor_begin);
    seconds = std::min(
        seconds, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  double runs = 0.0;
  for (const ThresholdResult& r : found)
    runs += r.simulations;
  const auto size = static_cast<double>(jobs.size());
  const std::vector<ThresholdResult>& limit = exact.at(0.5, options);
  const Errors of_step = errors(exact.at(step_us, options), 1, limit);
  const Errors total = errors(found, exact.every(), limit);
  const double floor = 1e-9 * operations(population, exact.every(), options) / peak; // s
  std::cout << kind.model << ',' << jobs.size() << ',' << core::thread_count() << ',' << step_us
            << ',' << tolerance << ',' << seconds << ',' << processor << ',' << size / processor
            << ',' << runs / size << ',' << total.n << ',' << of_step.rms << ',' << of_step.worst
            << ',' << total.rms << ',' << total.worst << ',' << 1.0 / floor << ','
            << floor * size / processor << ',' << build_commit << std::endl;
}

} // namespace

int main(int argc, char** argv) {
  const std::size_t most_threads = argc > 1 ? std::stoul(argv[1]) : 1;
  std::cout << "model,fibres,threads,step_us,tolerance,seconds,processor_seconds,"
               "thresholds_per_second_and_core,runs_per_threshold,compared,step_rms_error,"
               "step_worst_error,rms_error,worst_error,floor_thresholds_per_second,"
               "fraction_reached,commit\n";
  for (const Kind& kind : kinds) {
    bool wanted = argc <= 2;
    for (int k = 2; k < argc; ++k)
      wanted = wanted || kind.model == argv[k];
    if (!wanted)
      continue;
    const bool thin = kind.n_nodes > 100;
    core::set_thread_count(most_threads); // for the exact thresholds: not timed
    {
      const Population population(kind, thin ? 64 : 512);
      Exact exact(population, thin ? 8 : 16);
      core::set_thread_count(1);
      for (const double step_us : {2.5, 5.0, 10.0, 20.0})
        measure(kind, population, exact, 0.01, step_us);
      for (const double tolerance : {0.1, 0.001, 0.0001})
        measure(kind, population, exact, tolerance, 5.0);
      for (std::size_t threads = 2; threads <= most_threads; ++threads) {
        core::set_thread_count(threads);
        measure(kind, population, exact, 0.01, 5.0);
      }
    }
    if (kind.model != "mrg")
      continue;
    for (const std::size_t size : {8, 64, 10000}) {
      const Population population(kind, size);
      Exact exact(population, std::max<std::size_t>(1, size / 32));
      for (std::size_t threads = 1; threads <= most_threads; ++threads) {
        core::set_thread_count(threads);
        measure(kind, population, exact, 0.01, 5.0);
      }
    }
  }
}
