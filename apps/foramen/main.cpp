// foramen: thresholds of a lead beside a lumbar spinal nerve. Subcommands: see commands().

#include "command.hpp"
#include "config/table.hpp"
#include "core/progress.hpp"
#include "core/provenance.hpp"

#include <algorithm>
#include <iostream>

namespace foramen::apps {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      run_command(),   check_command(),   sweep_command(), merge_command(), show_command(),
      probe_command(), respond_command(), list_command(),  init_command(),  verify_command()};
  return all;
}

std::string text_of(const po::variables_map& values, const char* option) {
  return values.count(option) != 0 ? values[option].as<std::string>() : std::string{};
}

std::vector<std::string> texts_of(const po::variables_map& values, const char* option) {
  return values.count(option) != 0 ? values[option].as<std::vector<std::string>>()
                                   : std::vector<std::string>{};
}

namespace {

void print_help() {
  std::cout << "foramen " << core::version()
            << ": thresholds of a lead beside a lumbar spinal nerve\n\nusage: foramen COMMAND "
               "[options]\n\n";
  for (const Command& command : commands())
    std::cout << "  "
              << std::string(command.name).append(10 - std::string(command.name).size(), ' ')
              << command.summary << "\n";
  std::cout
      << "\n  foramen COMMAND --help     options and worked examples\n"
         "  foramen --version\n\n"
         "exit codes: 0 done, 2 the input is wrong, 3 the world failed (file, disk, mesher),\n"
         "4 a solver failed, 5 finished with open thresholds, 75 interrupted and resumable\n";
}

void print_help(const Command& command, const po::options_description& options) {
  std::cout << "foramen " << command.name << ": " << command.summary << "\n\nusage: foramen "
            << command.name << " " << command.arguments << " [options]\n\n"
            << options << "\nexamples:\n"
            << command.examples;
}

// Every option spelling of a command, for the nearest to a slip.
std::vector<std::string> option_names(const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options())
    names.push_back("--" + option->long_name());
  return names;
}

core::ExitCode run(const Command& command, const std::vector<std::string>& arguments) {
  po::options_description options("options");
  po::positional_options_description positional;
  command.declare(options, positional);
  options.add_options()("help,h", "print this");
  po::variables_map values;
  try {
    po::store(po::command_line_parser(arguments).options(options).positional(positional).run(),
              values);
    if (values.count("help") != 0) {
      print_help(command, options);
      return core::ExitCode::done;
    }
    po::notify(values);
  } catch (const po::unknown_option& problem) {
    const auto near = config::nearest_name(problem.get_option_name(), option_names(options));
    throw ConfigError(concat("foramen ", command.name),
                      concat("there is no option ", problem.get_option_name()),
                      near ? concat("did you mean ", *near, "?")
                           : concat("see foramen ", command.name, " --help"));
  } catch (const po::error& problem) {
    throw ConfigError(concat("foramen ", command.name), problem.what(),
                      concat("see foramen ", command.name, " --help"));
  }
  return command.run(values);
}

core::ExitCode dispatch(const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" ||
      arguments[0] == "help") {
    print_help();
    return arguments.empty() ? core::ExitCode::wrong_input : core::ExitCode::done;
  }
  if (arguments[0] == "--version") {
    std::cout << "foramen " << core::version() << " (" << core::source_commit() << ")\n";
    return core::ExitCode::done;
  }
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    if (arguments[0] == command.name)
      return run(command, {arguments.begin() + 1, arguments.end()});
    names.emplace_back(command.name);
  }
  const auto near = config::nearest_name(arguments[0], names);
  throw ConfigError("foramen", concat("there is no command \"", arguments[0], "\""),
                    near ? concat("did you mean \"", *near, "\"?") : "see foramen --help");
}

} // namespace
} // namespace foramen::apps

int main(int argc, char** argv) {
  using foramen::core::ExitCode;
  ExitCode code = ExitCode::world_failed;
  try {
    code = foramen::apps::dispatch({argv + 1, argv + argc});
  } catch (const foramen::core::Error& error) {
    std::cerr << "error: " << error.what() << "\n";
    code = error.exit_code();
  } catch (const foramen::core::Interrupted& interrupted) {
    std::cerr << interrupted.what() << "\n";
    code = ExitCode::interrupted;
  } catch (const std::bad_alloc&) {
    std::cerr << "error: out of memory\n  remedy: use a coarser field.resolution or fewer fibres\n";
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
  }
  return static_cast<int>(code);
}
