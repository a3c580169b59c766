// Runs another program and waits for it, but not for ever.
//
// Its output and errors go to a file together. While waiting, `progress.checkpoint()` is called ten
// times a second; when that throws, or the time is over, the child is killed. Errors: WorldError
// when the program cannot be started.
#pragma once

#include "core/progress.hpp"

#include <string>
#include <vector>

namespace foramen::field {

struct ChildEnd {
  enum class How { exited, killed_by_signal, out_of_time } how = How::exited;
  int code = 0; // exit code or signal
};

// arguments[0] is the program's path.
ChildEnd run_child(const std::vector<std::string>& arguments, const std::string& output_path,
                   double time_limit_s, core::Progress& progress);

// The last lines of a text file, joined by " | "; empty when there are none.
std::string last_lines(const std::string& path, std::size_t n);

} // namespace foramen::field
