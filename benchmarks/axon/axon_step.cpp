// What does one compartment and solve cost, by fibre model, lanes in use, SIMD target and threads,
// and how far is that from what the core can do?
//
// Fibres of 41 nodes and 10 um (unmyelinated: 241 compartments, 1 um) run through 2 ms at 5 us,
// several times, each thread a batch of its own: nanoseconds of processor time per compartment and
// solve, per lane in use, minimum and median (of the slowest thread). Beside it the floor: the
// operations and bytes of one compartment and solve of one lane, counted (operation_counts.hpp),
// over the core's peak (core_peak.hpp), whichever of the three takes longest; and the fraction of
// it that is reached, floor / minimum. The SIMD targets are those of the machine, best last. CSV on
// standard output.
#include "axon/batch.hpp"
#include "axon/catalogue.hpp"
#include "axon/rest_state.hpp"
#include "axon/simd.hpp"
#include "core/build_info.hpp"
#include "core_peak.hpp"
#include "operation_counts.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <numbers>
#include <thread>
#include <vector>

using namespace foramen;
using namespace foramen::axon;
using namespace foramen::benchmarks;

namespace {

constexpr int repetitions = 15;

stimulus::FieldAtFibre point_source(const Cable& cable) {
  const std::vector<double> x = cable.centres();
  stimulus::FieldAtFibre field;
  for (const double s : x) // 1 mm off, 0.3 S/m
    field.mV_per_mA.push_back(
        1.0 / (4.0 * std::numbers::pi * 0.3 * std::hypot(s - 0.5 * x.back(), 1e-3)));
  return field;
}

// One fibre under one pulse.
struct Subject {
  Cable cable;
  Rest rest;
  Drive drive;
  stimulus::Waveform pulse{"mono", {{0.1 * ms, 0.2 * ms, -1.0, -1.0}}};
  Schedule schedule{{&pulse}, {.coarsest = 1.0}, 2.0 * ms};
  std::size_t n_solves = schedule.n_solves();

  explicit Subject(Cable of)
      : cable(std::move(of)), rest(rest_state(cable)),
        drive(field_drive(cable, point_source(cable))) {}
  Subject(const Subject&) = delete; // the schedule points to the pulse

  // Runs it in so many lanes.
  void run(Batch& batch, std::size_t lanes) const {
    for (std::size_t lane = 0; lane < lanes; ++lane)
      batch.load(lane, {&cable, &rest.state, &schedule, {Stimulus{&drive, 0.3}}});
    while (!batch.finished(0))
      batch.advance(Batch::block_size);
  }
  double compartment_solves() const {
    return static_cast<double>(n_solves * cable.n_compartments());
  }
  Batch batch() const { return {*cable.name().kinetics, cable.per_internode(), cable.n_nodes()}; }
};

Cable cable_of(const std::string& model) {
  return find_model(model)->unmyelinated ? build(model, 1.0 * um, 241)
                                         : build(model, 10.0 * um, 41);
}

// Of one compartment, solve and lane.
OperationCount operations(const std::string& model) {
  const Subject subject(counted(cable_of(model)));
  Batch batch = subject.batch();
  const OperationCount before = operations_so_far();
  subject.run(batch, batch_lanes);
  return (operations_so_far() - before) /
         (subject.compartment_solves() * static_cast<double>(batch_lanes));
}

// Times of all repetitions, ns per compartment, solve and lane, in order.
std::vector<double> times(const Subject& subject, std::size_t lanes) {
  Batch batch = subject.batch();
  std::vector<double> ns;
  for (int i = 0; i < repetitions; ++i) {
    const double start = thread_ns();
    subject.run(batch, lanes);
    ns.push_back((thread_ns() - start) /
                 (subject.compartment_solves() * static_cast<double>(lanes)));
  }
  std::sort(ns.begin(), ns.end());
  return ns;
}

void measure(const std::string& target, const CorePeak& peak, const std::string& model,
             const OperationCount& count, std::size_t lanes, std::size_t n_threads) {
  const Subject subject(cable_of(model));
  std::vector<std::vector<double>> all(n_threads);
  std::vector<std::thread> threads;
  for (std::vector<double>& ns : all)
    threads.emplace_back([&subject, &ns, lanes] { ns = times(subject, lanes); });
  for (std::thread& thread : threads)
    thread.join();
  double least = 0.0, median = 0.0;
  for (const std::vector<double>& ns : all) {
    least = std::max(least, ns.front());
    median = std::max(median, ns[ns.size() / 2]);
  }
  const double floor = std::max({count.operations / peak.operations_per_ns,
                                 count.loaded_bytes / peak.loaded_bytes_per_ns,
                                 count.stored_bytes / peak.stored_bytes_per_ns});
  std::cout << model << ',' << lanes << ',' << n_threads << ',' << target << ',' << least << ','
            << median << ',' << count.operations << ',' << count.loaded_bytes << ','
            << count.stored_bytes << ',' << peak.operations_per_ns << ','
            << peak.loaded_bytes_per_ns << ',' << peak.stored_bytes_per_ns << ',' << floor << ','
            << floor / least << ',' << build_commit << std::endl;
}

} // namespace

int main() {
  std::cout << "model,lanes,threads,simd,min_ns_per_compartment_solve,median_ns,operations,"
               "loaded_bytes,stored_bytes,peak_operations_per_ns,peak_loaded_bytes_per_ns,"
               "peak_stored_bytes_per_ns,floor_ns,fraction_reached,commit\n";
  const std::vector<std::string> models = {"mrg",    "gaines_motor", "sweeney",  "sundt",
                                           "rattay", "tigerholm",    "schild94", "hodgkin_huxley"};
  std::map<std::string, OperationCount> counts;
  for (const std::string& model : models)
    counts[model] = operations(model);
  for (const std::string& target : simd_targets()) {
    use_simd_target(target);
    const CorePeak peak = core_peak();
    for (const std::string& model : models) {
      measure(target, peak, model, counts[model], 8, 1);
      measure(target, peak, model, counts[model], 8, 2);
      measure(target, peak, model, counts[model], 1, 1);
    }
  }
}
