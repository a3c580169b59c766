// Interpolation from coarse unknowns to all, and the matrix on the coarser level.
//
// A coarse unknown keeps its value. Any other, i, takes weights from C_i: its strong coarse
// neighbours, and those of its strong fine neighbours F_i ("extended+i", De Sterck, Falgout,
// Nolting & Yang 2008, doi:10.1002/nla.559, eq. 4.10):
//
//   w_ij = -(a_ij + sum over k in F_i of a_ik b_kj / s_k) / d_i,        j in C_i
//   d_i  = a_ii + sum over k in F_i of a_ik b_ki / s_k + sum of the a_ik of all others
//   b_kl = a_kl where negative, else 0;   s_k = sum of b_kl over l in C_i and l = i
//
// The `most_weights` largest stay, scaled to the same sum. The matrix is symmetric, its diagonal
// positive. The same bits for any number of threads. Cost: 0.7 us per row, of 15 entries.
#pragma once

#include "field/coarsening.hpp"

namespace foramen::field {

inline constexpr std::size_t most_weights = 4; // per row

// Rows [first, last) of the interpolation.
SparseMatrix interpolation_rows(const SparseMatrix& a, const Graph& dependences,
                                const CoarseUnknowns& coarse, std::size_t first, std::size_t last);

// Rows [first, last) of P^T A P, with R = P^T. Columns in no particular order.
SparseMatrix coarse_rows(const SparseMatrix& r, const SparseMatrix& a, const SparseMatrix& p,
                         std::size_t first, std::size_t last);

} // namespace foramen::field
