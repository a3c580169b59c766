// The one frequency at which a study's conductivities are taken, where any depend on it.
//
// A study has one field but may have several programmes. `field.frequency` states the frequency.
// Without it every programme asks for its pulse's dominant frequency (stimulus/spectrum.hpp) and
// the study takes the geometric mean of the lowest and the highest, as long as no conductivity (or
// perineurial resistivity) differs by more than 20 % between these two: mostly they agree, for
// tissues change by some per cent per octave below 10 kHz.
//
// Errors: ConfigError at [field] when they differ by more, with the value that does, and at
// field.frequency when nothing depends on a frequency.
#pragma once

#include "study/study.hpp"

#include <string>
#include <vector>

namespace foramen::study {

// Evaluates the anatomy and returns the frequency; none when nothing depends on one. `field` is the
// table that `stated` came from.
std::optional<Frequency> settle_frequency(anatomy::Anatomy& anatomy,
                                          const std::vector<stimulus::Programme>& programmes,
                                          std::optional<Frequency> stated,
                                          const config::Table& field);

// The frequency and where it came from, then a line per conductivity taken at it. Empty when none
// was.
std::vector<std::string> frequency_report(const Study& study);

} // namespace foramen::study
