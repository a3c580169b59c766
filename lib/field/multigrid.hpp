// One V-cycle for all contacts at once: quadratic, linear, algebraic, direct.
//
// Levels: the quadratic matrix; the linear one, to which edges pass as the mean of their ends; then
// algebraic ones (algebraic_hierarchy.hpp). Chebyshev polynomials of the fourth kind in L^-1 A
// smooth (Lottes 2023, doi:10.1002/nla.2518: no lower bound of the spectrum to guess; L of
// smoother_scale.hpp: no upper one either). On the quadratic matrix they do so after the correction
// from below only, for one of degree 3 is as good as two of degree 2 around it (Phillips & Fischer
// 2022, arXiv:2210.03179) and reads the matrix three times instead of four; on the others before
// and after. The coarsest is factorised. Everything in single precision: the cycle only
// preconditions, and half the bytes is half the time.
//
// M is not symmetric, but the error operator I - M A contracts in the energy norm, so r.Mr > 0.
//
// On several ranks levels of many rows are shared out, small ones are held and computed by every
// rank. Bits depend neither on ranks nor on threads.
#pragma once

#include "field/electrodes.hpp"
#include "field/lane_kernels.hpp"
#include "field/rank_rows.hpp"
#include "field/row_sums.hpp"

#include <array>
#include <memory>

namespace foramen::field {

struct MultigridOptions {
  int quadratic_degree = 3;       // of the smoother on the quadratic matrix
  int degree = 2;                 // on the others, before and after
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
  // result z = M r, r the right-hand side, own rows. Both live here to spare copies; `apply` keeps
  // r. Returns r.z and, for a `q` of as many rows, q.z. Collective.
  LaneVector<float>& right_hand_side();
  std::array<PerLane, 2> apply(const LaneVector<float>& q);
  const LaneVector<float>& result() const;

  RowsView<float> quadratic() const; // the matrix of the finest level
  std::size_t n_levels() const;

private:
  struct Level;
  struct Coarsest;
  void cycle(std::size_t level);
  void restrict_from(const LaneVector<float>& residual, std::size_t level);
  const LaneVector<float>& correction_for(std::size_t level);

  const Ranks& ranks_;
  std::vector<Level> levels_;
  std::unique_ptr<Coarsest> coarsest_;
};

} // namespace foramen::field
