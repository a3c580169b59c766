// The lane functions on plain arrays, for every SIMD target of this machine.
#pragma once

#include <cstddef>

namespace foramen::axon::test {

// n a multiple of 8, arrays aligned to 64 bytes.
void exp_of_decay_lanes(const double* x, double* y, std::size_t n);
void moved_share_lanes(const double* x, double* y, std::size_t n);
void moved_share_of_slow_lanes(const double* x, double* y, std::size_t n);
std::size_t transpose_lanes(const double* x,
                            double* y); // a square of `width` numbers; returns width
// Ten functions of a table at v: function k at f[k * n + i].
void look_up_lanes(const double* table, const double* v, double* f, std::size_t n);

} // namespace foramen::axon::test
