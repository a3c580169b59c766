#include "field/largest_eigenvalue.hpp"

#include "core/error.hpp"
#include "field/row_sums.hpp"

#include <Eigen/Eigenvalues>

#include <cmath>

namespace foramen::field {
namespace {

// Uniform in (-1, 1), the same in every run: the finaliser of SplitMix64 (Steele 2014,
// doi:10.1145/2660193.2660195).
double scatter(std::uint64_t i) {
  std::uint64_t x = (i + 1) * 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1.0p-52 - 1.0;
}

double largest_of_tridiagonal(std::vector<double> diagonal, std::vector<double> off) {
  const auto m = static_cast<Eigen::Index>(diagonal.size());
  off.resize(diagonal.size());
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> tridiagonal;
  tridiagonal.computeFromTridiagonal(Eigen::Map<Eigen::VectorXd>(diagonal.data(), m),
                                     Eigen::Map<Eigen::VectorXd>(off.data(), m - 1),
                                     Eigen::EigenvaluesOnly);
  return tridiagonal.eigenvalues().maxCoeff();
}

} // namespace

std::vector<double> inverse_diagonal(const SparseMatrix& a) {
  std::vector<double> d(static_cast<std::size_t>(a.rows), 0.0);
  core::parallel_for(d.size(), row_chunk, [&](std::size_t i) {
    const auto first = a.column.begin() + a.begin[i], last = a.column.begin() + a.begin[i + 1];
    for (auto it = std::find(first, last, static_cast<int>(i)); it != last;
         it = std::find(it + 1, last, static_cast<int>(i)))
      d[i] += a.value[static_cast<std::size_t>(it - a.column.begin())];
    if (!(d[i] > 0.0))
      throw core::SolverError("field operator",
                              core::concat("the diagonal of unknown ", i, " is ", d[i]),
                              "check the mesh for elements without volume");
    d[i] = 1.0 / d[i];
  });
  return d;
}

double largest_eigenvalue(const Ranks& ranks, const SparseMatrix& a, const Halo& halo, int steps) {
  const std::size_t n = halo.own();
  std::vector<double> root;
  ranks.together([&] { root = inverse_diagonal(a); });
  for (double& d : root)
    d = std::sqrt(d);
  std::vector<double> v(n), previous(n, 0.0), w(n);
  LaneVector<double> scaled(halo.total(), 1);
  for (std::size_t i = 0; i < n; ++i)
    v[i] = scatter(halo.first() + i);
  const auto dot = [&](const std::vector<double>& x, const std::vector<double>& y) {
    return sum_rows<1>(ranks, n, 1, [&](Range range, auto& sums) {
      for (std::size_t i = range.begin; i < range.end; ++i)
        sums[0][0] += x[i] * y[i];
    })[0][0];
  };
  double beta = std::sqrt(dot(v, v));
  std::vector<double> diagonal, off;
  for (int step = 0; step < steps; ++step) {
    core::parallel_for(n, row_chunk, [&](std::size_t i) {
      v[i] /= beta;
      scaled.data()[i] = root[i] * v[i];
    });
    halo.refresh(scaled);
    core::parallel_for(n, row_chunk, [&](std::size_t i) {
      double s = 0.0;
      for (std::int64_t k = a.begin[i]; k < a.begin[i + 1]; ++k)
        s += a.value[static_cast<std::size_t>(k)] *
             scaled.data()[a.column[static_cast<std::size_t>(k)]];
      w[i] = root[i] * s - (off.empty() ? 0.0 : off.back()) * previous[i];
    });
    const double alpha = dot(w, v);
    diagonal.push_back(alpha);
    core::parallel_for(n, row_chunk, [&](std::size_t i) { w[i] -= alpha * v[i]; });
    beta = std::sqrt(dot(w, w));
    if (!(beta > 1e-12 * std::abs(alpha)))
      break; // an invariant subspace: the eigenvalues are exact
    off.push_back(beta);
    previous.swap(v);
    v.swap(w);
  }
  return largest_of_tridiagonal(std::move(diagonal), std::move(off));
}

} // namespace foramen::field
