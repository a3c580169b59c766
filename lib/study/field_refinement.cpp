#include "study/field_refinement.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "field/goal_indicators.hpp"
#include "response/first_guess.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {
namespace {

constexpr std::string_view refinement_version = "refinement 1";

// A goal's functional: sum_i coefficient_i phi(point_i), phi the programme's.
struct Functional {
  std::vector<Vector3d> points;
  std::vector<int> regions; // may be empty
  std::vector<double> coefficients;
};

void add_fibre(Functional& f, double weight, const Study& study, const std::vector<int>& regions,
               const stimulus::Programme& programme, const PlacedFibre& fibre,
               const std::vector<double>& potentials) {
  constexpr double negligible = 1e-3; // of the largest coefficient
  const std::vector<double> all = response::guess_weights(
      fibre.cable, programme_field(potentials, programme.weights, 0, fibre.cable.n_compartments()),
      programme.waveform);
  double largest = 0.0;
  for (const double c : all)
    largest = std::max(largest, std::abs(c));
  for (std::size_t j = 0; j < all.size(); ++j) {
    if (std::abs(all[j]) <= negligible * largest)
      continue;
    f.points.push_back(study.anatomy.nerve.course->at(fibre.course_s[j], fibre.sample.u.si(),
                                                      fibre.sample.v.si()));
    f.coefficients.push_back(weight * all[j]);
    if (!regions.empty())
      f.regions.push_back(regions[fibre.sample.fascicle]);
  }
}

Artefact to_artefact(const field::GoalRefinement& r) {
  std::vector<std::int32_t> children;
  std::vector<double> sizes;
  for (const field::SizeOctree::Cell& cell : r.factor.cells) {
    children.push_back(cell.first_child);
    sizes.insert(sizes.end(), cell.size.begin(), cell.size.end());
  }
  Artefact a;
  a.set("first_child", std::move(children));
  a.set("size", std::move(sizes), {r.factor.cells.size(), 8});
  const Vector3d& o = r.factor.origin;
  a.set("cube", std::vector<double>{o.x(), o.y(), o.z(), r.factor.width});
  a.set("expected", std::vector<double>{r.elements, r.error});
  return a;
}

field::GoalRefinement refinement_of(const Artefact& a) {
  field::GoalRefinement r;
  const std::vector<double>&cube = a.doubles("cube"), &size = a.doubles("size");
  r.factor.origin = Vector3d(cube[0], cube[1], cube[2]);
  r.factor.width = cube[3];
  for (const std::int32_t child : a.integers("first_child")) {
    field::SizeOctree::Cell& cell = r.factor.cells.emplace_back();
    cell.first_child = child;
    for (std::size_t k = 0; k < 8; ++k)
      cell.size[k] = static_cast<float>(size[8 * (r.factor.cells.size() - 1) + k]);
  }
  r.elements = a.doubles("expected")[0];
  r.error = a.doubles("expected")[1];
  return r;
}

field::GoalRefinement refine(const std::vector<FieldGoal>& goals,
                             const std::vector<Functional>& functionals, double reduction,
                             const Drive& drive, FieldStage& field) {
  const field::UnitPotentials& u = field.potentials();
  const field::Sampler& sampler = field.sampler();
  std::vector<field::Goal> weighted(goals.size());
  field::NodeValues potential(u.phi.rows(), static_cast<Eigen::Index>(goals.size()));
  core::parallel_for(goals.size(), 1, [&](std::size_t g) {
    const Functional& f = functionals[g];
    weighted[g] = {concat("goal ", g + 1), sampler.weights(f.points, f.regions, f.coefficients)};
    const std::vector<double>& weights = drive.programmes[goals[g].programme].weights;
    const Eigen::Map<const Eigen::VectorXd> amperes(weights.data(), u.phi.cols());
    potential.col(static_cast<Eigen::Index>(g)) = u.phi * amperes;
  });
  const field::NodeValues indicators =
      field::goal_indicators(u, field.scene(), potential, field.adjoints(weighted));
  std::vector<double> sum(u.elements.size(), 0.0);
  for (std::size_t g = 0; g < goals.size(); ++g) {
    const auto column = indicators.col(static_cast<Eigen::Index>(g));
    const double total = column.sum();
    for (std::size_t t = 0; total > 0.0 && t < sum.size(); ++t)
      sum[t] += goals[g].error / total * column[static_cast<Eigen::Index>(t)];
  }
  return field::refine_for_goals(u, sum, reduction);
}

} // namespace

FieldGoal make_goal(std::size_t programme, std::size_t population, const ReportedError& reported,
                    const std::vector<double>& errors) {
  FieldGoal goal{programme, population, reported.error, {}};
  for (std::size_t f = 0; f < errors.size(); ++f) {
    const bool up = core::RandomStream(0, "signs of a goal", f).bits() % 2 == 0;
    const double sign = up ? 1.0 : -1.0;
    goal.weights.push_back(errors[f] > 0.0 ? sign / errors[f] : 0.0);
  }
  const double more =
      std::sqrt(static_cast<double>(errors.size()) / static_cast<double>(reported.fibres.size()));
  for (const std::size_t f : reported.fibres)
    goal.weights[f] *= more;
  return goal;
}

std::vector<FieldGoal> largest_goals(std::vector<FieldGoal> goals) {
  std::stable_sort(goals.begin(), goals.end(),
                   [](const FieldGoal& a, const FieldGoal& b) { return a.error > b.error; });
  const auto end = std::find_if(goals.begin(), goals.end(), [&](const FieldGoal& goal) {
    return !(goal.error > 0.5 * goals.front().error);
  });
  goals.erase(end, goals.end());
  if (goals.size() > most_goals)
    goals.resize(most_goals);
  return goals;
}

field::GoalRefinement refine_field(const std::vector<FieldGoal>& goals, double reduction,
                                   const Study& study, FieldStage& field, const Drive& drive,
                                   const std::vector<std::vector<PlacedFibre>>& fibres,
                                   const std::vector<FibrePotentials>& potentials, Cache& cache,
                                   Progress& progress) {
  FORAMEN_EXPECT(!goals.empty(), "no goals");
  core::Hasher hasher;
  hasher.add(refinement_version).add(field.key()).add(reduction);
  const std::vector<int> regions = field.fascicle_regions();
  std::vector<Functional> functionals;
  for (const FieldGoal& goal : goals) {
    const stimulus::Programme& programme = drive.programmes[goal.programme];
    Functional& f = functionals.emplace_back();
    for (std::size_t i = 0; i < goal.weights.size(); ++i)
      if (goal.weights[i] != 0.0)
        add_fibre(f, goal.weights[i], study, regions, programme, fibres[goal.population][i],
                  potentials[goal.population][i]);
    hasher.add(goal.error);
    hasher.add_values(std::span(f.points.data(), f.points.size()));
    hasher.add_values(std::span(f.coefficients.data(), f.coefficients.size()));
    hasher.add_values(std::span(programme.weights.data(), programme.weights.size()));
  }
  progress.stage("refinement");
  const field::GoalRefinement refinement =
      refinement_of(cache.get("refinement", hasher.digest(), progress, [&] {
        return to_artefact(refine(goals, functionals, reduction, drive, field));
      }));
  progress.note(concat("refinement: ", goals.size(), goals.size() == 1 ? " goal" : " goals",
                       ", tetrahedra some ", std::round(100.0 * refinement.elements) / 100.0,
                       " times as many"));
  progress.checkpoint();
  return refinement;
}

} // namespace foramen::study
