// Where the mesh of a study has to be finer for its thresholds: goal-oriented refinement.
//
// A goal is a programme and a population whose reported thresholds have large field errors; at most
// `most_goals`. Its functional is a sum over the fibres f,
//
//   J = sum_f +-w_f J_f,  w_f = 1 / error_f, times sqrt(fibres / reported ones) for reported ones,
//
// J_f what the first guess makes of the potential along a fibre (response::guess_weights), by the
// weights of nodes with which the potential is sampled. With signs at random the squared norm of
// the adjoint's error in an element is on average the sum of the squares of all fibres (Hutchinson
// 1990, doi:10.1080/03610919008812866), so that one solve stands for a population: each fibre's
// error matters (`usual` in field_errors.hpp), those of reported fibres together as much as all
// the others'. Adjoint potentials and indicators: field/adjoint_potentials.hpp,
// field/goal_indicators.hpp; each goal's indicators are scaled to its field error and summed.
//
// Cost: a set-up, a solve of as many right-hand sides to 1e-3, and 0.3 s a goal: on two threads 3.6
// s for the two goals of the L5 study with 0.77 million unknowns, 11.5 s for sixteen with 0.81
// million.
#pragma once

#include "field/goal_refinement.hpp"
#include "study/field_errors.hpp"
#include "study/stages.hpp"

#include <vector>

namespace foramen::study {

struct FieldGoal {
  std::size_t programme = 0, population = 0;
  double error = 0.0;          // of the reported thresholds, by the field, relative
  std::vector<double> weights; // +-w_f per fibre
};
inline constexpr std::size_t most_goals = 16;

// `errors`: of all fibres.
FieldGoal make_goal(std::size_t programme, std::size_t population, const ReportedError& reported,
                    const std::vector<double>& errors);

// The largest errors first; those below a half of the largest are left out.
std::vector<FieldGoal> largest_goals(std::vector<FieldGoal> goals);

// Sizes that bring the errors of the goals to `reduction` of themselves. `drive`: of `field`;
// `fibres` and `potentials`: per population.
field::GoalRefinement refine_field(const std::vector<FieldGoal>& goals, double reduction,
                                   const Study& study, FieldStage& field, const Drive& drive,
                                   const std::vector<std::vector<PlacedFibre>>& fibres,
                                   const std::vector<FibrePotentials>& potentials, Cache& cache,
                                   Progress& progress);

} // namespace foramen::study
