// A multigrid hierarchy for a symmetric positive matrix, by algebraic coarsening (hypre's
// BoomerAMG).
//
// PETSc and hypre are used for this set-up only: HMIS coarsening with strong threshold 0.25,
// extended+i interpolation of at most 4 entries per row. The linear level is an eighth of the
// quadratic one, so good coarsening is cheap: an aggressive first level would save nothing and
// nearly double the iterations (README). PETSc starts on first use, on this
// process alone, without mpirun. Coarsening stops at `coarsest` unknowns. Errors: SolverError with
// PETSc's message. Cost: 0.3 s for 45 000 unknowns. Serialised; any thread may call.
#pragma once

#include "field/operator.hpp"

namespace foramen::field {

struct AlgebraicLevel {
  SparseMatrix prolongation; // from this level to the finer one
  SparseMatrix a;            // P^T A P
};

// Levels below the given one, finest first; empty if the matrix has at most `coarsest` rows.
std::vector<AlgebraicLevel> algebraic_hierarchy(const SparseMatrix& a, int coarsest = 400);

} // namespace foramen::field
