#include "core/parallel.hpp"
#include "core/random.hpp"
#include "dense_rows.hpp"
#include "field/algebraic_hierarchy.hpp"
#include "field/interpolation.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

using namespace foramen;
using namespace foramen::field;
using tests::dense;
using tests::rows_of;

namespace {

// -u'' on n points between two grounded ends, times the spacing.
Eigen::MatrixXd chain(int n) {
  Eigen::MatrixXd m = 2.0 * Eigen::MatrixXd::Identity(n, n);
  m.diagonal(1).setConstant(-1.0);
  m.diagonal(-1).setConstant(-1.0);
  return m;
}

// Resistors of 1 to 100 ohm and a few negative ones between neighbours of a side^3 grid, as obtuse
// elements make them; no ground: constants carry no current. `ground` adds a conductance at one.
Eigen::MatrixXd network(int side, double ground) {
  const int n = side * side * side;
  Eigen::MatrixXd m = Eigen::MatrixXd::Zero(n, n);
  core::RandomStream random(7, "network");
  const auto join = [&](int i, int j) {
    const double size = std::pow(100.0, -random.uniform());
    const double g = random.uniform() < 0.1 ? -0.05 * size : size;
    m(i, j) -= g;
    m(j, i) -= g;
    m(i, i) += g;
    m(j, j) += g;
  };
  for (int i = 0; i < n; ++i) {
    if (i % side + 1 < side)
      join(i, i + 1);
    if (i / side % side + 1 < side)
      join(i, i + side);
    if (i / (side * side) + 1 < side)
      join(i, i + side * side);
    if (i % side + 1 < side && i / side % side + 1 < side)
      join(i, i + side + 1);
  }
  m(0, 0) += ground;
  return m;
}

bool depends(const Graph& g, int i, int j) {
  const auto row = g.of(static_cast<std::size_t>(i));
  return std::find(row.begin(), row.end(), j) != row.end();
}

// The header's formula as it stands, all weights of a fine row by column.
Eigen::VectorXd weights(const Eigen::MatrixXd& a, const Graph& g, const CoarseUnknowns& coarse,
                        int i) {
  const int n = static_cast<int>(a.rows());
  const auto is_coarse = [&](int j) { return coarse.number[static_cast<std::size_t>(j)] >= 0; };
  std::vector<int> fine, sources;
  for (int j = 0; j < n; ++j) {
    bool source = is_coarse(j) && depends(g, i, j);
    for (int k = 0; k < n && is_coarse(j); ++k)
      source = source || (depends(g, i, k) && !is_coarse(k) && depends(g, k, j));
    if (source)
      sources.push_back(j);
    else if (!is_coarse(j) && depends(g, i, j))
      fine.push_back(j);
  }
  const auto b = [&](int k, int l) { return std::min(0.0, a(k, l)); };
  Eigen::VectorXd w = Eigen::VectorXd::Zero(n);
  double d = a(i, i);
  for (int j = 0; j < n; ++j)
    if (j != i && std::find(sources.begin(), sources.end(), j) == sources.end() &&
        std::find(fine.begin(), fine.end(), j) == fine.end())
      d += a(i, j);
  for (const int j : sources)
    w[j] = a(i, j);
  for (const int k : fine) {
    double s = b(k, i);
    for (const int l : sources)
      s += b(k, l);
    d += a(i, k) * b(k, i) / s;
    for (const int l : sources)
      w[l] += a(i, k) * b(k, l) / s;
  }
  return -w / d;
}

bool same(const SparseMatrix& x, const SparseMatrix& y) {
  return x.begin == y.begin && x.column == y.column && x.value == y.value;
}

} // namespace

TEST_CASE("a chain is coarsened to every other point, exactly", "[field][algebraic]") {
  const SparseMatrix a = rows_of(chain(31));
  const auto levels = algebraic_hierarchy(Ranks::alone(), a, 1);
  REQUIRE(levels.size() == 4); // 15, 7, 3, 1
  int n = 31;
  double scale = 1.0;
  for (const AlgebraicLevel& level : levels) {
    Eigen::MatrixXd p = Eigen::MatrixXd::Zero(n, n / 2);
    for (int j = 0; j < n / 2; ++j)
      p.col(j).segment(2 * j, 3) << 0.5, 1.0, 0.5; // linear, zero at the ground
    CHECK((dense(level.prolongation) - p).cwiseAbs().maxCoeff() < 1e-15);
    CHECK((dense(level.restriction) - p.transpose()).cwiseAbs().maxCoeff() < 1e-15);
    n /= 2;
    scale *= 0.5; // twice the spacing
    CHECK((dense(level.a) - scale * chain(n)).cwiseAbs().maxCoeff() < 1e-15);
  }
}

TEST_CASE("unknowns left out reach coarse ones over two strong dependences at most",
          "[field][algebraic]") {
  const Eigen::MatrixXd m = network(8, 1.0);
  const Graph g = strong_dependences(rows_of(m));
  for (int i = 0; i < m.rows(); ++i) {
    const double strongest = (-m.row(i)).maxCoeff();
    for (int j = 0; j < m.cols(); ++j)
      CHECK(depends(g, i, j) == (i != j && -m(i, j) >= strong_share * strongest));
  }
  const CoarseUnknowns coarse = choose_coarse(g);
  CHECK(coarse.n > 0);
  CHECK(coarse.n < m.rows() / 2);
  const auto reaches_coarse = [&](std::size_t i) {
    const auto row = g.of(i);
    return std::any_of(row.begin(), row.end(),
                       [&](int j) { return coarse.number[static_cast<std::size_t>(j)] >= 0; });
  };
  for (std::size_t i = 0; i < g.rows(); ++i) {
    const auto row = g.of(i);
    CHECK((coarse.number[i] >= 0 || reaches_coarse(i) ||
           std::any_of(row.begin(), row.end(),
                       [&](int j) { return reaches_coarse(static_cast<std::size_t>(j)); })));
  }
}

TEST_CASE("a row that its diagonal dominates depends on nothing", "[field][algebraic]") {
  Eigen::MatrixXd m = chain(5);
  m(2, 2) = 30.0; // sum 28, 0.93 of it
  CHECK(strong_dependences(rows_of(m)).of(2).empty());
  m(2, 2) = 15.0; // sum 13, 0.87
  CHECK(strong_dependences(rows_of(m)).of(2).size() == 2);
  CHECK(algebraic_hierarchy(Ranks::alone(), rows_of(Eigen::MatrixXd::Identity(9, 9)), 4).empty());
}

TEST_CASE("interpolation weights are the published ones, the largest of them",
          "[field][algebraic]") {
  const Eigen::MatrixXd m = network(6, 1.0);
  const SparseMatrix a = rows_of(m);
  const Graph g = strong_dependences(a);
  const CoarseUnknowns coarse = choose_coarse(g);
  const Eigen::MatrixXd p =
      dense(interpolation_rows(a, g, coarse, 0, static_cast<std::size_t>(a.rows)));
  int cut = 0;
  for (int i = 0; i < a.rows; ++i) {
    if (const int own = coarse.number[static_cast<std::size_t>(i)]; own >= 0) {
      CHECK(p.row(i).cwiseAbs().sum() == 1.0);
      CHECK(p(i, own) == 1.0);
      continue;
    }
    const Eigen::VectorXd all = weights(m, g, coarse, i);
    std::vector<int> order(static_cast<std::size_t>(a.rows));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int x, int y) { return std::abs(all[x]) > std::abs(all[y]); });
    order.resize(most_weights);
    double kept = 0.0;
    for (const int j : order)
      kept += all[j];
    cut += std::abs(kept - all.sum()) > 1e-12 ? 1 : 0;
    for (const int j : order)
      if (all[j] != 0.0)
        CHECK(p(i, coarse.number[static_cast<std::size_t>(j)]) ==
              Approx(all[j] * all.sum() / kept).epsilon(1e-12));
    CHECK(p.row(i).sum() == Approx(all.sum()).epsilon(1e-12));
  }
  CHECK(cut > 0);
}

TEST_CASE("constants are interpolated and carry no current on any level", "[field][algebraic]") {
  const SparseMatrix a = rows_of(network(9, 0.0));
  const auto levels = algebraic_hierarchy(Ranks::alone(), a, 10);
  REQUIRE(levels.size() >= 2);
  for (const AlgebraicLevel& level : levels) {
    const Eigen::MatrixXd p = dense(level.prolongation), c = dense(level.a);
    CHECK((p.rowwise().sum().array() - 1.0).abs().maxCoeff() < 1e-12);
    CHECK(c.rowwise().sum().cwiseAbs().maxCoeff() < 1e-12); // of conductances up to 1
  }
}

TEST_CASE("coarse matrices are P^T A P, on any number of threads and shares",
          "[field][algebraic]") {
  const SparseMatrix a = rows_of(network(12, 1.0));
  const std::size_t before = core::thread_count();
  core::set_thread_count(1);
  const auto one = algebraic_hierarchy(Ranks::alone(), a, 20);
  core::set_thread_count(3);
  const auto three = algebraic_hierarchy(Ranks::alone(), a, 20);
  core::set_thread_count(before);
  REQUIRE(one.size() == three.size());
  const SparseMatrix* finer = &a;
  for (std::size_t l = 0; l < one.size(); ++l) {
    CHECK(same(one[l].prolongation, three[l].prolongation));
    CHECK(same(one[l].a, three[l].a));
    const Eigen::MatrixXd p = dense(one[l].prolongation), m = dense(*finer);
    const Eigen::MatrixXd expected = p.transpose() * m * p;
    CHECK((dense(one[l].a) - expected).cwiseAbs().maxCoeff() <
          1e-13 * m.cwiseAbs().maxCoeff() * static_cast<double>(m.rows()));
    const auto rows = static_cast<std::size_t>(one[l].a.rows), middle = rows / 3;
    const SparseMatrix first =
        coarse_rows(one[l].restriction, *finer, one[l].prolongation, 0, middle);
    const SparseMatrix last =
        coarse_rows(one[l].restriction, *finer, one[l].prolongation, middle, rows);
    Eigen::MatrixXd both(one[l].a.rows, one[l].a.columns);
    both << dense(first), dense(last);
    CHECK(both == dense(one[l].a));
    finer = &one[l].a;
  }
}
