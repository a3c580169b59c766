// Which unknowns of a matrix are kept on the next coarser level of algebraic multigrid.
//
// Unknown i depends strongly on j where -a_ij >= 0.25 max_k(-a_ik); a row whose sum exceeds 0.9 of
// its diagonal needs no coarse level and depends on nothing. Coarse unknowns are chosen one after
// the other, each time the one on which most others depend that have none yet (the first pass of
// Ruge & Stueben 1987, doi:10.1137/1.9781611971057.ch4). An unknown left out depends on a coarse
// one, or on one left out that does; two that depend on each other need not have a coarse one in
// common. Interpolation over a distance of two (interpolation.hpp) is for both.
//
// The same choice for any number of threads. Cost: 25 ns per strong dependence; serial but for
// the dependences.
#pragma once

#include "field/operator.hpp"

#include <cstdint>
#include <span>

namespace foramen::field {

inline constexpr double strong_share = 0.25;     // of a row's largest coupling
inline constexpr double dominated_row_sum = 0.9; // of the diagonal: nothing to interpolate

// Rows of column numbers.
struct Graph {
  std::vector<std::int64_t> begin;
  std::vector<int> column;
  std::size_t rows() const { return begin.size() - 1; }
  std::span<const int> of(std::size_t row) const {
    return std::span(column).subspan(static_cast<std::size_t>(begin[row]),
                                     static_cast<std::size_t>(begin[row + 1] - begin[row]));
  }
};

// On whom each unknown depends strongly. Expects a square matrix.
Graph strong_dependences(const SparseMatrix& a);

// Per unknown: its number on the coarser level (in the same order), or -1.
struct CoarseUnknowns {
  int n = 0;
  std::vector<int> number;
};
CoarseUnknowns choose_coarse(const Graph& dependences);

} // namespace foramen::field
