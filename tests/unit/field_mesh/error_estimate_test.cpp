#include "field/error_estimate.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

using namespace foramen::field;

TEST_CASE("errors of one kind and independent ones are estimated within a factor of 1.6",
          "[field]") {
  const double coarser = std::pow(comparison_ratio, 0.75 * potential_order);
  CHECK((coarser - 1.0) / difference_over_error() > 1.0 / 1.61);
  CHECK(std::hypot(coarser, 1.0) / difference_over_error() < 1.61);
}

TEST_CASE("along a line the largest difference counts, and that of second differences over 1 mm",
          "[field]") {
  // Difference x^2 in mm, 0 to 5 mm: at most 25, its second difference 2 everywhere.
  for (const double spacing : {0.25e-3, 0.5e-3, 1e-3}) {
    std::vector<double> solution, comparison;
    for (double x = 0.0; x < 5e-3 + 0.5 * spacing; x += spacing) {
      solution.push_back(7.0 + 1e3 * x);
      comparison.push_back(solution.back() - std::pow(1e3 * x, 2));
    }
    const LineErrors errors = estimate_along_line(solution, comparison, spacing);
    const double scale = difference_over_error();
    CHECK(errors.potential == Approx(25.0 / scale));
    CHECK(errors.second_difference == Approx(2.0 / scale));
  }
  const std::vector<double> two{1.0, 2.0}, zero{0.0, 0.0};
  CHECK(estimate_along_line(two, zero, 1e-3).second_difference == 0.0);
}
