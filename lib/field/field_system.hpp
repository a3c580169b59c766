// What a scene on a mesh is solved with: nodes, unknowns, matrices, multigrid.
//
// Collective; every rank keeps its share of the rows. Errors and cost: unit_potentials.hpp.
#pragma once

#include "field/field_matrices.hpp"
#include "field/multigrid.hpp"
#include "field/unit_potentials.hpp"

#include <memory>

namespace foramen::field {

struct FieldSystem {
  // Fills the report's sizes and seconds of what is done here.
  FieldSystem(const VolumeScene& scene, const TetMesh& mesh, const SolverOptions& options,
              Progress& progress, const Ranks& ranks, SolverReport& report);
  FieldSystem(const FieldSystem&) = delete; // the multigrid refers to the matrices
  FieldSystem& operator=(const FieldSystem&) = delete;

  Space space;
  Unknowns unknowns;
  FieldMatrices matrices; // without `linear`, which the multigrid has
  std::unique_ptr<Multigrid> multigrid;
};

} // namespace foramen::field
