// A subcommand of `foramen`: its name, what it does in a line, worked examples, and its options.
#pragma once

#include "core/error.hpp"

#include <boost/program_options.hpp>

#include <string>
#include <vector>

namespace foramen::apps {

namespace po = boost::program_options;

struct Command {
  const char* name;
  const char* arguments; // "STUDY.toml", for the usage line
  const char* summary;
  const char* examples; // lines, each a command and what it does
  void (*declare)(po::options_description& options, po::positional_options_description& positional);
  core::ExitCode (*run)(const po::variables_map& values);
};

// In the order of `foramen --help`.
const std::vector<Command>& commands();

// One per file, each returning the address of a constant.
const Command& run_command();
const Command& check_command();
const Command& sweep_command();
const Command& merge_command();
const Command& show_command();
const Command& probe_command();
const Command& respond_command();
const Command& list_command();
const Command& init_command();
const Command& verify_command();

// The value of a string option, "" when absent; all values of a repeated one.
std::string text_of(const po::variables_map& values, const char* option);
std::vector<std::string> texts_of(const po::variables_map& values, const char* option);

} // namespace foramen::apps
