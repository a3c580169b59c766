#include "field/lane_kernels.hpp"

#include "field/simd.hpp"

namespace foramen::field {
namespace {

// Row `i` of an array of packs.
template <class Number, std::size_t N>
FORAMEN_INLINE Lanes<Number, N>& pack(Number* p, std::size_t i) {
  return reinterpret_cast<Lanes<Number, N>*>(p)[i];
}
template <class Number, std::size_t N>
FORAMEN_INLINE const Lanes<Number, N>& pack(const Number* p, std::size_t i) {
  return reinterpret_cast<const Lanes<Number, N>*>(p)[i];
}

template <class Number, std::size_t N>
FORAMEN_INLINE void row_sum(const RowsView<Number>& a, const Number* x, std::size_t row,
                            Lanes<Number, N>& sum) {
  // Four sums at a time: one alone would wait for each addition.
  Lanes<Number, N> s0{}, s1{}, s2{}, s3{};
  const std::int64_t end = a.begin[row + 1];
  std::int64_t k = a.begin[row];
  const auto at = [&](std::int64_t j) -> const Lanes<Number, N>& {
    return pack<Number, N>(x, static_cast<std::size_t>(a.column[j]));
  };
  for (; k + 4 <= end; k += 4) {
    s0 += a.value[k] * at(k);
    s1 += a.value[k + 1] * at(k + 1);
    s2 += a.value[k + 2] * at(k + 2);
    s3 += a.value[k + 3] * at(k + 3);
  }
  for (; k < end; ++k)
    s0 += a.value[k] * at(k);
  sum = (s0 + s1) + (s2 + s3);
}

template <std::size_t N> FORAMEN_INLINE void load(const float* numbers, Lanes<float, N>& lanes) {
  for (std::size_t l = 0; l < N; ++l)
    lanes[l] = numbers[l];
}
template <std::size_t N> FORAMEN_INLINE void store(const Lanes<double, N>& lanes, double* numbers) {
  for (std::size_t l = 0; l < N; ++l)
    numbers[l] = lanes[l];
}
#define FORAMEN_WIDE(lanes) __builtin_convertvector((lanes), Lanes<double, N>)

template <std::size_t N>
FORAMEN_INLINE void multiply_and_dot_n(Range range, RowsView<float> a, const float* p, float* q,
                                       double* dot) {
  Lanes<double, N> sum{};
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Lanes<float, N> s;
    row_sum<float, N>(a, p, i, s);
    pack<float, N>(q, i) = s;
    sum += FORAMEN_WIDE(s) * FORAMEN_WIDE((pack<float, N>(p, i)));
  }
  store<N>(sum, dot);
}

template <std::size_t N>
FORAMEN_INLINE void negative_product_n(Range range, RowsView<double> a, const double* x, float* r) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Lanes<double, N> s;
    row_sum<double, N>(a, x, i, s);
    s = -s;
    pack<float, N>(r, i) = __builtin_convertvector(s, Lanes<float, N>);
  }
}

template <std::size_t N>
FORAMEN_INLINE void energies_n(Range range, RowsView<double> a, const double* x, double* gram) {
  Lanes<double, N> sum[N] = {};
  for (std::size_t row = range.begin; row < range.end; ++row) {
    Lanes<double, N> s;
    row_sum<double, N>(a, x, row, s);
    const Lanes<double, N>& here = pack<double, N>(x, row);
    for (std::size_t i = 0; i < N; ++i)
      sum[i] += here[i] * s;
  }
  for (std::size_t i = 0; i < N; ++i)
    store<N>(sum[i], gram + i * N);
}

template <std::size_t N>
FORAMEN_INLINE void multiply_n(Range range, RowsView<float> a, const float* x, float* y) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Lanes<float, N> s;
    row_sum<float, N>(a, x, i, s);
    pack<float, N>(y, i) = s;
  }
}

template <std::size_t N>
FORAMEN_INLINE void multiply_add_n(Range range, RowsView<float> a, const float* x, float* y) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Lanes<float, N> s;
    row_sum<float, N>(a, x, i, s);
    pack<float, N>(y, i) += s;
  }
}

template <std::size_t N>
FORAMEN_INLINE void residual_n(Range range, RowsView<float> a, const float* x, const float* b,
                               float* r) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Lanes<float, N> s;
    row_sum<float, N>(a, x, i, s);
    pack<float, N>(r, i) = pack<float, N>(b, i) - s;
  }
}

// x of the next step of a smoother in row i; it may take the place of x_other.
template <bool with_other, std::size_t N>
FORAMEN_INLINE void next(std::size_t i, RowsView<float> a, const float* inverse, const float* b,
                         const float* x, const float* x_other, SmootherStep c,
                         Lanes<float, N>& result) {
  Lanes<float, N> s;
  row_sum<float, N>(a, x, i, s);
  s = c.now * pack<float, N>(x, i) + (c.c2 * inverse[i]) * (pack<float, N>(b, i) - s);
  if constexpr (with_other)
    s -= c.c1 * pack<float, N>(x_other, i);
  result = s;
}

template <bool with_other, std::size_t N>
FORAMEN_INLINE void smooth_rows(Range range, RowsView<float> a, const float* inverse,
                                const float* b, const float* x, float* x_other, SmootherStep c) {
  for (std::size_t i = range.begin; i < range.end; ++i)
    next<with_other, N>(i, a, inverse, b, x, x_other, c, pack<float, N>(x_other, i));
}

template <std::size_t N>
FORAMEN_INLINE void smooth_n(Range range, RowsView<float> a, const float* inverse, const float* b,
                             const float* x, float* x_other, SmootherStep c) {
  if (c.c1 == 0.0f)
    return smooth_rows<false, N>(range, a, inverse, b, x, x_other, c);
  smooth_rows<true, N>(range, a, inverse, b, x, x_other, c);
}

template <bool with_other, std::size_t N>
FORAMEN_INLINE void smooth_rows_and_dots(Range range, RowsView<float> a, const float* inverse,
                                         const float* b, const float* x, float* x_other,
                                         SmootherStep c, const float* q, double* bz, double* qz) {
  Lanes<double, N> sum_b{}, sum_q{};
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Lanes<float, N> z;
    next<with_other, N>(i, a, inverse, b, x, x_other, c, z);
    pack<float, N>(x_other, i) = z;
    const Lanes<double, N> wide = FORAMEN_WIDE(z);
    sum_b += wide * FORAMEN_WIDE((pack<float, N>(b, i)));
    sum_q += wide * FORAMEN_WIDE((pack<float, N>(q, i)));
  }
  store<N>(sum_b, bz);
  store<N>(sum_q, qz);
}

template <std::size_t N>
FORAMEN_INLINE void smooth_and_dots_n(Range range, RowsView<float> a, const float* inverse,
                                      const float* b, const float* x, float* x_other,
                                      SmootherStep c, const float* q, double* bz, double* qz) {
  if (c.c1 == 0.0f)
    return smooth_rows_and_dots<false, N>(range, a, inverse, b, x, x_other, c, q, bz, qz);
  smooth_rows_and_dots<true, N>(range, a, inverse, b, x, x_other, c, q, bz, qz);
}

template <std::size_t N>
FORAMEN_INLINE void smooth_zero_n(Range range, const float* inverse, const float* b, float* x_other,
                                  float c2) {
  for (std::size_t i = range.begin; i < range.end; ++i)
    pack<float, N>(x_other, i) = (c2 * inverse[i]) * pack<float, N>(b, i);
}

template <std::size_t N>
FORAMEN_INLINE void reduce_n(Range range, const float* alpha, const float* q, float* r) {
  Lanes<float, N> a;
  load<N>(alpha, a);
  for (std::size_t i = range.begin; i < range.end; ++i)
    pack<float, N>(r, i) -= a * pack<float, N>(q, i);
}

template <std::size_t N>
FORAMEN_INLINE void search_direction_n(Range range, const float* alpha, const float* beta,
                                       const float* z, float* p, float* d) {
  Lanes<float, N> a, b;
  load<N>(alpha, a);
  load<N>(beta, b);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    Lanes<float, N>& here = pack<float, N>(p, i);
    pack<float, N>(d, i) += a * here;
    here = pack<float, N>(z, i) + b * here;
  }
}

template <std::size_t N>
FORAMEN_INLINE void absorb_n(Range range, const float* alpha, const float* p, float* d, double* x) {
  Lanes<float, N> a;
  load<N>(alpha, a);
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Lanes<float, N> sum = pack<float, N>(d, i) + a * pack<float, N>(p, i);
    pack<double, N>(x, i) += FORAMEN_WIDE(sum);
    pack<float, N>(d, i) = Lanes<float, N>{};
  }
}
#undef FORAMEN_WIDE

} // namespace

// One function per kernel and instruction set; the number of lanes is decided inside.
#define FORAMEN_BY_LANES(name, ...)                                                                \
  if (range.lanes == 4)                                                                            \
    return name##_n<4>(__VA_ARGS__);                                                               \
  if (range.lanes == 8)                                                                            \
    return name##_n<8>(__VA_ARGS__);                                                               \
  name##_n<16>(__VA_ARGS__)

FORAMEN_KERNEL void multiply_and_dot(Range range, RowsView<float> a, const float* p, float* q,
                                     double* dot) {
  FORAMEN_BY_LANES(multiply_and_dot, range, a, p, q, dot);
}
FORAMEN_KERNEL void negative_product(Range range, RowsView<double> a, const double* x, float* r) {
  FORAMEN_BY_LANES(negative_product, range, a, x, r);
}
FORAMEN_KERNEL void energies(Range range, RowsView<double> a, const double* x, double* gram) {
  FORAMEN_BY_LANES(energies, range, a, x, gram);
}
FORAMEN_KERNEL void multiply(Range range, RowsView<float> a, const float* x, float* y) {
  FORAMEN_BY_LANES(multiply, range, a, x, y);
}
FORAMEN_KERNEL void multiply_add(Range range, RowsView<float> a, const float* x, float* y) {
  FORAMEN_BY_LANES(multiply_add, range, a, x, y);
}
FORAMEN_KERNEL void residual(Range range, RowsView<float> a, const float* x, const float* b,
                             float* r) {
  FORAMEN_BY_LANES(residual, range, a, x, b, r);
}
FORAMEN_KERNEL void smooth(Range range, RowsView<float> a, const float* inverse, const float* b,
                           const float* x, float* x_other, SmootherStep c) {
  FORAMEN_BY_LANES(smooth, range, a, inverse, b, x, x_other, c);
}
FORAMEN_KERNEL void smooth_and_dots(Range range, RowsView<float> a, const float* inverse,
                                    const float* b, const float* x, float* x_other, SmootherStep c,
                                    const float* q, double* bz, double* qz) {
  FORAMEN_BY_LANES(smooth_and_dots, range, a, inverse, b, x, x_other, c, q, bz, qz);
}
FORAMEN_KERNEL void smooth_zero(Range range, const float* inverse, const float* b, float* x_other,
                                float c2) {
  FORAMEN_BY_LANES(smooth_zero, range, inverse, b, x_other, c2);
}
FORAMEN_KERNEL void reduce(Range range, const float* alpha, const float* q, float* r) {
  FORAMEN_BY_LANES(reduce, range, alpha, q, r);
}
FORAMEN_KERNEL void search_direction(Range range, const float* alpha, const float* beta,
                                     const float* z, float* p, float* d) {
  FORAMEN_BY_LANES(search_direction, range, alpha, beta, z, p, d);
}
FORAMEN_KERNEL void absorb(Range range, const float* alpha, const float* p, float* d, double* x) {
  FORAMEN_BY_LANES(absorb, range, alpha, p, d, x);
}
#undef FORAMEN_BY_LANES

} // namespace foramen::field
