#include "field/reference_element.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen::field;

namespace {

double factorial(int n) {
  return n < 2 ? 1.0 : n * factorial(n - 1);
}

// Largest error of a rule over all monomials of a degree: int x^i y^j z^k = i! j! k! / (i + j + k +
// 3)!.
double error_at_degree(const TetRule& rule, int degree) {
  double worst = 0.0;
  for (int i = 0; i <= degree; ++i)
    for (int j = 0; i + j <= degree; ++j) {
      const int k = degree - i - j;
      double sum = 0.0;
      for (std::size_t q = 0; q < rule.weight.size(); ++q) {
        const Vector3d& p = rule.point[q];
        sum += rule.weight[q] * std::pow(p.x(), i) * std::pow(p.y(), j) * std::pow(p.z(), k);
      }
      const double exact = factorial(i) * factorial(j) * factorial(k) / factorial(degree + 3);
      worst = std::max(worst, std::abs(sum - exact));
    }
  return worst;
}

} // namespace

TEST_CASE("quadrature rules are exact to their degree and no further", "[field]") {
  for (int degree = 0; degree <= 2; ++degree)
    CHECK(error_at_degree(tet_rule_degree_2(), degree) < 1e-15);
  CHECK(error_at_degree(tet_rule_degree_2(), 3) > 1e-6);
  for (int degree = 0; degree <= 5; ++degree)
    CHECK(error_at_degree(tet_rule_degree_5(), degree) < 1e-15);
  CHECK(error_at_degree(tet_rule_degree_5(), 6) > 1e-9);
}

TEST_CASE("shape functions agree with those of deal.II in value and gradient", "[field]") {
  const TetRule& rule = tet_rule_degree_5();
  for (std::size_t q = 0; q < rule.weight.size(); ++q) {
    const auto value = quadratic_values(rule.point[q]);
    const auto gradient = quadratic_gradients(rule.point[q]);
    for (std::size_t a = 0; a < 10; ++a) {
      CHECK(value[a] == Approx(rule.value[q][a]).margin(1e-14));
      CHECK((gradient[a] - rule.gradient[q][a]).norm() < 1e-13);
    }
  }
}

TEST_CASE("nodes are numbered corners first, then edges 01 12 02 03 13 23", "[field]") {
  const Vector3d corner[4] = {Vector3d::Zero(), Vector3d::UnitX(), Vector3d::UnitY(),
                              Vector3d::UnitZ()};
  for (std::size_t a = 0; a < 10; ++a) {
    const Vector3d p =
        a < 4 ? corner[a]
              : Vector3d(0.5 * (corner[tet_edges[a - 4][0]] + corner[tet_edges[a - 4][1]]));
    const auto value = quadratic_values(p);
    for (std::size_t b = 0; b < 10; ++b)
      CHECK(value[b] == Approx(a == b ? 1.0 : 0.0).margin(1e-15));
  }
}

TEST_CASE("the triangle rule integrates the quadratic mass matrix exactly", "[field]") {
  // Of the vertex functions: int N_0 N_0 = A / 30, int N_0 N_1 = -A / 180; of edges: 8 A / 45, A =
  // 1 / 2.
  const TriangleRule& rule = triangle_rule_degree_5();
  const auto mass = [&](std::size_t a, std::size_t b) {
    double sum = 0.0;
    for (std::size_t q = 0; q < rule.weight.size(); ++q)
      sum += rule.weight[q] * rule.value[q][a] * rule.value[q][b];
    return sum;
  };
  CHECK(mass(0, 0) == Approx(0.5 / 30.0).epsilon(1e-13));
  CHECK(mass(0, 1) == Approx(-0.5 / 180.0).epsilon(1e-13));
  CHECK(mass(3, 3) == Approx(0.5 * 8.0 / 45.0).epsilon(1e-13));
}
