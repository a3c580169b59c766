#include "unit/axon/lane_kernels.hpp"

#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unit/axon/lane_kernels.cpp"
// clang-format off
#include <hwy/foreach_target.h>
#include "axon/lane.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

void exp_all(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; i += Lane::width)
    exp(Lane::load(x + i)).store(y + i);
}
void exp_of_decay_all(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; i += Lane::width)
    exp_of_decay(Lane::load(x + i)).store(y + i);
}
void linoid_all(const double* x, double k, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; i += Lane::width) {
    const Fraction q = linoid(Lane::load(x + i), k);
    (q.over / q.under).store(y + i);
  }
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace foramen::axon {

HWY_EXPORT(exp_all);
HWY_EXPORT(exp_of_decay_all);
HWY_EXPORT(linoid_all);

void test::exp_lanes(const double* x, double* y, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(exp_all)(x, y, n);
}
void test::exp_of_decay_lanes(const double* x, double* y, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(exp_of_decay_all)(x, y, n);
}
void test::linoid_lanes(const double* x, double k, double* y, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(linoid_all)(x, k, y, n);
}

} // namespace foramen::axon
#endif
