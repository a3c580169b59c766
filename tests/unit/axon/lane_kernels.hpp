// The lane functions on plain arrays, for every SIMD target of this machine.
#pragma once

#include <cstddef>

namespace foramen::axon::test {

// n a multiple of 8, arrays aligned to 64 bytes.
void exp_lanes(const double* x, double* y, std::size_t n);
void exp_of_decay_lanes(const double* x, double* y, std::size_t n);
void linoid_lanes(const double* x, double k, double* y, std::size_t n);

} // namespace foramen::axon::test
