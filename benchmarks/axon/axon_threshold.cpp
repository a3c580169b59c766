// How many thresholds per second and core, by fibre model, population size and accuracy?
//
// A population: fibres of 41 nodes (C fibres: 3.3 mm) with diameters spread over the model's usual
// range, nodes at any phase, a point source 0.5 to 5 mm beside (C fibres 0.1 to 0.5 mm), one
// biphasic pulse of 210 us. Per row: fibres, the search's tolerance, the step, time from cables and
// potentials to thresholds (rest and first guesses included), runs and solves per threshold, and
// the worst and root-mean-square error of threshold against a search to 2e-5 with a step of 0.5 us
// (every 16th fibre). CSV on standard output.
//
//   axon_threshold [THREADS [MODEL ...]]
#include "axon/catalogue.hpp"
#include "core/build_info.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "response/threshold.hpp"
#include "stimulus/pulses.hpp"

#include <chrono>
#include <cmath>
#include <iostream>
#include <numbers>
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

void measure(const Kind& kind, std::size_t size, double tolerance, double step_us) {
  const Population population(kind, size);
  ThresholdOptions options;
  options.tolerance = tolerance;
  options.integration.step = step_us * us;
  if (kind.n_nodes > 100)
    options.time_limit = 20.0 * ms; // slow fibres
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<ThresholdResult> found = find_thresholds(population.jobs(), options);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

  constexpr std::size_t every = 16;
  ThresholdOptions fine = options;
  fine.tolerance = 2e-5;
  fine.integration.step = 0.5 * us;
  const std::vector<ThresholdResult> exact = find_thresholds(population.jobs(every), fine);
  double worst = 0.0, squares = 0.0, runs = 0.0;
  std::size_t n = 0;
  for (std::size_t k = 0; k < exact.size(); ++k) {
    const ThresholdResult& r = found[k * every];
    if (r.status != ThresholdStatus::converged || exact[k].status != ThresholdStatus::converged)
      continue;
    // The middle of the bracket is the best estimate.
    const double estimate = std::sqrt(r.threshold.in(mA)*r.below.in(mA));
    const double error = estimate / exact[k].threshold.in(mA)-1.0;
    worst = std::max(worst, std::abs(error));
    squares += error * error;
    ++n;
  }
  for (const ThresholdResult& r : found)
    runs += r.simulations;
  std::cout << kind.model << ',' << size << ',' << core::thread_count() << ',' << step_us << ','
            << tolerance << ',' << seconds << ','
            << static_cast<double>(size) / seconds / static_cast<double>(core::thread_count())
            << ',' << runs / static_cast<double>(size) << ',' << n << ','
            << std::sqrt(squares / static_cast<double>(n)) << ',' << worst << ',' << build_commit
            << std::endl;
}

} // namespace

int main(int argc, char** argv) {
  core::set_thread_count(argc > 1 ? std::stoul(argv[1]) : 1);
  std::cout << "model,fibres,threads,step_us,tolerance,seconds,thresholds_per_second_and_core,"
               "runs_per_threshold,compared,rms_error,worst_error,commit\n";
  for (const Kind& kind : kinds) {
    bool wanted = argc <= 2;
    for (int k = 2; k < argc; ++k)
      wanted = wanted || kind.model == argv[k];
    if (!wanted)
      continue;
    const std::size_t size = kind.n_nodes > 100 ? 64 : 512;
    for (const double step_us : {2.5, 5.0, 10.0})
      for (const double tolerance : {0.01, 0.001})
        measure(kind, size, tolerance, step_us);
    if (kind.model == "mrg")
      measure(kind, 10000, 0.01, 5.0);
  }
}
