#include "unit/axon/lane_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unit/axon/lane_kernels.cpp"
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/membranes/gates.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

void exp_of_decay_all(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; i += Lane::width)
    exp_of_decay(Lane::load(x + i)).store(y + i);
}
void moved_share_all(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; i += Lane::width)
    moved_share(Lane::load(x + i)).store(y + i);
}
void moved_share_of_slow_all(const double* x, double* y, std::size_t n) {
  for (std::size_t i = 0; i < n; i += Lane::width)
    moved_share_of_slow(Lane::load(x + i)).store(y + i);
}
std::size_t transposed(const double* x, double* y) {
  Lane rows[Lane::width];
  for (std::size_t i = 0; i < Lane::width; ++i)
    rows[i] = Lane::load(x + i * Lane::width);
  transpose(rows);
  for (std::size_t i = 0; i < Lane::width; ++i)
    rows[i].store(y + i * Lane::width);
  return Lane::width;
}
void look_up_10(const double* table, const double* v, double* f, std::size_t n) {
  for (std::size_t i = 0; i < n; i += Lane::width) {
    Lane all[look_up_room<10>];
    look_up<10>(table, Lane::load(v + i), all);
    for (std::size_t k = 0; k < 10; ++k)
      all[k].store(f + k * n + i);
  }
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace foramen::axon {

HWY_EXPORT(exp_of_decay_all);
HWY_EXPORT(moved_share_all);
HWY_EXPORT(moved_share_of_slow_all);
HWY_EXPORT(transposed);
HWY_EXPORT(look_up_10);

void test::exp_of_decay_lanes(const double* x, double* y, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(exp_of_decay_all)(x, y, n);
}
void test::moved_share_lanes(const double* x, double* y, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(moved_share_all)(x, y, n);
}
void test::moved_share_of_slow_lanes(const double* x, double* y, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(moved_share_of_slow_all)(x, y, n);
}
std::size_t test::transpose_lanes(const double* x, double* y) {
  return HWY_DYNAMIC_DISPATCH(transposed)(x, y);
}
void test::look_up_lanes(const double* table, const double* v, double* f, std::size_t n) {
  HWY_DYNAMIC_DISPATCH(look_up_10)(table, v, f, n);
}

} // namespace foramen::axon
#endif
