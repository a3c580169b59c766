// The field's part of a run: solved, compared, and refined until it is as accurate as is wanted.
//
// Each round solves the study's field and its comparison and takes the potentials of both to the
// fibres. While a reported threshold's field error is above field.accuracy, the next mesh is to
// bring it to R = 0.8 accuracy / error, but to no less than an eighth: by smaller sizes where they
// matter to the goals (field_refinement.hpp), at least to a half, as that costs few elements and
// estimates scatter; or, after two rounds that brought less than half of what they promised (in the
// logarithm), and with a mesh pose, whose mesh is that of another place, by sizes R^(1/3) times as
// large everywhere, at most 0.9. Up to six rounds and field.max_unknowns. A goal that is not met is
// said (FieldAccuracy::missed), not an error.
#pragma once

#include "core/progress.hpp"
#include "study/cache.hpp"
#include "study/field_refinement.hpp"
#include "study/stage_clock.hpp"
#include "study/stages.hpp"
#include "study/study_result.hpp"

#include <memory>
#include <vector>

namespace foramen::study {

struct FieldRun {
  std::unique_ptr<FieldStage> field;                    // of the last round
  std::vector<FibrePotentials> potentials;              // per population
  std::vector<std::vector<std::vector<double>>> errors; // programme x population x fibre
  std::optional<FieldAccuracy> accuracy;                // empty without an estimate
  Drive drive;                                          // likewise
  std::vector<FieldGoal> goals;                         // empty without field.accuracy
};

// `fibres`: per population.
FieldRun run_field(const Study& study, const std::vector<std::vector<PlacedFibre>>& fibres,
                   Cache& cache, Progress& progress, const field::Ranks& ranks, StageClock& clock);

} // namespace foramen::study
