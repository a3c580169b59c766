#include "terminal_progress.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <iomanip>
#include <iostream>
#include <unistd.h>

namespace foramen::apps {
namespace {

volatile std::sig_atomic_t signalled = 0;

void on_signal(int signal) {
  if (signalled != 0)
    _exit(static_cast<int>(core::ExitCode::interrupted));
  signalled = signal;
}

double seconds(std::chrono::steady_clock::duration d) {
  return std::chrono::duration<double>(d).count();
}

std::string clock_text(double s) {
  const int whole = static_cast<int>(std::lround(s));
  std::ostringstream out;
  out << whole / 60 << ":" << std::setw(2) << std::setfill('0') << whole % 60;
  return out.str();
}

std::string fixed(double value, int digits) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(digits) << value;
  return out.str();
}

} // namespace

TerminalProgress::TerminalProgress(const std::string& log_path)
    : terminal_(isatty(STDERR_FILENO) != 0) {
  if (!log_path.empty()) {
    log_.open(log_path, std::ios::app);
    if (!log_)
      throw WorldError(log_path, "the log cannot be written",
                       "choose a folder you may write to with --out DIR");
  }
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

TerminalProgress::~TerminalProgress() {
  clear_line();
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

void TerminalProgress::log(const std::string& kind, const std::string& line) {
  if (log_.is_open())
    log_ << std::setw(9) << fixed(seconds(Clock::now() - start_), 2) << " s  " << std::left
         << std::setw(8) << kind << std::right << line << std::endl;
}

void TerminalProgress::clear_line() {
  if (line_open_)
    std::cerr << "\r\033[K" << std::flush;
  line_open_ = false;
}

void TerminalProgress::finish() {
  if (stage_.empty())
    return;
  clear_line();
  const std::string took = fixed(seconds(Clock::now() - stage_start_), 1) + " s";
  std::cerr << "  " << stage_ << ": " << took << "\n";
  log("stage", stage_ + " done in " + took);
  stage_.clear();
}

void TerminalProgress::stage(const std::string& name) {
  finish();
  stage_ = name;
  stage_start_ = Clock::now();
  log("stage", name);
  if (terminal_)
    draw(0.0);
}

void TerminalProgress::done(double fraction) {
  if (terminal_ && Clock::now() - last_draw_ > std::chrono::milliseconds(200))
    draw(fraction);
}

void TerminalProgress::draw(double fraction) {
  constexpr int width = 30;
  const int filled = static_cast<int>(std::lround(width * std::clamp(fraction, 0.0, 1.0)));
  const double spent = seconds(Clock::now() - stage_start_);
  std::cerr << "\r\033[K  " << stage_ << " [" << std::string(static_cast<std::size_t>(filled), '#')
            << std::string(static_cast<std::size_t>(width - filled), '.') << "] "
            << static_cast<int>(std::lround(100.0 * fraction)) << " %";
  if (fraction > 0.02)
    std::cerr << ", " << clock_text(spent * (1.0 - fraction) / fraction) << " left";
  std::cerr << std::flush;
  line_open_ = true;
  last_draw_ = Clock::now();
}

void TerminalProgress::note(const std::string& line) {
  log("note", line);
}

void TerminalProgress::warning(const std::string& line) {
  clear_line();
  std::cerr << "warning: " << line << "\n";
  log("warning", line);
}

void TerminalProgress::checkpoint() {
  if (signalled != 0) {
    log("signal", concat("number ", static_cast<int>(signalled), ": stopping"));
    throw core::Interrupted();
  }
}

} // namespace foramen::apps
