// foramen probe STUDY: one fibre through one run, its potentials, gates and currents to HDF5.

#include "command.hpp"
#include "core/quantity_text.hpp"
#include "study/probe_fibre.hpp"
#include "study_options.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

void declare(po::options_description& options, po::positional_options_description& positional) {
  declare_study_options(options, positional);
  declare_fibre_options(options);
  options.add_options()("amplitude", po::value<std::string>(), "for example \"1.5 mA\"")(
      "multiple", po::value<double>()->default_value(1.1),
      "of the fibre's threshold, where no amplitude is given")(
      "node", po::value<std::vector<std::size_t>>()->composing(),
      "node to watch, repeatable; default: the first to fire and two on either side")(
      "internode", "watch all compartments after the first of these nodes too")(
      "every", po::value<std::string>(), "time between noted steps; default: all");
}

study::ProbeRequest request_of(const po::variables_map& values) {
  study::ProbeRequest request;
  request.choice = fibre_choice(values);
  request.multiple = values["multiple"].as<double>();
  if (values.count("amplitude") != 0)
    request.amplitude = quantity_of<Current>(values, "amplitude");
  if (values.count("every") != 0)
    request.every = quantity_of<Time>(values, "every");
  if (values.count("node") != 0)
    request.nodes = values["node"].as<std::vector<std::size_t>>();
  request.internode = values.count("internode") != 0;
  return request;
}

core::ExitCode run(const po::variables_map& values) {
  const study::ProbeRequest request = request_of(values);
  OpenedStudy opened(values, "probe.log");
  const std::string path = opened.folder + "/probe.h5";
  const study::ProbeReport report =
      study::probe_fibre(opened.settings, request, opened.cache, opened.progress, path);
  opened.progress.finish();
  std::cout << "amplitude " << core::to_text(report.amplitude, "mA") << ", " << report.n_spikes
            << " crossings of " << report.fibre_nodes << " nodes, " << report.n_times
            << " times at node";
  for (const std::size_t j : report.nodes)
    std::cout << " " << j;
  std::cout << "\nwritten: " << path << "\n";
  return core::ExitCode::done;
}

} // namespace

const Command& probe_command() {
  static const Command command{
      "probe",
      "STUDY.toml",
      "one fibre through one run: potentials, gates and currents over time",
      "  foramen probe configs/studies/point_sources.toml --population a_beta --fibre 3\n"
      "      1.1 times threshold, at the first node to fire and two on either side\n"
      "  foramen probe study.toml --programme \"motor E3\" --amplitude \"2 mA\" --node 40 "
      "--internode\n"
      "      node 40 and the ten compartments after it\n"
      "  scripts/plot_probe.py results/study/probe.h5\n"
      "      its picture\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
