#include "field/unit_potentials.hpp"

#include "core/error.hpp"
#include "core/stopwatch.hpp"
#include "field/contact_solutions.hpp"

#include <cmath>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

std::string seconds(double s) {
  return concat(std::round(100.0 * s) / 100.0, " s");
}

} // namespace

UnitPotentials solve_unit_potentials(const VolumeScene& scene, const TetMesh& mesh,
                                     const SolverOptions& options, Progress& progress,
                                     const Ranks& ranks) {
  if (scene.electrodes.empty())
    throw ConfigError("volume scene", "it has no electrode", "give it at least one");
  core::Stopwatch clock;
  UnitPotentials out;
  SolverReport& report = out.report;

  Space space = build_space(scene, mesh, ranks);
  const Unknowns u = number_unknowns(scene, space);
  report.n_tets = space.elements.size();
  report.n_unknowns = static_cast<std::size_t>(u.n);
  report.straightened_elements = space.straightened;
  report.setup_s = clock.lap();
  progress.note(concat("field: ", report.n_tets, " tetrahedra, ", u.n, " unknowns, ",
                       space.straightened, " elements blended to straight, ",
                       seconds(report.setup_s)));
  progress.checkpoint();

  FieldMatrices matrices = assemble_field(ranks, scene, space, u);
  report.assembly_s = clock.lap();
  progress.note(concat("field: ", matrices.quadratic.a.value.size(), " matrix entries, ",
                       seconds(report.assembly_s)));
  progress.checkpoint();

  Multigrid multigrid(ranks, matrices.quadratic, std::move(matrices.linear), u, matrices.bounds,
                      {.share_from = options.shared_level_rows});
  report.multigrid_s = clock.lap();
  progress.note(
      concat("field: ", multigrid.n_levels(), " multigrid levels, ", seconds(report.multigrid_s)));

  solve_contacts(ranks, scene, space, u, matrices, multigrid, options, progress, {}, out);
  report.solve_s = clock.lap();
  progress.note(concat("field: ", scene.electrodes.size(), " contacts solved in ",
                       report.iterations, " iterations, residual ", report.residual,
                       ", currents balance to ", report.current_imbalance, ", ",
                       seconds(report.solve_s)));
  if (!ranks.first())
    return out;
  out.nodes = std::move(space.nodes);
  out.elements = std::move(space.elements);
  out.region = std::move(space.region);
  return out;
}

} // namespace foramen::field
