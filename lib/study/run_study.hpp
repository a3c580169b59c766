// A study from settings to results: the order of the pipeline.
//
// Stops between pieces of work with core::Interrupted when a signal has come; what is finished is
// in the cache, and a rerun gives the same bits.
#pragma once

#include "core/progress.hpp"
#include "study/cache.hpp"
#include "study/stages.hpp"
#include "study/study.hpp"
#include "study/study_result.hpp"

#include <memory>
#include <vector>

namespace foramen::study {

struct Run {
  StudyResult result;
  std::unique_ptr<FieldStage> field;       // null for point sources
  std::vector<FibrePotentials> potentials; // as in Study::populations
};

// On several ranks: for the first one, while the others are in `serve_first_rank`.
Run run_study(const Study& study, Cache& cache, Progress& progress = silent(),
              const field::Ranks& ranks = field::Ranks::alone());

} // namespace foramen::study
