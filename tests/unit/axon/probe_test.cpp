#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace foramen;
using namespace foramen::axon;

namespace {

const stimulus::Waveform pulse = stimulus::biphasic({.width = 100 * us});

Recording watched(const Cable& cable, double amplitude, const Watch& watch) {
  return record(cable, rest_state(cable).state,
                field_drive(cable, test::point_source(cable, 1.0 * mm)), amplitude, pulse,
                {.coarsest = 1.0}, 2 * ms, watch);
}

const std::vector<double>& named(const std::vector<std::string>& names,
                                 const std::vector<std::vector<double>>& values,
                                 const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  REQUIRE(found != names.end());
  return values[static_cast<std::size_t>(found - names.begin())];
}

} // namespace

TEST_CASE("recorded currents are the model's equations at the recorded gates and potentials") {
  const Cable cable = build("gaines_sensory", 10.0 * um, 21);
  const std::size_t node = cable.node(10), under = node + 5;
  const Recording run = watched(cable, 1.0, {.compartments = {node, under}, .membranes = true});
  const MembraneTrace& n = run.membranes[0];
  CHECK(n.state_names == std::vector<std::string>{"mp", "m", "h", "s", "n"});
  const auto& m = named(n.state_names, n.states, "m");
  const auto& h = named(n.state_names, n.states, "h");
  const auto& na = named(n.current_names, n.currents_nA, "Na");
  const auto& leak = named(n.current_names, n.currents_nA, "leak");
  const Compartment& c = cable.compartment(node);
  double peak = 0.0;
  for (std::size_t i = 0; i < run.times.size(); ++i) {
    const double v = run.v_mV[0][i];
    CHECK(na[i] ==
          Approx(1e3 * c.channels_mS[1] * m[i] * m[i] * m[i] * h[i] * (v - 50.0)).margin(1e-9));
    CHECK(leak[i] == Approx(1e3 * c.leak_mS * (v + 90.0)).margin(1e-9));
    peak = std::min(peak, na[i]);
  }
  CHECK(peak < -1.0); // it fired
  const MembraneTrace& u = run.membranes[1];
  const auto& q = named(u.state_names, u.states, "q");
  const auto& hcn = named(u.current_names, u.currents_nA, "HCN");
  for (std::size_t i = 0; i < run.times.size(); ++i)
    CHECK(hcn[i] ==
          Approx(1e3 * cable.compartment(under).channels_mS[2] * q[i] * (run.v_mV[1][i] + 54.9))
              .margin(1e-9));
}

TEST_CASE("a fibre at rest carries no current through a uniform membrane") {
  for (const char* model : {"sundt", "hodgkin_huxley", "tigerholm", "schild94"}) {
    CAPTURE(model);
    const Cable cable = build(model, 1.0 * um, 81, Ends::sealed);
    const Recording run = watched(cable, 0.0, {.compartments = {40}, .membranes = true});
    double sum = 0.0;
    for (const auto& current : run.membranes[0].currents_nA)
      sum += current.front();
    // A resting potential may drift by so much in 5 ms (1 uF mV / ms is 1000 nA).
    const double allowed =
        1e3 * cable.compartment(40).capacitance_uF * cable.name().rest_drift_mV / 5.0;
    CHECK(std::abs(sum) <= allowed);
  }
}

TEST_CASE("passive compartments have a leak alone, and every model's membranes have names") {
  const Cable cable = build("mrg", 10.0 * um, 11);
  const Recording run =
      watched(cable, 0.1, {.compartments = {cable.node(5) + 4}, .membranes = true});
  CHECK(run.membranes[0].state_names.empty());
  CHECK(run.membranes[0].current_names == std::vector<std::string>{"leak"});
  for (const FibreModel& model : catalogue()) {
    CAPTURE(model.name);
    const Length d = model.tabulated.empty() ? 0.5 * (model.min_diameter + model.max_diameter)
                                             : model.tabulated.front();
    const Cable any = build(model.name, d, 11);
    const Recording r = watched(any, 0.0, {.compartments = {any.node(5)}, .membranes = true});
    for (const std::string& name : r.membranes[0].state_names)
      CHECK(name.rfind("state ", 0) == std::string::npos);
    for (const std::string& name : r.membranes[0].current_names)
      CHECK(name.rfind("current ", 0) == std::string::npos);
  }
}

TEST_CASE("a long run is noted as sparsely as wished, its spikes all the same") {
  const Cable cable = build("mrg", 10.0 * um, 21);
  const State rest = rest_state(cable).state;
  const Drive drive = field_drive(cable, test::point_source(cable, 1.0 * mm));
  const auto train = stimulus::train(pulse, 10, 100.0 * Hz);
  const Stimulus stimulus{&drive, 0.4};
  const Schedule schedule({&train}, {}, 100 * ms);
  const auto run = [&](Time every) {
    return record(cable, rest, schedule, std::span(&stimulus, 1),
                  {.compartments = {cable.node(10)}, .every = every});
  };
  const Recording all = run(Time{}), few = run(1 * ms);
  CHECK(all.times.size() > 2000);
  CHECK(few.times.size() <= 101);
  CHECK(few.times.size() > 90);
  CHECK(few.spikes_ms == all.spikes_ms);
  CHECK(all.spikes_ms[18].size() == 10);
}
