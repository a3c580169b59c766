#include "study/field_run.hpp"

#include "core/error.hpp"
#include "study/field_errors.hpp"
#include "study/text_table.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {
namespace {

constexpr int most_rounds = 6;

using Fibres = std::vector<std::vector<PlacedFibre>>;

std::vector<FibrePotentials> potentials_of(const Study& study, FieldStage* field,
                                           const Fibres& fibres, Cache& cache, Progress& progress) {
  std::vector<FibrePotentials> potentials;
  for (std::size_t p = 0; p < fibres.size(); ++p)
    potentials.push_back(
        fibre_potentials(study, field, study.populations[p], fibres[p], cache, progress));
  return potentials;
}

// Solves the comparison and judges the run by it.
void compare(const Study& study, const Fibres& fibres, Cache& cache, Progress& progress,
             const field::Ranks& ranks, FieldRun& run) {
  const Study other = comparison_of(study);
  FieldStage stage(other, cache, progress, ranks);
  const std::vector<FibrePotentials> comparison =
      potentials_of(other, &stage, fibres, cache, progress);
  FieldAccuracy& accuracy = run.accuracy.emplace();
  accuracy.wanted = study.field.accuracy;
  accuracy.refine = study.field.refine;
  run.errors.clear();
  for (std::size_t p = 0; p < fibres.size(); ++p)
    accuracy.along_fibres.push_back(
        fibre_errors(study, fibres[p], run.potentials[p], comparison[p]));
  const Drive drive = drive_of(study, run.field->potentials().impedance);
  const Drive other_drive = drive_of(study, stage.potentials().impedance);
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    auto& errors = run.errors.emplace_back();
    for (std::size_t p = 0; p < fibres.size(); ++p) {
      const DrivenField solution{run.potentials[p], drive};
      errors.push_back(threshold_errors(i, fibres[p], solution, {comparison[p], other_drive}));
      accuracy.worst =
          std::max(accuracy.worst, reported_error(study, i, fibres[p], solution, errors.back()));
    }
  }
}

FieldRun one_round(const Study& study, const Fibres& fibres, Cache& cache, Progress& progress,
                   const field::Ranks& ranks, StageClock& clock) {
  FieldRun run;
  if (study.field.kind == FieldSettings::Kind::finite_elements) {
    run.field = std::make_unique<FieldStage>(study, cache, progress, ranks);
    run.field->key();
    clock.lap("mesh");
    run.field->potentials();
    clock.lap("field");
  }
  run.potentials = potentials_of(study, run.field.get(), fibres, cache, progress);
  clock.lap("potentials");
  if (estimates_field(study)) {
    compare(study, fibres, cache, progress, ranks, run);
    clock.lap("comparison");
  }
  return run;
}

} // namespace

FieldRun run_field(const Study& study, const Fibres& fibres, Cache& cache, Progress& progress,
                   const field::Ranks& ranks, StageClock& clock) {
  Study refined = study;
  FieldRun run = one_round(refined, fibres, cache, progress, ranks, clock);
  if (!study.field.accuracy)
    return run;
  const double wanted = *study.field.accuracy;
  for (int round = 1; run.accuracy->worst > wanted; ++round) {
    const double smaller = std::clamp(std::cbrt(0.8 * wanted / run.accuracy->worst), 0.5, 0.9);
    const double unknowns =
        static_cast<double>(run.field->potentials().report.n_unknowns) / std::pow(smaller, 3.0);
    const std::string so_far = concat("the field's part of a threshold's error is ",
                                      significant(100.0 * run.accuracy->worst, 2), " %, not ",
                                      significant(100.0 * wanted, 2),
                                      " %, at refine = ", significant(refined.field.refine, 3));
    if (unknowns > study.field.max_unknowns || round == most_rounds) {
      run.accuracy->missed =
          concat(so_far, unknowns > study.field.max_unknowns
                             ? concat("; the next mesh would have some ", significant(unknowns, 2),
                                      " unknowns, more than field.max_unknowns")
                             : concat(" after ", most_rounds, " meshes"));
      break;
    }
    progress.note(concat(so_far, ": refining"));
    refined.field.refine /= smaller;
    run = one_round(refined, fibres, cache, progress, ranks, clock);
  }
  return run;
}

} // namespace foramen::study
