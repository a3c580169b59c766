#include "field/contact_solutions.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"

#include <cmath>
#include <numeric>

namespace foramen::field {
namespace {

// |current through all contacts - current through the boundary| for 1 A, of one solution.
double imbalance(const Ranks& ranks, const FieldMatrices& matrices, const Unknowns& u,
                 const LaneVector<double>& x, std::size_t lane) {
  double sum = 0.0;
  const auto& [a, halo] = matrices.quadratic;
  for (const int e : u.of_electrode) {
    const std::size_t row = static_cast<std::size_t>(e) - halo.first();
    for (std::int64_t k = row < halo.own() ? a.begin[row] : 0;
         row < halo.own() && k < a.begin[row + 1]; ++k) {
      const auto i = static_cast<std::size_t>(k);
      sum += a.value[i] * x(static_cast<std::size_t>(a.column[i]), lane);
    }
  }
  for (std::size_t i = 0; i < halo.own(); ++i)
    sum -= matrices.outflow[i] * x(i, lane);
  const std::vector<double> parts = ranks.join(std::span<const double>(&sum, 1));
  return std::abs(std::accumulate(parts.begin(), parts.end(), 0.0));
}

} // namespace

SolvedContacts solve_contacts(const Ranks& ranks, const VolumeScene& scene, const Space& space,
                              const Unknowns& u, const FieldMatrices& matrices,
                              Multigrid& multigrid, const SolverOptions& options,
                              core::Progress& progress, const LaneSolutions& guess,
                              UnitPotentials& out) {
  SolverReport& report = out.report;
  const std::size_t n = scene.electrodes.size();
  if (ranks.first())
    out.phi.setZero(static_cast<Eigen::Index>(space.nodes.size()), static_cast<Eigen::Index>(n));
  out.impedance.setZero(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
  std::vector<std::string> names;
  for (const Electrode& electrode : scene.electrodes)
    names.push_back(core::concat("contact '", electrode.name, "'"));
  std::vector<Injections> currents;
  for (const int unknown : u.of_electrode)
    currents.push_back({{unknown, 1.0}});
  SolvedContacts solved;
  for (std::size_t first = 0; first < n; first += most_lanes) {
    const std::size_t count = std::min(most_lanes, n - first);
    LaneSolution solution = solve_currents(
        ranks, matrices.quadratic, multigrid, std::span(currents).subspan(first, count),
        std::span(names).subspan(first, count),
        {options.relative_tolerance, options.max_iterations}, progress,
        guess.empty() ? nullptr : &guess[first / most_lanes]);
    solved.start_residual = first == 0 ? solution.start_residual
                                       : std::max(solved.start_residual, solution.start_residual);
    report.iterations = std::max(report.iterations, solution.iterations);
    report.residual = std::max(report.residual, solution.residual);
    for (std::size_t l = 0; l < count; ++l)
      report.current_imbalance =
          std::max(report.current_imbalance, imbalance(ranks, matrices, u, solution.x, l));
    const Eigen::MatrixXd impedance = std::move(solution.impedance);
    solved.x.push_back(collect_rows(ranks, matrices.quadratic.halo, u.n, std::move(solution.x)));
    const LaneVector<double>& x = solved.x.back();
    if (!ranks.first())
      continue;
    core::parallel_for(space.nodes.size(), 4096, [&](std::size_t i) {
      if (u.of_node[i] != Unknowns::none)
        for (std::size_t l = 0; l < count; ++l)
          out.phi(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(first + l)) =
              x(static_cast<std::size_t>(u.of_node[i]), l);
    });
    for (std::size_t l = 0; l < count; ++l)
      for (std::size_t i = 0; i < n; ++i)
        out.impedance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(first + l)) =
            x(static_cast<std::size_t>(u.of_electrode[i]), l);
    const auto at = static_cast<Eigen::Index>(first), size = static_cast<Eigen::Index>(count);
    out.impedance.block(at, at, size, size) = impedance;
  }
  return solved;
}

} // namespace foramen::field
