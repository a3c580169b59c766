// foramen init FILE: a commented starter study.

#include "command.hpp"
#include "core/provenance.hpp"

#include <filesystem>
#include <iostream>

namespace foramen::apps {
namespace {

namespace fs = std::filesystem;

void declare(po::options_description& options, po::positional_options_description& positional) {
  options.add_options()("file", po::value<std::string>()->default_value("study.toml"),
                        "the file to write (first argument)");
  positional.add("file", 1);
}

core::ExitCode run(const po::variables_map& values) {
  const std::string path = text_of(values, "file");
  const std::string starter = core::data_folder() + "/studies/starter.toml";
  if (fs::exists(path))
    throw ConfigError(path, "the file exists already", "name another, or remove it first");
  std::error_code problem;
  fs::copy_file(starter, path, problem);
  if (problem)
    throw WorldError(path, concat("cannot be written from ", starter, " (", problem.message(), ")"),
                     "choose a folder you may write to; $FORAMEN_DATA names the folder of the data "
                     "files");
  std::cout << "written: " << path << "\nnext:    foramen check " << path
            << "\n         foramen run " << path << "\n";
  return core::ExitCode::done;
}

} // namespace

const Command& init_command() {
  static const Command command{"init",
                               "[FILE]",
                               "write a commented starter study",
                               "  foramen init mine.toml\n"
                               "      then edit it, and: foramen check mine.toml\n",
                               declare,
                               run};
  return command;
}

} // namespace foramen::apps
