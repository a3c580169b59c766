// A multigrid hierarchy for a symmetric positive matrix, by algebraic coarsening.
//
// From each level the next: strong dependences, coarse unknowns (coarsening.hpp), interpolation P
// and P^T A P (interpolation.hpp), until at most `coarsest` unknowns are left or nothing depends
// on anything. The linear level is an eighth of the quadratic one, so good coarsening is cheap: an
// aggressive first level would save nothing and nearly double the iterations (README).
//
// Every rank holds all of every level and chooses coarse unknowns for itself; rows of P and of
// P^T A P are shared out and then told to all. The same bits on any number of ranks and threads.
// A row without a positive diagonal is found by Multigrid, not here. Collective. Cost: README,
// "Solver".
#pragma once

#include "field/operator.hpp"
#include "field/ranks.hpp"

namespace foramen::field {

struct AlgebraicLevel {
  SparseMatrix prolongation; // from this level to the finer one
  SparseMatrix restriction;  // its transpose
  SparseMatrix a;            // P^T A P
};

// Levels below the given one, finest first; empty if the matrix has at most `coarsest` rows.
std::vector<AlgebraicLevel> algebraic_hierarchy(const Ranks& ranks, const SparseMatrix& a,
                                                int coarsest = 400);

} // namespace foramen::field
