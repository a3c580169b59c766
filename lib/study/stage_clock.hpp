// Seconds that a run's stages took; laps of one name add up.
#pragma once

#include "core/stopwatch.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace foramen::study {

class StageClock {
public:
  void lap(const std::string& stage) {
    const auto known = std::find_if(seconds_.begin(), seconds_.end(),
                                    [&](const auto& entry) { return entry.first == stage; });
    const double lap = watch_.lap();
    if (known != seconds_.end())
      known->second += lap;
    else
      seconds_.emplace_back(stage, lap);
  }
  const std::vector<std::pair<std::string, double>>& seconds() const { return seconds_; }

private:
  core::Stopwatch watch_;
  std::vector<std::pair<std::string, double>> seconds_;
};

} // namespace foramen::study
