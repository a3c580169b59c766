// The loops over matrix rows and lanes that the solver spends its time in.
//
// Each works on rows [begin, end) and is called in parallel on disjoint chunks. Arrays are rows x
// lanes, lanes 4, 8 or 16. Bound by memory: one pass over the matrix for all lanes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace foramen::field {

template <class Number> struct RowsView {
  const std::int64_t* begin;
  const int* column;
  const Number* value;
};

struct Range {
  std::size_t begin, end, lanes;
};

// q = A p; dot[lane] = p . q over the range, summed in double precision.
void multiply_and_dot(Range, RowsView<float> a, const float* p, float* q, double* dot);
// r = -A x in double precision.
void negative_product(Range, RowsView<double> a, const double* x, float* r);
// gram[i * lanes + j] = x_i . A x_j over the range, in double precision.
void energies(Range, RowsView<double> a, const double* x, double* gram);
// y = A x, or y += A x.
void multiply(Range, RowsView<float> a, const float* x, float* y);
void multiply_add(Range, RowsView<float> a, const float* x, float* y);
// r = b - A x.
void residual(Range, RowsView<float> a, const float* x, const float* b, float* r);
// One step of the Chebyshev iteration: d = c1 d + c2 D^-1 (b - A x); x_new = x + d.
struct ChebyshevStep {
  float c1, c2;
};
void chebyshev(Range, RowsView<float> a, const float* inverse_diagonal, const float* b,
               const float* x, float* d, float* x_new, ChebyshevStep);
// Its first step from x = 0: d = x_new = c2 D^-1 b.
void chebyshev_start(Range, const float* inverse_diagonal, const float* b, float* d, float* x_new,
                     float c2);

// d += alpha p, r -= alpha q.
void advance(Range, const float* alpha, const float* p, const float* q, float* d, float* r);
// x += d, d = 0.
void absorb(Range, float* d, double* x);
// rz[lane] = r . z, qz[lane] = q . z over the range, summed in double precision.
void two_dots(Range, const float* r, const float* q, const float* z, double* rz, double* qz);
// p = z + beta p.
void search_direction(Range, const float* beta, const float* z, float* p);

} // namespace foramen::field
