// BoomerAMG's levels, through PETSc, to compare our own with (field/algebraic_hierarchy.hpp): HMIS
// coarsening with strong threshold 0.25, extended+i interpolation of at most 4 entries per row. One
// process; errors: SolverError with PETSc's message.
#pragma once

#include "field/algebraic_hierarchy.hpp"

namespace foramen::benchmarks {

// Levels below the given one, finest first, without their restrictions.
std::vector<field::AlgebraicLevel> boomeramg_levels(const field::SparseMatrix& a,
                                                    int coarsest = 400);

} // namespace foramen::benchmarks
