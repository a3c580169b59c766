// foramen check STUDY: validate, resolve, estimate the cost, do nothing.

#include "command.hpp"
#include "config/manual.hpp"
#include "study/estimate.hpp"
#include "study/field_frequency.hpp"
#include "study/warnings.hpp"
#include "study_options.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

void declare(po::options_description& options, po::positional_options_description& positional) {
  declare_study_options(options, positional);
  options.add_options()("manual", "print the reference of all keys (Markdown) instead");
}

core::ExitCode run(const po::variables_map& values) {
  auto document = open_study(values);
  const study::Study settings = study::read_study(document);
  if (values.count("manual") != 0) {
    std::cout << config::manual_as_markdown(document.manual(), "Keys of a study");
    return core::ExitCode::done;
  }
  std::cout << settings.resolved << "\n";
  for (const std::string& line : study::frequency_report(settings))
    std::cout << "# " << line << "\n";
  std::cout << study::cost_estimate(settings);
  for (const std::string& line : study::warnings_before(settings))
    std::cerr << "warning: " << line << "\n";
  return core::ExitCode::done;
}

} // namespace

const Command& check_command() {
  static const Command command{
      "check",
      "STUDY.toml",
      "validate a study, print it in full, estimate its cost",
      "  foramen check study.toml\n"
      "      every key with its value, defaults filled in, and what a run would cost\n"
      "  foramen check study.toml --manual > reference.md\n"
      "      what each key means, its unit, range and default\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
