// One study from settings to files: what `foramen run` and every point of a sweep do.
#pragma once

#include "core/progress.hpp"
#include "field/ranks.hpp"
#include "study/cache.hpp"
#include "study/study.hpp"
#include "study/study_result.hpp"

#include <string>
#include <vector>

namespace foramen::study {

struct Outcome {
  StudyResult result;
  std::string table;              // as people read it
  std::vector<std::string> files; // written, in the order of importance
  bool open_thresholds = false;
};

// The folder must exist. Files: results.h5, summary.csv, thresholds.csv, recruitment.csv, and
// field.h5 with field.xdmf when asked for; each appears whole or not at all. On several ranks: for
// the first one, while the others are in `serve_first_rank`.
Outcome execute(const Study& study, const std::string& folder, Cache& cache,
                Progress& progress = silent(), const field::Ranks& ranks = field::Ranks::alone());

} // namespace foramen::study
