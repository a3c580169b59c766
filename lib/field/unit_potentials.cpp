#include "field/unit_potentials.hpp"

#include "core/error.hpp"
#include "core/stopwatch.hpp"
#include "field/contact_solutions.hpp"
#include "field/field_system.hpp"

namespace foramen::field {

using core::concat;
using core::ConfigError;

UnitPotentials solve_unit_potentials(const VolumeScene& scene, const TetMesh& mesh,
                                     const SolverOptions& options, Progress& progress,
                                     const Ranks& ranks) {
  if (scene.electrodes.empty())
    throw ConfigError("volume scene", "it has no electrode", "give it at least one");
  UnitPotentials out;
  SolverReport& report = out.report;
  FieldSystem system(scene, mesh, options, progress, ranks, report);
  core::Stopwatch clock;
  solve_contacts(ranks, scene, system.space, system.unknowns, system.matrices, *system.multigrid,
                 options, progress, {}, out);
  report.solve_s = clock.lap();
  progress.note(concat("field: ", scene.electrodes.size(), " contacts solved in ",
                       report.iterations, " iterations, residual ", report.residual,
                       ", currents balance to ", report.current_imbalance, ", ",
                       core::seconds_text(report.solve_s)));
  if (!ranks.first())
    return out;
  out.nodes = std::move(system.space.nodes);
  out.elements = std::move(system.space.elements);
  out.region = std::move(system.space.region);
  return out;
}

} // namespace foramen::field
