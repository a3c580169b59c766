// foramen show RESULTS: the result table of a finished run again, or its configuration.

#include "command.hpp"
#include "study/read_results.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

void declare(po::options_description& options, po::positional_options_description& positional) {
  options.add_options()("results", po::value<std::string>(), "results.h5 (first argument)")(
      "config", "print the resolved configuration instead: it runs again as it is");
  positional.add("results", 1);
}

core::ExitCode run(const po::variables_map& values) {
  const std::string path = text_of(values, "results");
  if (path.empty())
    throw ConfigError("command line", "no file is named", "name a results.h5");
  const study::StoredRun stored = study::read_stored_run(path);
  if (values.count("config") != 0) {
    std::cout << stored.configuration;
    return core::ExitCode::done;
  }
  std::cout << stored.table << "\n";
  for (const auto& [name, value] : stored.provenance)
    std::cout << name << std::string(name.size() < 12 ? 12 - name.size() : 1, ' ') << value << "\n";
  return core::ExitCode::done;
}

} // namespace

const Command& show_command() {
  static const Command command{"show",
                               "RESULTS.h5",
                               "print the tables of a finished run",
                               "  foramen show results/l5/results.h5\n"
                               "      the result table, program version, machine and time\n"
                               "  foramen show results/l5/results.h5 --config > again.toml\n"
                               "      the study that made it, with every default filled in\n",
                               declare,
                               run};
  return command;
}

} // namespace foramen::apps
