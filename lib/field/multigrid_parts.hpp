// The matrices of every multigrid level, shared out over the ranks.
//
// Level 0 is the quadratic matrix, level 1 the linear one, the rest are algebraic.
// A level is `whole` when every rank holds all of it. Rows of a prolongation go with the rows of
// the finer level, rows of a restriction with those of the coarser.
#pragma once

#include "field/electrodes.hpp"
#include "field/rank_rows.hpp"

namespace foramen::field {

struct LevelParts {
  RankRows rows;                          // empty for level 0, which the caller holds
  bool whole = false;                     // every rank has all rows
  std::vector<std::size_t> bounds;        // of the ranks' rows, also for a whole level below others
  SparseMatrix prolongation, restriction; // from and to the level below; columns local
};

struct MultigridParts {
  std::vector<LevelParts> levels; // finest first; the last is to be factorised
};

// Collective; see Multigrid.
MultigridParts share_levels(const Ranks& ranks, const RankRows& quadratic, SparseMatrix linear,
                            const Unknowns& unknowns, std::span<const std::size_t> bounds,
                            std::size_t share_from);

} // namespace foramen::field
