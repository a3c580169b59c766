// Running the points of a sweep, and joining them into one file.
//
// Point i lives in FOLDER/points/NNNN/ with the files of a run. A point whose results.h5 is whole
// and came from the same resolved configuration and program version is not computed again, so a
// killed sweep resumes where it was; all points share the stage cache. A point that fails is
// reported and the others go on.
#pragma once

#include "core/error.hpp"
#include "core/progress.hpp"
#include "study/cache.hpp"
#include "study/sweep.hpp"

#include <string>
#include <vector>

namespace foramen::study {

struct SweepOutcome {
  std::size_t points = 0, finished = 0, reused = 0; // of this shard
  std::vector<std::string> problems;                // one per failed point
  core::ExitCode worst = core::ExitCode::done;
  bool open_thresholds = false;
  std::string table; // axis values and thresholds, a line per point
};

SweepOutcome run_sweep(const std::string& study_path, const std::vector<std::string>& overrides,
                       const Shard& shard, const std::string& folder, Cache& cache,
                       Progress& progress = silent());

struct MergeOutcome {
  std::string file, table;
};

// FOLDER/merged.h5: the summary and the thresholds of all points with the axes as leading
// dimensions. Throws WorldError when points are missing or differ in shape, naming them.
MergeOutcome merge_sweep(const std::string& folder);

} // namespace foramen::study
