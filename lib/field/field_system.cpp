#include "field/field_system.hpp"

#include "core/error.hpp"
#include "core/stopwatch.hpp"

namespace foramen::field {

using core::concat;
using core::seconds_text;

FieldSystem::FieldSystem(const VolumeScene& scene, const TetMesh& mesh,
                         const SolverOptions& options, Progress& progress, const Ranks& ranks,
                         SolverReport& report) {
  core::Stopwatch clock;
  space = build_space(scene, mesh, ranks);
  unknowns = number_unknowns(scene, space);
  report.n_tets = space.elements.size();
  report.n_unknowns = static_cast<std::size_t>(unknowns.n);
  report.straightened_elements = space.straightened;
  report.setup_s = clock.lap();
  progress.note(concat("field: ", report.n_tets, " tetrahedra, ", unknowns.n, " unknowns, ",
                       space.straightened, " elements blended to straight, ",
                       seconds_text(report.setup_s)));
  progress.checkpoint();

  matrices = assemble_field(ranks, scene, space, unknowns);
  report.assembly_s = clock.lap();
  progress.note(concat("field: ", matrices.quadratic.a.value.size(), " matrix entries, ",
                       seconds_text(report.assembly_s)));
  progress.checkpoint();

  multigrid = std::make_unique<Multigrid>(
      ranks, matrices.quadratic, std::move(matrices.linear), unknowns, matrices.bounds,
      MultigridOptions{.share_from = options.shared_level_rows});
  report.multigrid_s = clock.lap();
  progress.note(concat("field: ", multigrid->n_levels(), " multigrid levels, ",
                       seconds_text(report.multigrid_s)));
}

} // namespace foramen::field
