#include "field/adjoint_potentials.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/field_system.hpp"
#include "field/lane_solver.hpp"

#include <map>

namespace foramen::field {
namespace {

// Nodes of a contact share one unknown; grounded ones have none and see nothing.
Injections injections(const Goal& goal, const Unknowns& unknowns) {
  std::map<int, double> into;
  for (const auto& [node, weight] : goal.weight)
    if (const int u = unknowns.of_node[static_cast<std::size_t>(node)]; u != Unknowns::none)
      into[u] += weight;
  Injections all;
  for (const auto& [unknown, amperes] : into)
    all.push_back({unknown, amperes});
  return all;
}

} // namespace

NodeValues adjoint_potentials(const VolumeScene& scene, const TetMesh& mesh,
                              const std::vector<Goal>& goals, const SolverOptions& options,
                              Progress& progress, const Ranks& ranks) {
  FORAMEN_EXPECT(!goals.empty() && goals.size() <= most_lanes, goals.size(), " goals");
  SolverReport report;
  FieldSystem system(scene, mesh, options, progress, ranks, report);
  const Unknowns& u = system.unknowns;
  std::vector<Injections> currents;
  std::vector<std::string> names;
  for (const Goal& goal : goals) {
    currents.push_back(injections(goal, u));
    names.push_back(core::concat("the adjoint of ", goal.name));
  }
  core::Stopwatch clock;
  const RankRows& matrix = system.matrices.quadratic;
  LaneSolution solution =
      solve_currents(ranks, matrix, *system.multigrid, currents, names,
                     {options.relative_tolerance, options.max_iterations}, progress);
  progress.note(core::concat("field: ", goals.size(), " adjoints solved in ", solution.iterations,
                             " iterations, ", core::seconds_text(clock.lap())));
  const LaneVector<double> x = collect_rows(ranks, matrix.halo, u.n, std::move(solution.x));
  NodeValues z;
  if (!ranks.first())
    return z;
  z.setZero(static_cast<Eigen::Index>(system.space.nodes.size()),
            static_cast<Eigen::Index>(goals.size()));
  core::parallel_for(system.space.nodes.size(), 4096, [&](std::size_t i) {
    if (u.of_node[i] != Unknowns::none)
      for (std::size_t l = 0; l < goals.size(); ++l)
        z(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(l)) =
            x(static_cast<std::size_t>(u.of_node[i]), l);
  });
  return z;
}

} // namespace foramen::field
