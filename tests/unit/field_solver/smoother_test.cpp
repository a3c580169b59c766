#include "dense_rows.hpp"
#include "field/lane_kernels.hpp"
#include "field/lane_vector.hpp"
#include "field/smoother_scale.hpp"

#include <Eigen/Eigenvalues>
#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::field;
using tests::rows_of;

namespace {

constexpr int n = 40;

// A symmetric matrix with an entry in some two thirds of its places, rows of very different size.
Eigen::MatrixXd random_matrix() {
  Eigen::MatrixXd m = Eigen::MatrixXd::Random(n, n);
  m = (m + m.transpose()).eval();
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      m(i, j) = std::abs(m(i, j)) < 0.5 && i != j ? 0.0 : m(i, j) * std::pow(1.1, i + j);
  m.diagonal() = m.diagonal().cwiseAbs() + Eigen::VectorXd::Ones(n);
  return m;
}

LaneVector<float> random_lanes(std::size_t lanes) {
  LaneVector<float> v(n, lanes);
  const Eigen::VectorXf numbers = Eigen::VectorXf::Random(static_cast<Eigen::Index>(n * lanes));
  std::copy(numbers.begin(), numbers.end(), v.data());
  return v;
}

} // namespace

TEST_CASE("no eigenvalue of a matrix over its rows' absolute sums exceeds one", "[field]") {
  for (int repeat = 0; repeat < 20; ++repeat) {
    const Eigen::MatrixXd m = random_matrix();
    const std::vector<double> inverse = inverse_row_sums(rows_of(m));
    const Eigen::VectorXd root = Eigen::Map<const Eigen::VectorXd>(inverse.data(), n).cwiseSqrt();
    const Eigen::MatrixXd scaled = root.asDiagonal() * m * root.asDiagonal();
    const double largest =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(scaled).eigenvalues().maxCoeff();
    CHECK(largest <= 1.0 + 1e-12);
    CHECK(inverse[3] == Approx(1.0 / m.row(3).cwiseAbs().sum()));
  }
}

TEST_CASE("a smoother's step takes the place of the iterate before last", "[field]") {
  const Eigen::MatrixXd m = random_matrix() * 1e-3;
  const SparseMatrix a = rows_of(m);
  const std::vector<float> values(a.value.begin(), a.value.end());
  const RowsView<float> view{a.begin.data(), a.column.data(), values.data()};
  const std::vector<double> in_double = inverse_row_sums(a);
  const std::vector<float> inverse(in_double.begin(), in_double.end());
  const SmootherStep step{1.3f, GENERATE(0.0f, 0.4f), 1.7f};
  const std::size_t lanes = GENERATE(4, 8, 16);
  const LaneVector<float> b = random_lanes(lanes), x = random_lanes(lanes), q = random_lanes(lanes);
  LaneVector<float> other = random_lanes(lanes), again(n, lanes);
  std::copy_n(other.data(), n * lanes, again.data());

  Eigen::MatrixXd expected(n, static_cast<Eigen::Index>(lanes));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t l = 0; l < lanes; ++l) {
      double product = 0.0;
      for (std::size_t j = 0; j < n; ++j)
        product += m(static_cast<int>(i), static_cast<int>(j)) * double{x(j, l)};
      expected(static_cast<int>(i), static_cast<int>(l)) =
          double{step.now} * double{x(i, l)} - double{step.c1} * double{other(i, l)} +
          double{step.c2} * in_double[i] * (double{b(i, l)} - product);
    }
  const Range range{0, n, lanes};
  std::array<double, most_lanes> bz{}, qz{};
  smooth(range, view, inverse.data(), b.data(), x.data(), other.data(), step);
  smooth_and_dots(range, view, inverse.data(), b.data(), x.data(), again.data(), step, q.data(),
                  bz.data(), qz.data());
  // Some forty roundings of 6e-8 each, relative to what is summed: |b| / L and |x| of at most 2.
  const double most = 40 * 6e-8 * (expected.cwiseAbs().maxCoeff() + 4.0);
  for (std::size_t l = 0; l < lanes; ++l) {
    double b_dot = 0.0, q_dot = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const double here = expected(static_cast<int>(i), static_cast<int>(l));
      CHECK(std::abs(double{other(i, l)} - here) < most);
      CHECK(other(i, l) == again(i, l));
      b_dot += double{b(i, l)} * double{again(i, l)};
      q_dot += double{q(i, l)} * double{again(i, l)};
    }
    CHECK(bz[l] == Approx(b_dot).epsilon(1e-12).margin(1e-12));
    CHECK(qz[l] == Approx(q_dot).epsilon(1e-12).margin(1e-12));
  }
}
