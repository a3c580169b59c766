// How the program says no: kinds of error, each with its exit code, and the check for our own bugs.
//
// A message has three parts: place (file and line, or the values involved), cause, and remedy (what
// to do about it). `Error` carries them apart so that tests and front ends need not parse text. The
// end of a search (no threshold below the ceiling) is a result, never an error.
#pragma once

#include <source_location>
#include <sstream>
#include <stdexcept>
#include <string>

namespace foramen::core {

// The process exit codes, also listed in README.md.
enum class ExitCode : int {
  done = 0,
  wrong_input = 2,     // the user's configuration or command line
  world_failed = 3,    // a file, the disk, the mesher
  solver_failed = 4,   // no convergence, breakdown
  open_thresholds = 5, // finished, but some thresholds stayed open
  interrupted = 75,    // stopped by a signal; a rerun resumes
};

class Error : public std::runtime_error {
public:
  Error(ExitCode code, std::string place, std::string cause, std::string remedy);

  ExitCode exit_code() const { return code_; }
  const std::string& place() const { return place_; }
  const std::string& cause() const { return cause_; }
  const std::string& remedy() const { return remedy_; }

private:
  ExitCode code_;
  std::string place_, cause_, remedy_;
};

// The input is wrong: exit code 2.
struct ConfigError : Error {
  ConfigError(std::string place, std::string cause, std::string remedy)
      : Error(ExitCode::wrong_input, std::move(place), std::move(cause), std::move(remedy)) {}
};
// The world failed: exit code 3.
struct WorldError : Error {
  WorldError(std::string place, std::string cause, std::string remedy)
      : Error(ExitCode::world_failed, std::move(place), std::move(cause), std::move(remedy)) {}
};
// A solver failed: exit code 4.
struct SolverError : Error {
  SolverError(std::string place, std::string cause, std::string remedy)
      : Error(ExitCode::solver_failed, std::move(place), std::move(cause), std::move(remedy)) {}
};

// "a", 3, " b" -> "a3 b"; numbers with up to six significant digits.
template <class... Parts> std::string concat(const Parts&... parts) {
  std::ostringstream out;
  static_cast<void>((out << ... << parts)); // also with no parts
  return out.str();
}

[[noreturn]] void fail_expectation(const char* condition, const std::string& values,
                                   std::source_location where = std::source_location::current());

} // namespace foramen::core

namespace foramen {
using namespace core;
}

// We erred: a broken invariant. Always on, so the condition must cost O(1); values are printed.
#define FORAMEN_EXPECT(condition, ...)                                                             \
  do {                                                                                             \
    if (!(condition))                                                                              \
      ::foramen::core::fail_expectation(#condition, ::foramen::core::concat(__VA_ARGS__));         \
  } while (false)

// The same for costly conditions, in builds with FORAMEN_ASSERTIONS only.
#ifdef FORAMEN_ASSERTIONS
#define FORAMEN_ASSERT(condition, ...) FORAMEN_EXPECT(condition, __VA_ARGS__)
#else
#define FORAMEN_ASSERT(condition, ...)                                                             \
  do {                                                                                             \
  } while (false)
#endif
