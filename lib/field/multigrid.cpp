#include "field/multigrid.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/algebraic_hierarchy.hpp"
#include "field/lane_kernels.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/SparseCholesky>

#include <cmath>

namespace foramen::field {
namespace {

constexpr std::size_t grain = 2048; // rows; smaller levels run on one thread

struct FloatMatrix {
  std::size_t rows = 0;
  std::vector<std::int64_t> begin;
  std::vector<int> column;
  std::vector<float> value;

  FloatMatrix() = default;
  explicit FloatMatrix(const SparseMatrix& a)
      : rows(static_cast<std::size_t>(a.rows)), begin(a.begin), column(a.column),
        value(a.value.size()) {
    core::parallel_for(value.size(), 65536,
                       [&](std::size_t i) { value[i] = static_cast<float>(a.value[i]); });
  }
  RowsView<float> view() const { return {begin.data(), column.data(), value.data()}; }
};

SparseMatrix mean_of_ends(const Unknowns& u) {
  SparseMatrix p{.rows = u.n, .columns = u.n_linear, .begin = {0}, .column = {}, .value = {}};
  for (std::size_t i = 0; i < static_cast<std::size_t>(u.n); ++i) {
    if (u.linear_of[i] != Unknowns::none) {
      p.column.push_back(u.linear_of[i]);
      p.value.push_back(1.0);
    } else {
      for (const int end : u.ends_of[i])
        if (end != Unknowns::none) { // a grounded end counts as zero
          p.column.push_back(u.linear_of[static_cast<std::size_t>(end)]);
          p.value.push_back(0.5);
        }
    }
    p.begin.push_back(static_cast<std::int64_t>(p.column.size()));
  }
  return p;
}

std::vector<double> inverse_diagonal(const SparseMatrix& a) {
  std::vector<double> d(static_cast<std::size_t>(a.rows), 0.0);
  for (std::size_t i = 0; i < d.size(); ++i) {
    for (std::int64_t k = a.begin[i]; k < a.begin[i + 1]; ++k)
      if (a.column[static_cast<std::size_t>(k)] == static_cast<int>(i))
        d[i] += a.value[static_cast<std::size_t>(k)];
    if (!(d[i] > 0.0))
      throw core::SolverError("field operator",
                              core::concat("the diagonal of unknown ", i, " is ", d[i]),
                              "check the mesh for elements without volume");
    d[i] = 1.0 / d[i];
  }
  return d;
}

// Uniform in (-1, 1), the same in every run: the finaliser of SplitMix64 (Steele 2014,
// doi:10.1145/2660193.2660195).
double scatter(std::uint64_t i) {
  std::uint64_t x = (i + 1) * 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1.0p-52 - 1.0;
}

} // namespace

double largest_eigenvalue(const SparseMatrix& a) {
  constexpr int steps = 12;
  const auto n = static_cast<std::size_t>(a.rows);
  std::vector<double> root = inverse_diagonal(a);
  for (double& d : root)
    d = std::sqrt(d);
  std::vector<double> v(n), previous(n, 0.0), w(n), scaled(n);
  for (std::size_t i = 0; i < n; ++i)
    v[i] = scatter(i);
  const auto dot = [n](const std::vector<double>& x, const std::vector<double>& y) {
    return core::parallel_sum(n, 8192, [&](std::size_t begin, std::size_t end) {
      double s = 0.0;
      for (std::size_t i = begin; i < end; ++i)
        s += x[i] * y[i];
      return s;
    });
  };
  double beta = std::sqrt(dot(v, v));
  std::vector<double> diagonal, off;
  for (int step = 0; step < steps; ++step) {
    core::parallel_for(n, 8192, [&](std::size_t i) {
      v[i] /= beta;
      scaled[i] = root[i] * v[i];
    });
    core::parallel_for(n, grain, [&](std::size_t i) {
      double s = 0.0;
      for (std::int64_t k = a.begin[i]; k < a.begin[i + 1]; ++k)
        s += a.value[static_cast<std::size_t>(k)] *
             scaled[static_cast<std::size_t>(a.column[static_cast<std::size_t>(k)])];
      w[i] = root[i] * s - (off.empty() ? 0.0 : off.back()) * previous[i];
    });
    const double alpha = dot(w, v);
    diagonal.push_back(alpha);
    core::parallel_for(n, 8192, [&](std::size_t i) { w[i] -= alpha * v[i]; });
    beta = std::sqrt(dot(w, w));
    if (!(beta > 1e-12 * std::abs(alpha)))
      break; // an invariant subspace: the eigenvalues are exact
    off.push_back(beta);
    previous.swap(v);
    v.swap(w);
  }
  const auto m = static_cast<Eigen::Index>(diagonal.size());
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> tridiagonal;
  off.resize(diagonal.size());
  tridiagonal.computeFromTridiagonal(Eigen::Map<Eigen::VectorXd>(diagonal.data(), m),
                                     Eigen::Map<Eigen::VectorXd>(off.data(), m - 1),
                                     Eigen::EigenvaluesOnly);
  return tridiagonal.eigenvalues().maxCoeff();
}

struct Multigrid::Level {
  FloatMatrix a, prolongation, restriction; // the latter two: to and from the level below
  std::vector<float> inverse_diagonal;
  float inverse_bound = 0.0f; // 1 / (upper bound of the spectrum of D^-1 A)
  int degree = 2;
  LaneVector<float> b, x, x_other, d;

  Level(const SparseMatrix& matrix, const SparseMatrix& p, int smoother_degree)
      : a(matrix), prolongation(p), restriction(transpose(p)), degree(smoother_degree) {
    for (const double d_inverse : field::inverse_diagonal(matrix))
      inverse_diagonal.push_back(static_cast<float>(d_inverse));
    constexpr double margin = 1.1; // Lanczos approaches from below
    inverse_bound = static_cast<float>(1.0 / (margin * largest_eigenvalue(matrix)));
  }

  void each(const auto& body) const {
    core::parallel_chunks(a.rows, grain, [&](std::size_t begin, std::size_t end) {
      body(Range{begin, end, b.lanes()});
    });
  }
  void smooth(bool from_zero) {
    for (int i = 0; i < degree; ++i) {
      const auto k = static_cast<float>(i);
      const ChebyshevStep c{i == 0 ? 0.0f : (2.0f * k - 1.0f) / (2.0f * k + 3.0f),
                            (8.0f * k + 4.0f) / (2.0f * k + 3.0f) * inverse_bound};
      if (i == 0 && from_zero)
        each([&](Range r) {
          chebyshev_start(r, inverse_diagonal.data(), b.data(), d.data(), x_other.data(), c.c2);
        });
      else
        each([&](Range r) {
          chebyshev(r, a.view(), inverse_diagonal.data(), b.data(), x.data(), d.data(),
                    x_other.data(), c);
        });
      std::swap(x, x_other);
    }
  }
};

struct Multigrid::Coarsest {
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factor;
  LaneVector<float> b, x;
  Eigen::MatrixXd values;

  explicit Coarsest(const SparseMatrix& a) {
    std::vector<Eigen::Triplet<double>> entries;
    for (int i = 0; i < a.rows; ++i)
      for (std::int64_t k = a.begin[static_cast<std::size_t>(i)];
           k < a.begin[static_cast<std::size_t>(i) + 1]; ++k)
        entries.emplace_back(i, a.column[static_cast<std::size_t>(k)],
                             a.value[static_cast<std::size_t>(k)]);
    Eigen::SparseMatrix<double> m(a.rows, a.columns);
    m.setFromTriplets(entries.begin(), entries.end());
    factor.compute(m);
    if (factor.info() != Eigen::Success)
      throw core::SolverError("field operator", "the coarsest matrix cannot be factorised",
                              "check that every region connects to the grounded boundary");
  }
  void solve() {
    const auto rows = static_cast<Eigen::Index>(b.rows()),
               lanes = static_cast<Eigen::Index>(b.lanes());
    using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    values = factor.solve(Eigen::Map<const Rows>(b.data(), rows, lanes).cast<double>().eval());
    Eigen::Map<Rows>(x.data(), rows, lanes) = values.cast<float>();
  }
};

Multigrid::Multigrid(const SparseMatrix& quadratic, const SparseMatrix& linear,
                     const Unknowns& unknowns, const MultigridOptions& options) {
  const std::vector<AlgebraicLevel> below = algebraic_hierarchy(linear);
  levels_.emplace_back(quadratic, mean_of_ends(unknowns), options.quadratic_degree);
  const SparseMatrix* a = &linear;
  for (const AlgebraicLevel& level : below) {
    levels_.emplace_back(*a, level.prolongation, options.degree);
    a = &level.a;
  }
  coarsest_ = std::make_unique<Coarsest>(*a);
}
Multigrid::~Multigrid() = default;

std::size_t Multigrid::n_levels() const {
  return levels_.size() + 1;
}

void Multigrid::set_lanes(std::size_t lanes) {
  const auto allocate = [lanes](LaneVector<float>& v, std::size_t rows) {
    if (v.rows() != rows || v.lanes() != lanes)
      v = LaneVector<float>(rows, lanes);
  };
  for (Level& level : levels_)
    for (LaneVector<float>* v : {&level.b, &level.x, &level.x_other, &level.d})
      allocate(*v, level.a.rows);
  const std::size_t rows = levels_.back().restriction.rows;
  allocate(coarsest_->b, rows);
  allocate(coarsest_->x, rows);
}

LaneVector<float>& Multigrid::right_hand_side() {
  return levels_.front().b;
}

const LaneVector<float>& Multigrid::result() const {
  return levels_.front().x;
}

const LaneVector<float>& Multigrid::apply() {
  cycle(0);
  return result();
}

void Multigrid::cycle(std::size_t l) {
  if (l == levels_.size())
    return coarsest_->solve();
  Level& level = levels_[l];
  level.smooth(true);
  // The residual takes the place of x_other, then goes down.
  level.each([&](Range r) {
    residual(r, level.a.view(), level.x.data(), level.b.data(), level.x_other.data());
  });
  const bool last = l + 1 == levels_.size();
  LaneVector<float>& coarse_b = last ? coarsest_->b : levels_[l + 1].b;
  core::parallel_chunks(level.restriction.rows, grain, [&](std::size_t begin, std::size_t end) {
    multiply({begin, end, level.b.lanes()}, level.restriction.view(), level.x_other.data(),
             coarse_b.data());
  });
  cycle(l + 1);
  const LaneVector<float>& coarse_x = last ? coarsest_->x : levels_[l + 1].x;
  level.each([&](Range r) {
    multiply_add(r, level.prolongation.view(), coarse_x.data(), level.x.data());
  });
  level.smooth(false);
}

} // namespace foramen::field
