// One V-cycle for all contacts at once: quadratic, linear, algebraic, direct.
//
// Levels: the quadratic matrix; the linear one, to which edges pass as the mean of their ends; then
// BoomerAMG's. On each, Chebyshev polynomials of the fourth kind in D^-1 A smooth before and after
// (Lottes 2022, doi:10.1002/nla.2518: no lower bound of the spectrum to guess); the coarsest is
// factorised. Everything in single precision: the cycle only preconditions, and half the bytes is
// half the time. Symmetric up to rounding.
//
// On several ranks the first one coarsens; levels of many rows are shared out, small ones are held
// and computed by every rank. Bits depend neither on ranks nor on threads.
#pragma once

#include "field/electrodes.hpp"
#include "field/lane_kernels.hpp"
#include "field/rank_rows.hpp"

#include <memory>

namespace foramen::field {

struct MultigridOptions {
  int quadratic_degree = 2;       // of the smoother on the quadratic matrix
  int degree = 2;                 // on the others
  std::size_t share_from = 16384; // rows; smaller levels are held by every rank
};

class Multigrid {
public:
  // `quadratic` must outlive this. `linear`: this rank's rows, global columns: those of the linear
  // unknowns among its own. Rank r owns unknowns [bounds[r], bounds[r + 1]). Collective.
  Multigrid(const Ranks& ranks, const RankRows& quadratic, SparseMatrix linear,
            const Unknowns& unknowns, std::span<const std::size_t> bounds,
            const MultigridOptions& options = {});
  ~Multigrid();
  Multigrid(const Multigrid&) = delete;
  Multigrid& operator=(const Multigrid&) = delete;

  // The quadratic matrix has other values: smooth with them, keep the levels below. Collective.
  void renew(const RankRows& quadratic);

  // Allocates for this many lanes (4, 8, 16); call before `apply`.
  void set_lanes(std::size_t lanes);
  // result = M right_hand_side, own rows. Both live here to spare copies; `apply` keeps the
  // right-hand side. Collective.
  LaneVector<float>& right_hand_side();
  const LaneVector<float>& apply();
  const LaneVector<float>& result() const;

  RowsView<float> quadratic() const; // the matrix of the finest level
  std::size_t n_levels() const;

private:
  struct Level;
  struct Coarsest;
  void cycle(std::size_t level);
  void restrict_to(std::size_t level);

  const Ranks& ranks_;
  std::vector<Level> levels_;
  std::unique_ptr<Coarsest> coarsest_;
};

} // namespace foramen::field
