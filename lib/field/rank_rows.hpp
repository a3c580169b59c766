// Rows of matrices that ranks share.
#pragma once

#include "field/halo.hpp"
#include "field/operator.hpp"

namespace foramen::field {

// This rank's rows of a matrix, with columns local to `halo`.
struct RankRows {
  SparseMatrix a;
  Halo halo;
};

// The whole matrix, on every rank, from everyone's rows, one rank's after the other's. Collective.
SparseMatrix join_rows(const Ranks& ranks, SparseMatrix mine);
// Rows [first, last) of a matrix.
SparseMatrix take_rows(const SparseMatrix& a, std::size_t first, std::size_t last);

// Global columns to local ones.
void localise(SparseMatrix& a, const Halo& halo);

} // namespace foramen::field
