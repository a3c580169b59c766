// Conjugate gradients for all contacts at once, each lane with scalars of its own.
//
// Solution, residual and matrix in double precision, preconditioner in single; the flexible
// (Polak-Ribiere) form absorbs its rounding. A lane that has converged rests while the others go
// on. Convergence: sqrt(r . M r) relative to its start, which multigrid makes close to the energy
// norm of the error; the impedance matrix is then right to its square on the diagonal, to itself
// beside it. More than 16 right-hand sides are taken 16 at a time. Errors: SolverError on breakdown
// and at the iteration limit.
#pragma once

#include "core/progress.hpp"
#include "field/multigrid.hpp"

#include <span>

namespace foramen::field {

struct LaneSolution {
  LaneVector<double> x;  // unknowns x lanes (padded)
  int iterations = 0;    // of the slowest lane
  double residual = 0.0; // largest, relative
};

struct LaneTolerance {
  double relative = 1e-5;
  int most_iterations = 100;
};

// Right-hand sides are 1 A into one unknown each; `names` label the lanes in messages.
LaneSolution solve_unit_currents(const SparseMatrix& a, Multigrid& multigrid,
                                 std::span<const int> unknowns, std::span<const std::string> names,
                                 const LaneTolerance& tolerance, core::Progress& progress);

} // namespace foramen::field
