// What a study would cost, before anything is computed: for `foramen check`.
#pragma once

#include "study/study.hpp"

#include <string>

namespace foramen::study {

// Lines of text: fibres, programmes, thresholds, compartments, expected time and memory on this
// machine's threads. Times are from benchmarks/README.md and hold within a factor of two.
std::string cost_estimate(const Study& study);

} // namespace foramen::study
