// The diagonal that a polynomial smoother divides by: L_i = sum over j of |a_ij|.
//
// A <= L for every symmetric A (2 |x_i x_j| <= x_i^2 + x_j^2), so that no eigenvalue of L^-1 A
// exceeds 1 and none has to be estimated (Baker, Falgout, Kolev & Yang 2011,
// doi:10.1137/100798806). A row that is far from its neighbours, as a flat element's, is slowed
// down by itself; with the plain diagonal the largest eigenvalue that it makes would slow down all
// rows.
#pragma once

#include "field/operator.hpp"

namespace foramen::field {

// 1 / L of this rank's rows: row i's own column is i. Errors: SolverError for a diagonal that is
// not positive. Cost: one pass over the matrix.
std::vector<double> inverse_row_sums(const SparseMatrix& a);

} // namespace foramen::field
