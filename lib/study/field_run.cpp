#include "study/field_run.hpp"

#include "core/error.hpp"
#include "study/field_errors.hpp"
#include "study/text_table.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

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
  run.drive = drive_of(study, run.field->potentials().impedance);
  const Drive other_drive = drive_of(study, stage.potentials().impedance);
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    auto& errors = run.errors.emplace_back();
    for (std::size_t p = 0; p < fibres.size(); ++p) {
      const DrivenField solution{run.potentials[p], run.drive};
      errors.push_back(threshold_errors(i, fibres[p], solution, {comparison[p], other_drive}));
      const ReportedError reported = reported_error(study, i, fibres[p], solution, errors.back());
      accuracy.worst = std::max(accuracy.worst, reported.error);
      if (study.field.accuracy)
        run.goals.push_back(make_goal(i, p, reported, errors.back()));
    }
  }
  run.goals = largest_goals(std::move(run.goals));
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

// The next mesh: by sizes where they matter, or everywhere; and its expected unknowns.
double refine_next(bool by_goals, double reduction, const FieldRun& run, const Fibres& fibres,
                   Cache& cache, Progress& progress, Study& study) {
  const double unknowns = static_cast<double>(run.field->potentials().report.n_unknowns);
  if (!by_goals) {
    study.field.refine /= std::cbrt(reduction);
    return unknowns / reduction;
  }
  field::GoalRefinement next = refine_field(run.goals, reduction, study, *run.field, run.drive,
                                            fibres, run.potentials, cache, progress);
  study.field.finer.push_back(std::make_shared<const field::SizeOctree>(std::move(next.factor)));
  return unknowns * next.elements;
}

} // namespace

FieldRun run_field(const Study& study, const Fibres& fibres, Cache& cache, Progress& progress,
                   const field::Ranks& ranks, StageClock& clock) {
  constexpr double strongest = 0.125, weakest = 0.73; // sizes times 0.5 and 0.9 everywhere
  constexpr double weakest_by_goals = 0.5;            // some 1.1 to 1.2 times the elements
  Study refined = study;
  FieldRun run = one_round(refined, fibres, cache, progress, ranks, clock);
  if (!study.field.accuracy)
    return run;
  const double wanted = *study.field.accuracy;
  constexpr int enough = 2; // rounds by goals that brought less than half of what they promised
  int vain = study.mesh_pose ? enough : 0;
  for (int round = 1; run.accuracy->worst > wanted; ++round) {
    const double worst = run.accuracy->worst;
    const bool by_goals = vain < enough;
    const std::string so_far =
        concat("the field's part of a threshold's error is ", significant(100.0 * worst, 2),
               " %, not ", significant(100.0 * wanted, 2), " %, on mesh ", round);
    if (round == most_rounds) {
      run.accuracy->missed = so_far;
      break;
    }
    const double reduction =
        std::clamp(0.8 * wanted / worst, strongest, by_goals ? weakest_by_goals : weakest);
    const double unknowns = refine_next(by_goals, reduction, run, fibres, cache, progress, refined);
    clock.lap("refinement");
    if (unknowns > study.field.max_unknowns) {
      run.accuracy->missed =
          concat(so_far, "; the next one would have some ", significant(unknowns, 2),
                 " unknowns, more than field.max_unknowns");
      break;
    }
    progress.note(concat(so_far, ": refining ", by_goals ? "where it matters" : "everywhere"));
    run = one_round(refined, fibres, cache, progress, ranks, clock);
    run.accuracy->meshes = round + 1;
    if (std::log(run.accuracy->worst / worst) > 0.5 * std::log(reduction))
      ++vain;
  }
  return run;
}

} // namespace foramen::study
