// A sweep as people read it: a line per point with its axis values and its lowest threshold.
#pragma once

#include "study/sweep.hpp"

#include <string>
#include <vector>

namespace foramen::study {

// FOLDER/points/NNNN of a point.
std::string point_folder(const std::string& folder, std::size_t index);

// Reads the summaries of the points named; "captured" appears when the study has a capture
// amplitude.
std::string sweep_table(const std::vector<SweepAxis>& axes, const std::vector<SweepPoint>& points,
                        const std::vector<std::size_t>& finished, const std::string& folder);

} // namespace foramen::study
