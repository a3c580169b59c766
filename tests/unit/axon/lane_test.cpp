#include "axon/rate_table.hpp"
#include "unit/axon/lane_kernels.hpp"
#include "unit/axon/targets.hpp"

#include <catch2/catch.hpp>
#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace foramen::axon;

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

} // namespace

TEST_CASE("the decay of a step is accurate to the stated 1e-13") {
  test::for_each_target([] {
    Array y = hwy::AllocateAligned<double>(n);
    for (const double reach : {708.0, 2.0, 1e-3}) {
      const Array x = even_points(-reach, 0.0);
      foramen::axon::test::exp_of_decay_lanes(x.get(), y.get(), n);
      CHECK(worst_error(x, y, [](long double v) { return std::exp(v); }) < 1e-13);
    }
  });
}

TEST_CASE("what a gate moves in a step is accurate to what is stated, however slow it is") {
  test::for_each_target([] {
    Array y = hwy::AllocateAligned<double>(n);
    for (const double reach : {100.0, 0.5, 0.24, 0.015, 1e-6}) {
      const Array x = even_points(1e-3 * reach, reach);
      const auto exact = [](long double v) { return -std::expm1(-v); };
      CAPTURE(reach);
      foramen::axon::test::moved_share_lanes(x.get(), y.get(), n);
      CHECK(worst_error(x, y, exact) < 2e-12);
      foramen::axon::test::moved_share_of_slow_lanes(x.get(), y.get(), n);
      CHECK(worst_error(x, y, exact) < 2e-11);
    }
  });
}

TEST_CASE("decays beyond the interval saturate") {
  test::for_each_target([] {
    Array x = even_points(-1e6, 0.0), y = hwy::AllocateAligned<double>(n);
    foramen::axon::test::exp_of_decay_lanes(x.get(), y.get(), n);
    CHECK(y[0] == Approx(std::exp(-708.0)));
    CHECK(y[n - 1] == 1.0);
  });
}

TEST_CASE("registers are transposed as a square matrix") {
  test::for_each_target([] {
    Array x = even_points(0.0, 1.0), y = hwy::AllocateAligned<double>(n);
    const std::size_t width = foramen::axon::test::transpose_lanes(x.get(), y.get());
    for (std::size_t i = 0; i < width; ++i)
      for (std::size_t j = 0; j < width; ++j)
        CHECK(y[i * width + j] == x[j * width + i]);
  });
}

TEST_CASE("each lane reads all functions of a table at its own potential") {
  const foramen::axon::RateTable table(10, [](double v, double* f) {
    for (int k = 0; k < 10; ++k)
      f[k] = std::exp(v / (20.0 + k));
  });
  test::for_each_target([&] {
    Array v = even_points(-1299.0, 699.0);
    const auto f = hwy::AllocateAligned<double>(10 * n);
    std::reverse(v.get(), v.get() + n / 2);
    foramen::axon::test::look_up_lanes(table.data(), v.get(), f.get(), n);
    double worst = 0.0;
    for (std::size_t i = 0; i < n; ++i)
      for (int k = 0; k < 10; ++k)
        worst = std::max(
            worst,
            std::abs(f[static_cast<std::size_t>(k) * n + i] * std::exp(-v[i] / (20.0 + k)) - 1.0));
    CHECK(worst < 1e-12); // of the cubic: (1/160)^4 / (4! 2^7) = 5e-13
  });
}
