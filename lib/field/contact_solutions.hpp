// Every contact's potentials from assembled matrices: sixteen contacts at a time, and what is
// reported about them.
#pragma once

#include "field/field_matrices.hpp"
#include "field/lane_solver.hpp"
#include "field/unit_potentials.hpp"

namespace foramen::field {

using LaneSolutions = std::vector<LaneVector<double>>; // sixteen contacts each, unknowns x lanes

struct SolvedContacts {
  LaneSolutions x;             // on the first rank; empty on others
  double start_residual = 1.0; // of the guesses
};

// Fills `phi` (first rank), `impedance` and the solver's part of `report`. `guess`: empty, or as
// the result of another call. Collective.
SolvedContacts solve_contacts(const Ranks& ranks, const VolumeScene& scene, const Space& space,
                              const Unknowns& unknowns, const FieldMatrices& matrices,
                              Multigrid& multigrid, const SolverOptions& options,
                              core::Progress& progress, const LaneSolutions& guess,
                              UnitPotentials& out);

} // namespace foramen::field
