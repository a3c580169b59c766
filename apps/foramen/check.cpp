// foramen check STUDY: validate, resolve, estimate the cost, read a user's mesh, do nothing.

#include "command.hpp"
#include "config/manual.hpp"
#include "study/estimate.hpp"
#include "study/field_frequency.hpp"
#include "study/warnings.hpp"
#include "study_options.hpp"

#include <iostream>
#include <string>
#include <utility>
#include <vector>

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
  std::vector<std::string> warnings = study::warnings_before(settings);
  if (settings.field.own_mesh) {
    const study::LoadedMesh mesh = study::load_own_mesh(settings);
    std::cout << study::describe_mesh(settings, mesh) << "\n";
    for (std::string& line : study::mesh_warnings(settings, mesh))
      warnings.push_back(std::move(line));
  }
  for (const std::string& line : warnings)
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
      "      what each key means, its unit, range and default\n"
      "  foramen check configs/studies/own_mesh.toml\n"
      "      also the groups of a mesh of one's own, and whether it can be used\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
