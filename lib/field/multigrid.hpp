// One V-cycle for all contacts at once: quadratic, linear, algebraic, direct.
//
// Levels: the quadratic matrix; the linear one, to which edges pass as the mean of their ends; then
// BoomerAMG's. On each, Chebyshev polynomials of the fourth kind in D^-1 A smooth before and after
// (Lottes 2022, doi:10.1002/nla.2518: no lower bound of the spectrum to guess); the coarsest is
// factorised. Everything in single precision: the cycle only preconditions, and half the bytes is
// half the time. Symmetric up to rounding. Bits do not depend on the number of threads.
#pragma once

#include "field/electrodes.hpp"
#include "field/lane_vector.hpp"
#include "field/operator.hpp"

#include <memory>

namespace foramen::field {

struct MultigridOptions {
  int quadratic_degree = 3; // of the smoother on the quadratic matrix
  int degree = 2;           // on the others
};

class Multigrid {
public:
  Multigrid(const SparseMatrix& quadratic, const SparseMatrix& linear, const Unknowns& unknowns,
            const MultigridOptions& options = {});
  ~Multigrid();
  Multigrid(const Multigrid&) = delete;
  Multigrid& operator=(const Multigrid&) = delete;

  // Allocates for this many lanes (4, 8, 16); call before `apply`.
  void set_lanes(std::size_t lanes);
  // result = M right_hand_side. Both live here to spare copies; `apply` keeps the right-hand side.
  LaneVector<float>& right_hand_side();
  const LaneVector<float>& apply();
  const LaneVector<float>& result() const;

  std::size_t n_levels() const;

private:
  struct Level;
  struct Coarsest;
  void cycle(std::size_t level);

  std::vector<Level> levels_;
  std::unique_ptr<Coarsest> coarsest_;
};

// Largest eigenvalue of D^-1 A, from 12 Lanczos steps; a few per cent low at worst.
double largest_eigenvalue(const SparseMatrix& a);

} // namespace foramen::field
