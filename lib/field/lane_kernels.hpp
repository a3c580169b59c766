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
// A step of a polynomial smoother, x = `now` x - c1 `x_other` + c2 L^-1 (b - A x), takes the place
// of x_other, the iterate before x; with c1 = 0 that is not read. `inverse`: 1 / L by row.
struct SmootherStep {
  float now, c1, c2;
};
void smooth(Range, RowsView<float> a, const float* inverse, const float* b, const float* x,
            float* x_other, SmootherStep);
// The same as the last one, which knows z = x: bz[lane] = b . z, qz[lane] = q . z over the range,
// summed in double precision.
void smooth_and_dots(Range, RowsView<float> a, const float* inverse, const float* b, const float* x,
                     float* x_other, SmootherStep, const float* q, double* bz, double* qz);
// The first from x = 0: x_other = c2 L^-1 b.
void smooth_zero(Range, const float* inverse, const float* b, float* x_other, float c2);

// r -= alpha q.
void reduce(Range, const float* alpha, const float* q, float* r);
// d += alpha p, p = z + beta p.
void search_direction(Range, const float* alpha, const float* beta, const float* z, float* p,
                      float* d);
// x += d + alpha p, d = 0.
void absorb(Range, const float* alpha, const float* p, float* d, double* x);

} // namespace foramen::field
