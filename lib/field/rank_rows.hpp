// Moving the rows of matrices between the first rank, which builds algebraic levels, and all.
#pragma once

#include "field/halo.hpp"
#include "field/operator.hpp"

namespace foramen::field {

// This rank's rows of a matrix, with columns local to `halo`.
struct RankRows {
  SparseMatrix a;
  Halo halo;
};

// Collective. `a` counts on the first rank only; rows [bounds[r], bounds[r + 1]) go to rank r.
SparseMatrix distribute(const Ranks& ranks, SparseMatrix a, std::span<const std::size_t> bounds);
SparseMatrix replicate(const Ranks& ranks, SparseMatrix a);
// The whole matrix, on the first rank only (others get an empty one), from everyone's rows.
SparseMatrix collect_at_first(const Ranks& ranks, const SparseMatrix& a);

// Global columns to local ones.
void localise(SparseMatrix& a, const Halo& halo);

} // namespace foramen::field
