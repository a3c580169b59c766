// Streams are addressed, repeatable and independent.
#include "core/random.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <vector>

using foramen::core::RandomStream;

TEST_CASE("the streams are those of the published generator", "[core]") {
  // Computed from SplitMix64's definition by a program of its own, which also gives the generator's
  // well-known first output 6457827717110365317 from the state 1234567.
  RandomStream plain(0, "", 0);
  CHECK(plain.bits() == 0x238275bc38fcbe91ull);
  CHECK(plain.bits() == 0xf89a2566b5822c54ull);
  RandomStream fibres(42, "fibres", 17);
  CHECK(fibres.bits() == 0xf5757b0591ced4ecull);
  CHECK(fibres.bits() == 0xcd86682e61f57cf3ull);
  CHECK(fibres.bits() == 0x079ca18a1f1b22d7ull);
}

TEST_CASE("seed, purpose and index each give another stream", "[core]") {
  const auto first = [](std::uint64_t seed, std::string_view purpose, std::uint64_t index) {
    return RandomStream(seed, purpose, index).bits();
  };
  const std::uint64_t reference = first(1, "fibres", 0);
  CHECK(first(1, "fibres", 0) == reference);
  CHECK(first(2, "fibres", 0) != reference);
  CHECK(first(1, "packing", 0) != reference);
  CHECK(first(1, "fibres", 1) != reference);
}

TEST_CASE("uniform numbers have the moments of the uniform distribution", "[core]") {
  RandomStream random(5, "uniform");
  const int n = 100000;
  double sum = 0.0, sum_of_squares = 0.0;
  for (int i = 0; i < n; ++i) {
    const double x = random.uniform();
    REQUIRE(x >= 0.0);
    REQUIRE(x < 1.0);
    sum += x;
    sum_of_squares += x * x;
  }
  // Standard errors sqrt(1/12/n) and sqrt(4/45/n); five of them.
  CHECK(std::abs(sum / n - 1.0 / 2) < 5.0 * std::sqrt(1.0 / 12 / n));
  CHECK(std::abs(sum_of_squares / n - 1.0 / 3) < 5.0 * std::sqrt(4.0 / 45 / n));
}

TEST_CASE("normal numbers have the moments of the normal distribution", "[core]") {
  RandomStream random(6, "normal");
  const int n = 100000;
  double m1 = 0.0, m2 = 0.0, m4 = 0.0;
  for (int i = 0; i < n; ++i) {
    const double x = random.normal();
    m1 += x / n;
    m2 += x * x / n;
    m4 += x * x * x * x / n;
  }
  // Variances of x, x^2, x^4: 1, 2, 96; five standard errors.
  CHECK(std::abs(m1) < 5.0 * std::sqrt(1.0 / n));
  CHECK(std::abs(m2 - 1.0) < 5.0 * std::sqrt(2.0 / n));
  CHECK(std::abs(m4 - 3.0) < 5.0 * std::sqrt(96.0 / n));
}

TEST_CASE("streams of neighbouring indices are uncorrelated", "[core]") {
  const int n = 20000;
  double covariance = 0.0;
  for (std::uint64_t i = 0; i < n; ++i)
    covariance += (RandomStream(9, "a", i).uniform() - 0.5) *
                  (RandomStream(9, "a", i + 1).uniform() - 0.5) / n;
  CHECK(std::abs(covariance) < 5.0 / 12 / std::sqrt(n)); // variance of the product is 1/144
}

TEST_CASE("below n draws each number equally often", "[core]") {
  RandomStream random(8, "below");
  std::array<int, 7> counts{};
  const int n = 70000;
  for (int i = 0; i < n; ++i)
    ++counts.at(random.below(7));
  double chi_squared = 0.0;
  for (const int count : counts)
    chi_squared += std::pow(count - n / 7, 2) / (n / 7);
  CHECK(chi_squared < 22.5); // 0.1 % of the chi-squared distribution with 6 degrees of freedom
  CHECK(random.below(1) == 0);
  CHECK_THROWS_AS(random.below(0), std::logic_error);
}

TEST_CASE("a uniform range never returns its upper end", "[core]") {
  RandomStream random(1, "range");
  const double high = std::nextafter(1.0, 2.0); // rounding makes half of the draws `high`
  for (int i = 0; i < 100; ++i)
    CHECK(random.uniform(1.0, high) == 1.0);
  CHECK(random.uniform(2.0, 2.0) == 2.0);
}
