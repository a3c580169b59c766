// The largest eigenvalue of D^-1 A, D the diagonal of A: what a polynomial smoother must know.
//
// Twelve Lanczos steps on D^-1/2 A D^-1/2 from a start that depends on the row's number alone; a
// few per cent low at worst. The same on any number of ranks and threads. Errors: SolverError for a
// diagonal that is not positive. Cost: twelve products with the matrix.
#pragma once

#include "field/halo.hpp"
#include "field/operator.hpp"

namespace foramen::field {

// Of this rank's rows: row i's own column is i.
std::vector<double> inverse_diagonal(const SparseMatrix& a);
// Own rows of `a`, columns local to `halo`; collective.
double largest_eigenvalue(const Ranks& ranks, const SparseMatrix& a, const Halo& halo,
                          int steps = 12);

} // namespace foramen::field
