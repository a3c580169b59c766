#include "core_peak.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core_peak.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/lane.hpp"
// clang-format on

#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

constexpr std::size_t chains = 12, buffer = 1024; // doubles

// All return what they have computed, so that it is computed; `passes` times.
double multiply_adds(double* memory, std::size_t passes) {
  const auto start = [memory](std::size_t k) { return Lane::load(memory + k * Lane::width); };
  const Lane a = start(12), b = 0.5;
  Lane c0 = start(0), c1 = start(1), c2 = start(2), c3 = start(3), c4 = start(4), c5 = start(5),
       c6 = start(6), c7 = start(7), c8 = start(8), c9 = start(9), c10 = start(10), c11 = start(11);
  for (std::size_t i = 0; i < passes; ++i) {
    c0 = fma(c0, b, a);
    c1 = fma(c1, b, a);
    c2 = fma(c2, b, a);
    c3 = fma(c3, b, a);
    c4 = fma(c4, b, a);
    c5 = fma(c5, b, a);
    c6 = fma(c6, b, a);
    c7 = fma(c7, b, a);
    c8 = fma(c8, b, a);
    c9 = fma(c9, b, a);
    c10 = fma(c10, b, a);
    c11 = fma(c11, b, a);
  }
  (((c0 + c1) + (c2 + c3)) + ((c4 + c5) + (c6 + c7)) + ((c8 + c9) + (c10 + c11))).store(memory);
  return static_cast<double>(passes * chains * 2 * Lane::width);
}

double loads(double* memory, std::size_t passes) {
  Lane s0 = 0.0, s1 = 0.0, s2 = 0.0, s3 = 0.0, s4 = 0.0, s5 = 0.0, s6 = 0.0, s7 = 0.0;
  for (std::size_t i = 0; i < passes; ++i)
    for (const double* p = memory; p != memory + buffer; p += 8 * Lane::width) {
      s0 = s0 + Lane::load(p);
      s1 = s1 + Lane::load(p + Lane::width);
      s2 = s2 + Lane::load(p + 2 * Lane::width);
      s3 = s3 + Lane::load(p + 3 * Lane::width);
      s4 = s4 + Lane::load(p + 4 * Lane::width);
      s5 = s5 + Lane::load(p + 5 * Lane::width);
      s6 = s6 + Lane::load(p + 6 * Lane::width);
      s7 = s7 + Lane::load(p + 7 * Lane::width);
    }
  (((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))).store(memory);
  return static_cast<double>(passes * buffer * sizeof(double));
}

double stores(double* memory, std::size_t passes) {
  const Lane x = Lane::load(memory);
  for (std::size_t i = 0; i < passes; ++i) {
    for (double* p = memory; p != memory + buffer; p += 8 * Lane::width)
      for (std::size_t k = 0; k < 8; ++k)
        x.store(p + k * Lane::width);
    asm volatile("" : : "r"(memory) : "memory"); // every pass is stored
  }
  return static_cast<double>(passes * buffer * sizeof(double));
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <time.h>

namespace foramen::axon {
HWY_EXPORT(multiply_adds);
HWY_EXPORT(loads);
HWY_EXPORT(stores);

namespace {

using Work = double (*)(double*, std::size_t);

double best_per_ns(Work work, std::size_t passes) {
  const auto memory = hwy::AllocateAligned<double>(1024);
  std::fill_n(memory.get(), 1024, 0.0);
  double best = 0.0;
  for (int i = 0; i < 50; ++i) {
    const double start = benchmarks::thread_ns();
    const double done = work(memory.get(), passes);
    best = std::max(best, done / (benchmarks::thread_ns() - start));
  }
  return best;
}

} // namespace
} // namespace foramen::axon

double foramen::benchmarks::thread_ns() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return 1e9 * static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec);
}

foramen::benchmarks::CorePeak foramen::benchmarks::core_peak() {
  using namespace foramen::axon;
  return {
      best_per_ns(
          [](double* m, std::size_t n) { return HWY_DYNAMIC_DISPATCH(multiply_adds)(m, n); },
          20000),
      best_per_ns([](double* m, std::size_t n) { return HWY_DYNAMIC_DISPATCH(loads)(m, n); }, 1000),
      best_per_ns([](double* m, std::size_t n) { return HWY_DYNAMIC_DISPATCH(stores)(m, n); },
                  500)};
}

#endif
