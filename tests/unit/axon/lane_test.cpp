#include "unit/axon/lane_kernels.hpp"

#include <catch2/catch.hpp>
#include <hwy/aligned_allocator.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace {

using Array = hwy::AlignedFreeUniquePtr<double[]>;
constexpr std::size_t n = 80000;

Array even_points(double from, double to) {
  Array x = hwy::AllocateAligned<double>(n);
  for (std::size_t i = 0; i < n; ++i)
    x[i] = from + (to - from) * static_cast<double>(i) / static_cast<double>(n - 1);
  return x;
}

double worst_error(const Array& x, const Array& y,
                   const std::function<long double(long double)>& exact) {
  double worst = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const long double wanted = exact(x[i]);
    worst = std::max(worst, static_cast<double>(std::abs((y[i] - wanted) / wanted)));
  }
  return worst;
}

// Runs `check` once for each target that this machine and build have.
void for_each_target(const std::function<void()>& check) {
  for (const std::int64_t target :
       {std::int64_t{HWY_STATIC_TARGET}, std::int64_t{HWY_AVX2}, std::int64_t{HWY_AVX3}}) {
    if (((hwy::SupportedTargets() | HWY_STATIC_TARGET) & target) == 0)
      continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    CAPTURE(hwy::TargetName(target));
    check();
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
}

} // namespace

TEST_CASE("the exponential is accurate to the stated 4e-16 on every target") {
  for_each_target([] {
    Array y = hwy::AllocateAligned<double>(n);
    for (const auto& [from, to] : {std::pair(-708.0, 709.0), std::pair(-2.0, 2.0)}) {
      const Array x = even_points(from, to);
      foramen::axon::test::exp_lanes(x.get(), y.get(), n);
      CHECK(worst_error(x, y, [](long double v) { return std::exp(v); }) < 4e-16);
    }
  });
}

TEST_CASE("the decay of a step is accurate to the stated 4e-15 on either side of its switch") {
  for_each_target([] {
    Array y = hwy::AllocateAligned<double>(n);
    for (const double reach : {0.0999, 0.2, 50.0}) {
      const Array x = even_points(-reach, reach);
      foramen::axon::test::exp_of_decay_lanes(x.get(), y.get(), n);
      CHECK(worst_error(x, y, [](long double v) { return std::exp(v); }) < 4e-15);
    }
  });
}

TEST_CASE("the exponential saturates beyond its interval") {
  for_each_target([] {
    Array x = even_points(-1e6, 1e6), y = hwy::AllocateAligned<double>(n);
    foramen::axon::test::exp_lanes(x.get(), y.get(), n);
    CHECK(y[0] == Approx(std::exp(-708.0)));
    CHECK(y[n - 1] == Approx(std::exp(709.0)));
  });
}

TEST_CASE("the linoid is accurate to the stated 2e-14, also at its removable singularity") {
  const double k = 1.1;
  const auto exact = [&](long double x) {
    return x == 0.0L ? static_cast<long double>(k)
                     : x / -std::expm1(-x / static_cast<long double>(k));
  };
  for_each_target([&] {
    Array y = hwy::AllocateAligned<double>(n);
    for (const double reach : {100.0, 0.05, 1e-9}) {
      Array x = even_points(-reach, reach);
      x[n / 2] = 0.0;
      foramen::axon::test::linoid_lanes(x.get(), k, y.get(), n);
      CHECK(worst_error(x, y, exact) < 2e-14);
    }
  });
}
