#include "field/unit_potentials.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/electrodes.hpp"
#include "field/lane_solver.hpp"
#include "field/local_matrices.hpp"
#include "field/multigrid.hpp"
#include "field/operator.hpp"
#include "field/space.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

class Stopwatch {
public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

struct Operators {
  SparseMatrix quadratic, linear;
  Eigen::VectorXd outflow; // outflow . phi: current through the outer boundary
};

// The current that leaves through grounded nodes, -(K phi) summed over them, and through open
// faces.
Eigen::VectorXd outflow_weights(const Unknowns& u, std::span<const LocalMatrices> parts) {
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(u.n);
  constexpr std::size_t open_part = 2;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const LocalMatrices& part = parts[k];
    for (std::size_t m = 0; m < part.count(); ++m) {
      const int* nodes = part.nodes.data() + m * part.size;
      for (std::size_t a = 0; a < part.size; ++a) {
        const bool leaves = k == open_part || u.grounded[static_cast<std::size_t>(nodes[a])];
        for (std::size_t b = 0; leaves && b < part.size; ++b) {
          const int column = u.of_node[static_cast<std::size_t>(nodes[b])];
          const double value = part.values[m * part.packed() +
                                           packed_index(std::min(a, b), std::max(a, b), part.size)];
          if (column != Unknowns::none)
            weights[column] += k == open_part ? value : -value;
        }
      }
    }
  }
  return weights;
}

Operators assemble_operators(const VolumeScene& scene, const Space& space, const Unknowns& u) {
  const LocalMatrices quadratic[] = {element_matrices(scene, space), sheet_matrices(space),
                                     open_boundary_matrices(scene, space)};
  const LocalMatrices linear[] = {on_linear(quadratic[0]), on_linear(quadratic[1]),
                                  on_linear(quadratic[2])};
  std::vector<int> linear_of_node(u.of_node.size(), Unknowns::none);
  for (std::size_t i = 0; i < linear_of_node.size(); ++i)
    if (u.of_node[i] != Unknowns::none)
      linear_of_node[i] = u.linear_of[static_cast<std::size_t>(u.of_node[i])];
  return {assemble(u.n, u.of_node, quadratic), assemble(u.n_linear, linear_of_node, linear),
          outflow_weights(u, quadratic)};
}

// |current through all contacts - current through the boundary| for 1 A, of one solution.
double imbalance(const Operators& operators, const Unknowns& u, const LaneVector<double>& x,
                 std::size_t lane) {
  double sum = 0.0;
  const SparseMatrix& a = operators.quadratic;
  for (const int e : u.of_electrode) {
    const auto row = static_cast<std::size_t>(e);
    for (std::int64_t k = a.begin[row]; k < a.begin[row + 1]; ++k) {
      const auto i = static_cast<std::size_t>(k);
      sum += a.value[i] * x(static_cast<std::size_t>(a.column[i]), lane);
    }
  }
  for (Eigen::Index i = 0; i < operators.outflow.size(); ++i)
    sum -= operators.outflow[i] * x(static_cast<std::size_t>(i), lane);
  return std::abs(sum);
}

std::string seconds(double s) {
  return concat(std::round(100.0 * s) / 100.0, " s");
}

} // namespace

UnitPotentials solve_unit_potentials(const VolumeScene& scene, const TetMesh& mesh,
                                     const SolverOptions& options, Progress& progress) {
  if (scene.electrodes.empty())
    throw ConfigError("volume scene", "it has no electrode", "give it at least one");
  Stopwatch clock;
  UnitPotentials out;
  SolverReport& report = out.report;

  Space space = build_space(scene, mesh);
  const Unknowns u = number_unknowns(scene, space);
  report.n_tets = space.elements.size();
  report.n_unknowns = static_cast<std::size_t>(u.n);
  report.straightened_elements = space.straightened;
  report.setup_s = clock.lap();
  progress.note(concat("field: ", report.n_tets, " tetrahedra, ", u.n, " unknowns, ",
                       space.straightened, " elements blended to straight, ",
                       seconds(report.setup_s)));
  progress.checkpoint();

  const Operators operators = assemble_operators(scene, space, u);
  report.assembly_s = clock.lap();
  progress.note(concat("field: ", operators.quadratic.value.size(), " matrix entries, ",
                       seconds(report.assembly_s)));
  progress.checkpoint();

  Multigrid multigrid(operators.quadratic, operators.linear, u);
  report.multigrid_s = clock.lap();
  progress.note(
      concat("field: ", multigrid.n_levels(), " multigrid levels, ", seconds(report.multigrid_s)));

  const std::size_t n = scene.electrodes.size();
  out.phi.setZero(static_cast<Eigen::Index>(space.nodes.size()), static_cast<Eigen::Index>(n));
  out.impedance.resize(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
  std::vector<std::string> names;
  for (const Electrode& electrode : scene.electrodes)
    names.push_back(electrode.name);
  for (std::size_t first = 0; first < n; first += most_lanes) {
    const std::size_t count = std::min(most_lanes, n - first);
    const LaneSolution solution = solve_unit_currents(
        operators.quadratic, multigrid, std::span(u.of_electrode).subspan(first, count),
        std::span(names).subspan(first, count),
        {options.relative_tolerance, options.max_iterations}, progress);
    report.iterations = std::max(report.iterations, solution.iterations);
    report.residual = std::max(report.residual, solution.residual);
    core::parallel_for(space.nodes.size(), 4096, [&](std::size_t i) {
      if (u.of_node[i] != Unknowns::none)
        for (std::size_t l = 0; l < count; ++l)
          out.phi(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(first + l)) =
              solution.x(static_cast<std::size_t>(u.of_node[i]), l);
    });
    for (std::size_t l = 0; l < count; ++l) {
      for (std::size_t i = 0; i < n; ++i)
        out.impedance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(first + l)) =
            solution.x(static_cast<std::size_t>(u.of_electrode[i]), l);
      report.current_imbalance =
          std::max(report.current_imbalance, imbalance(operators, u, solution.x, l));
    }
  }
  report.solve_s = clock.lap();
  progress.note(concat("field: ", n, " contacts solved in ", report.iterations,
                       " iterations, residual ", report.residual, ", currents balance to ",
                       report.current_imbalance, ", ", seconds(report.solve_s)));
  out.nodes = std::move(space.nodes);
  out.elements = std::move(space.elements);
  out.region = std::move(space.region);
  return out;
}

} // namespace foramen::field
