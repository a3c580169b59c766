// What does one compartment and solve cost, by fibre model, lanes in use and SIMD target?
//
// Fibres of 41 nodes and 10 um (unmyelinated: 241 compartments, 1 um) run through 2 ms at 5 us,
// several times, on one core: nanoseconds per compartment and solve, per lane in use, minimum and
// median. The SIMD targets are those of the machine, best last. CSV on standard output.
#include "axon/batch.hpp"
#include "axon/catalogue.hpp"
#include "axon/rest_state.hpp"
#include "axon/simd.hpp"
#include "core/build_info.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numbers>
#include <time.h>
#include <vector>

using namespace foramen;
using namespace foramen::axon;

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

// Processor time of this thread: other work on the machine counts as little as it can.
double cpu_ns() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return 1e9 * static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec);
}

double run_ns(Batch& batch, const Run& run, std::size_t lanes) {
  for (std::size_t lane = 0; lane < lanes; ++lane)
    batch.load(lane, run);
  const double start = cpu_ns();
  while (!batch.finished(0))
    batch.advance(Batch::block_size);
  return (cpu_ns() - start) /
         static_cast<double>(run.schedule->n_solves() * run.cable->n_compartments() * lanes);
}

void measure(const std::string& target, const std::string& model, std::size_t lanes) {
  const bool thin = find_model(model)->unmyelinated;
  const Cable cable = thin ? build(model, 1.0 * um, 241) : build(model, 10.0 * um, 41);
  const Rest rest = rest_state(cable);
  const Drive drive = field_drive(cable, point_source(cable));
  const Integration integration{.coarsest = 1.0};
  const stimulus::Waveform pulse{"mono", {{0.1 * ms, 0.2 * ms, -1.0, -1.0}}};
  const Schedule schedule({&pulse}, integration, 2.0 * ms);
  Batch batch(*cable.name().kinetics, cable.per_internode(), cable.n_nodes());
  std::vector<double> ns;
  for (int i = 0; i < repetitions; ++i)
    ns.push_back(run_ns(batch, {&cable, &rest.state, &schedule, {Stimulus{&drive, 0.3}}}, lanes));
  std::sort(ns.begin(), ns.end());
  std::cout << model << ',' << lanes << ',' << ns.front() << ',' << ns[ns.size() / 2] << ','
            << target << ',' << build_commit << '\n';
}

} // namespace

int main() {
  std::cout << "model,lanes,min_ns_per_compartment_solve,median_ns,simd,commit\n";
  for (const std::string& target : simd_targets()) {
    use_simd_target(target);
    for (const char* model : {"mrg", "gaines_motor", "sweeney", "sundt", "rattay", "tigerholm",
                              "schild94", "hodgkin_huxley"})
      for (const std::size_t lanes : {std::size_t{8}, std::size_t{1}})
        measure(target, model, lanes);
  }
}
