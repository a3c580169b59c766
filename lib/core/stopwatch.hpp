// Seconds since the last look.
#pragma once

#include "core/error.hpp"

#include <chrono>
#include <cmath>
#include <string>

namespace foramen::core {

class Stopwatch {
public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// To a hundredth: "1.23 s".
inline std::string seconds_text(double seconds) {
  return concat(std::round(100.0 * seconds) / 100.0, " s");
}

} // namespace foramen::core
