#include "study/probe_fibre.hpp"

#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "core/error.hpp"
#include "io/hdf5_file.hpp"
#include "response/activation.hpp"

#include <algorithm>
#include <limits>

namespace foramen::study {
namespace {

using io::Hdf5Writer;

Current amplitude_of(const Study& study, const ProbeRequest& request, const ChosenFibre& subject) {
  if (request.amplitude)
    return *request.amplitude;
  const response::ThresholdJob job = subject.job();
  const auto r = response::find_thresholds(std::span(&job, 1), study.thresholds.search).front();
  if (r.status != response::ThresholdStatus::converged)
    throw ConfigError("foramen probe",
                      concat("the threshold of fibre ", request.choice.fibre,
                             " is not known: ", response::name_of(r.status)),
                      "give --amplitude");
  return request.multiple * r.threshold;
}

// Around the first node to fire, or the middle of the fibre.
std::vector<std::size_t> nodes_of(const ProbeRequest& request, const ChosenFibre& subject,
                                  const axon::Recording& run) {
  const std::size_t n = subject.fibre.cable.n_nodes();
  for (const std::size_t j : request.nodes)
    if (j >= n)
      throw ConfigError("foramen probe", concat("the fibre has no node ", j),
                        concat("name nodes from 0 to ", n - 1));
  if (!request.nodes.empty())
    return request.nodes;
  std::size_t middle = n / 2;
  double first = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < n; ++j)
    if (run.first_crossing_ms[j] < first) {
      first = run.first_crossing_ms[j];
      middle = j;
    }
  constexpr std::size_t beside = 2;
  std::vector<std::size_t> nodes;
  for (std::size_t j = middle > beside ? middle - beside : 0; j <= std::min(n - 1, middle + beside);
       ++j)
    nodes.push_back(j);
  return nodes;
}

void write_probe(Hdf5Writer& file, const std::string& group, const axon::Recording& run,
                 std::size_t probe) {
  const io::Shape shape{run.times.size()};
  const io::Axes axes{"/time"};
  file.write_doubles(group + "/V", run.v_mV[probe], shape,
                     {"mV", "potential across the axolemma, inside minus outside it"}, axes);
  file.write_doubles(group + "/P", run.p_mV[probe], shape,
                     {"mV", "potential of the periaxonal space relative to the outside"}, axes);
  const axon::MembraneTrace& membrane = run.membranes[probe];
  for (std::size_t k = 0; k < membrane.states.size(); ++k)
    file.write_doubles(group + "/gates/" + membrane.state_names[k], membrane.states[k], shape,
                       {"1", "state of the membrane (gates 0 to 1; concentrations mM; potentials "
                             "mV)"},
                       axes);
  for (std::size_t k = 0; k < membrane.currents_nA.size(); ++k)
    file.write_doubles(group + "/currents/" + membrane.current_names[k], membrane.currents_nA[k],
                       shape, {"nA", "current through the membrane, outward positive"}, axes);
}

std::string probe_name(std::size_t probe) {
  const std::string number = std::to_string(probe);
  return "/probes/" + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

void write_spikes(Hdf5Writer& file, const axon::Recording& run) {
  std::vector<std::pair<double, int>> spikes;
  for (std::size_t j = 0; j < run.spikes_ms.size(); ++j)
    for (const double t : run.spikes_ms[j])
      spikes.emplace_back(t, static_cast<int>(j));
  std::sort(spikes.begin(), spikes.end());
  std::vector<double> times;
  std::vector<int> nodes;
  for (const auto& [t, j] : spikes) {
    times.push_back(t);
    nodes.push_back(j);
  }
  file.write_doubles("/spikes/time", times, {times.size()},
                     {"ms", "upward crossings of -30 mV, from the start of the simulation"});
  file.write_integers("/spikes/node", nodes, {nodes.size()}, {"1", "node that crossed"});
}

} // namespace

ProbeReport probe_fibre(const Study& study, const ProbeRequest& request, Cache& cache,
                        Progress& progress, const std::string& path) {
  const ChosenFibre subject = choose_fibre(study, request.choice, "foramen probe", cache, progress);
  progress.stage("probe");
  const axon::Cable& cable = subject.fibre.cable;
  const Current amplitude = amplitude_of(study, request, subject);
  response::validate(subject.job(), amplitude);
  const axon::Drive drive = axon::field_drive(cable, subject.field);
  const axon::State rest = axon::rest_state(cable).state;
  axon::Integration integration = study.thresholds.search.integration;
  integration.coarsest = 1.0;
  const stimulus::Waveform& pulse = subject.programme->waveform;
  const auto run = [&](const axon::Watch& watch) {
    return axon::record(cable, rest, drive, amplitude.in(mA), pulse, integration,
                        pulse.end() + study.thresholds.search.time_limit, watch);
  };
  ProbeReport report{.amplitude = amplitude, .fibre_nodes = cable.n_nodes()};
  report.nodes =
      request.nodes.empty() ? nodes_of(request, subject, run({})) : nodes_of(request, subject, {});
  axon::Watch watch{.membranes = true, .every = request.every};
  for (const std::size_t j : report.nodes)
    watch.compartments.push_back(cable.node(j));
  if (request.internode && report.nodes.front() + 1 < cable.n_nodes())
    for (std::size_t k = 1; k <= cable.per_internode(); ++k)
      watch.compartments.push_back(cable.node(report.nodes.front()) + k);
  const axon::Recording recording = run(watch);

  Hdf5Writer file(path);
  describe(file, study, subject, request.choice);
  file.attribute("/meta", "amplitude_mA", amplitude.in(mA));
  std::vector<double> times;
  for (const Time t : recording.times)
    times.push_back(t.in(ms));
  report.n_times = times.size();
  file.write_doubles("/time", times, {times.size()}, {"ms", "time from the start"});
  file.write_doubles("/level", recording.levels[0], {times.size()},
                     {"1", "mean level of the pulse over the step that ends here"}, {"/time"});
  const std::vector<double> centres = cable.centres();
  for (std::size_t probe = 0; probe < watch.compartments.size(); ++probe) {
    const std::size_t i = watch.compartments[probe];
    const std::string name = probe_name(probe);
    write_probe(file, name, recording, probe);
    file.attribute(name, "part", std::string(axon::name_of(cable.compartment(i).part)));
    file.attribute(name, "compartment", static_cast<std::int64_t>(i));
    file.attribute(name, "node", static_cast<std::int64_t>(i / (cable.per_internode() + 1)));
    file.attribute(name, "position_mm", (subject.fibre.first_node + centres[i]) * 1e3);
  }
  write_spikes(file, recording);
  std::vector<double> positions;
  for (const double s : centres)
    positions.push_back((subject.fibre.first_node + s) * 1e3);
  file.write_doubles("/field/position", positions, {positions.size()},
                     {"mm", "arc length of the compartments' centres along the fibre"});
  file.write_doubles("/field/potential", subject.field.mV_per_mA, {positions.size()},
                     {"mV/mA", "potential of the programme at the compartments"},
                     {"/field/position"});
  file.commit();
  for (const auto& node : recording.spikes_ms)
    report.n_spikes += node.size();
  return report;
}

} // namespace foramen::study
