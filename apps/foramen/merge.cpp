// foramen merge FOLDER: the points of a sweep as one file with the axes as dimensions.

#include "command.hpp"
#include "study/sweep_run.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

void declare(po::options_description& options, po::positional_options_description& positional) {
  options.add_options()("folder", po::value<std::string>(),
                        "the sweep's --out folder (first argument)");
  positional.add("folder", 1);
}

core::ExitCode run(const po::variables_map& values) {
  const std::string folder = text_of(values, "folder");
  if (folder.empty())
    throw ConfigError("command line", "no folder is named",
                      "name the --out folder of foramen sweep");
  const study::MergeOutcome outcome = study::merge_sweep(folder);
  std::cout << outcome.table << "written: " << outcome.file << "\n";
  return core::ExitCode::done;
}

} // namespace

const Command& merge_command() {
  static const Command command{
      "merge",
      "FOLDER",
      "join the points of a sweep into one file",
      "  foramen merge results/migration\n"
      "      writes results/migration/merged.h5 with the sweep's axes as dimensions\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
