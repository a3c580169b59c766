// What a long computation tells the user: stages, the part done, and lines for the log.
//
// Libraries receive a `Progress&` and know nothing about terminals; the program decides what to
// show. `checkpoint()` is called between pieces of work: it throws `Interrupted` once a signal has
// arrived.
#pragma once

#include <stdexcept>
#include <string>

namespace foramen::core {

struct Interrupted : std::runtime_error {
  Interrupted()
      : std::runtime_error("interrupted; what is finished is kept, run again to resume") {}
};

class Progress {
public:
  virtual ~Progress() = default;
  virtual void stage(const std::string& name) { static_cast<void>(name); }
  virtual void done(double fraction) { static_cast<void>(fraction); }     // of this stage, 0 to 1
  virtual void note(const std::string& line) { static_cast<void>(line); } // for the log
  virtual void warning(const std::string& line) { static_cast<void>(line); } // log and terminal
  virtual void checkpoint() {}
};

// Says nothing.
Progress& silent();

} // namespace foramen::core

namespace foramen {
using namespace core;
}
