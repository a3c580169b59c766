// foramen respond STUDY: how one fibre responds beyond its threshold.

#include "command.hpp"
#include "study/fibre_responses.hpp"
#include "study_options.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

void declare(po::options_description& options, po::positional_options_description& positional) {
  declare_study_options(options, positional);
  declare_fibre_options(options);
  options.add_options()("strength-duration", "thresholds over the pulse's width")(
      "recovery", "thresholds of a second pulse over its distance from the first")(
      "block", "current of a kilohertz sine that blocks conduction")(
      "upper-limit", "current from which on the fibre is silent again")(
      "frequency", po::value<std::string>(), "of the blocking sine (default: 10 kHz)");
}

study::ResponseRequest request_of(const po::variables_map& values) {
  study::ResponseRequest request{.choice = fibre_choice(values)};
  request.strength_duration = values.count("strength-duration") != 0;
  request.recovery = values.count("recovery") != 0;
  request.block = values.count("block") != 0;
  request.upper_limit = values.count("upper-limit") != 0;
  if (values.count("frequency") != 0)
    request.block_frequency = quantity_of<Frequency>(values, "frequency");
  if (!(request.block_frequency >= 0.5 * kHz && request.block_frequency <= 100.0 * kHz))
    throw ConfigError("--frequency",
                      concat(request.block_frequency.in(kHz), " kHz is no blocking frequency"),
                      "give 0.5 to 100 kHz");
  if (!request.strength_duration && !request.recovery && !request.block && !request.upper_limit)
    throw ConfigError("foramen respond", "nothing is asked for",
                      "add --strength-duration, --recovery, --block or --upper-limit");
  return request;
}

core::ExitCode run(const po::variables_map& values) {
  const study::ResponseRequest request = request_of(values);
  OpenedStudy opened(values, "responses.log");
  const study::ChosenFibre chosen = study::choose_fibre(
      opened.settings, request.choice, "foramen respond", opened.cache, opened.progress);
  const study::FibreResponses responses =
      study::fibre_responses(opened.settings, chosen, request, opened.progress);
  const std::string path = opened.folder + "/responses.h5";
  study::write_responses(opened.settings, chosen, request, responses, path);
  opened.progress.finish();
  std::cout << study::response_table(responses) << "\nwritten: " << path << "\n";
  return core::ExitCode::done;
}

} // namespace

const Command& respond_command() {
  static const Command command{
      "respond",
      "STUDY.toml",
      "one fibre's strength-duration curve, recovery, block",
      "  foramen respond configs/studies/point_sources.toml --strength-duration --recovery\n"
      "      of the first fibre of the first population, for the first programme\n"
      "  foramen respond study.toml --population a_beta --fibre 7 --block --frequency \"5 kHz\"\n"
      "      the current of a sine of 5 kHz that stops action potentials\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
