// Conjugate gradients for all contacts at once, each lane with scalars of its own.
//
// Directions, residuals and preconditioner in single precision, the solution in double: whenever
// residuals have fallen to a thirtieth, the steps since are added to the solution and the residual
// is computed anew in double precision (reliable updates: van der Vorst & Ye 2000,
// doi:10.1137/S1064827599353865). So the answer is as exact as the tolerance asks although seven
// of eight products read half the bytes. The flexible (Polak-Ribiere) form absorbs rounding, and a
// cycle that is not symmetric (Notay 2000, doi:10.1137/S1064827599362314).
//
// A lane that has converged rests while the others go on. Convergence: sqrt(r . M r) relative to
// its start, which multigrid makes close to the energy norm of the error. Beside the solutions of
// A x_i = b_i the products b_i.x_j are given, as b_i.x_j + b_j.x_i - x_i.A x_j, which is right to
// the square of that: the error's own energy, and symmetric. For 1 A into one unknown each they are
// the potentials there. Errors: SolverError on breakdown and at the iteration limit. Same bits on
// any number of ranks and threads.
#pragma once

#include "core/progress.hpp"
#include "field/multigrid.hpp"

#include <Eigen/Core>

#include <span>
#include <string>
#include <vector>

namespace foramen::field {

// A lane's right-hand side: what enters where; no unknown twice.
struct Injection {
  int unknown; // global
  double amperes;
};
using Injections = std::vector<Injection>;

struct LaneSolution {
  LaneVector<double> x;        // local rows x lanes (padded); own rows and fresh copies
  Eigen::MatrixXd impedance;   // b_i.x_j for each two lanes; on every rank
  int iterations = 0;          // of the slowest lane
  int renewals = 0;            // residuals computed in double precision
  double residual = 0.0;       // largest, relative
  double start_residual = 1.0; // that of the guess
};

struct LaneTolerance {
  double relative = 1e-5;
  int most_iterations = 100;
};

// `guess`: where to start, own rows x padded lanes; the tolerance stays relative to a start from
// zero, whose norm a good guess gives as the root of b.x. At most 16 right-hand sides, the same on
// every rank; `names` say in messages what a lane is. Collective.
LaneSolution solve_currents(const Ranks& ranks, const RankRows& a, Multigrid& multigrid,
                            std::span<const Injections> currents,
                            std::span<const std::string> names, const LaneTolerance& tolerance,
                            core::Progress& progress, const LaneVector<double>* guess = nullptr);

// A solution's rows from all ranks, on the first; its own, without a copy, when it is alone.
LaneVector<double> collect_rows(const Ranks& ranks, const Halo& halo, int n, LaneVector<double> x);

} // namespace foramen::field
