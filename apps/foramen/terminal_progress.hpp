// Progress for people: a line that renews itself on a terminal, plain lines on a pipe, and a log
// file.
//
// On a terminal: stage, bar, per cent, time left. On a pipe: one line when a stage begins and one
// when it ends. Everything, with times, goes to the log. SIGINT and SIGTERM end the run at the next
// checkpoint with exit code 75; a second one ends it at once.
#pragma once

#include "core/progress.hpp"

#include <chrono>
#include <fstream>
#include <string>

namespace foramen::apps {

class TerminalProgress : public core::Progress {
public:
  // log_path empty: no log. Throws WorldError when the log cannot be written.
  explicit TerminalProgress(const std::string& log_path);
  ~TerminalProgress() override;
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;

  void stage(const std::string& name) override;
  void done(double fraction) override;
  void note(const std::string& line) override;
  void warning(const std::string& line) override;
  void checkpoint() override;

  void finish(); // ends the current stage's line

private:
  using Clock = std::chrono::steady_clock;
  void log(const std::string& kind, const std::string& line);
  void draw(double fraction);
  void clear_line();

  std::ofstream log_;
  bool terminal_ = false, line_open_ = false;
  std::string stage_;
  Clock::time_point start_ = Clock::now(), stage_start_ = start_, last_draw_ = start_;
};

} // namespace foramen::apps
