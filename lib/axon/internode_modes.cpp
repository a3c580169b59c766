#include "axon/internode_modes.hpp"

#include "core/error.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <numbers>

namespace foramen::axon {
namespace {

constexpr int n = n_internode_modes;
using Matrix = Eigen::Matrix<double, n, n>;
using Vector = Eigen::Matrix<double, n, 1>;
using Half = Eigen::Matrix<double, n / 2, n / 2>;

struct System {
  Matrix mass = Matrix::Zero(), stiffness = Matrix::Zero();
  Vector leaks = Vector::Zero();
};

// Unknown 2 k is U of compartment k, 2 k + 1 its P.
System assemble(std::span<const Compartment> period) {
  System s;
  for (int k = 0; k < n / 2; ++k) {
    const Compartment& c = period[static_cast<std::size_t>(k) + 1];
    const Compartment& before = period[static_cast<std::size_t>(k)];
    const int u = 2 * k, p = 2 * k + 1;
    const auto across = [&](Matrix& m, double axolemma, double myelin) {
      m(u, u) += axolemma;
      m(p, p) += axolemma + myelin;
      m(u, p) -= axolemma;
      m(p, u) -= axolemma;
    };
    across(s.mass, c.capacitance_uF, c.myelin_capacitance_uF);
    across(s.stiffness, c.leak_mS, c.myelin_conductance_mS);
    s.stiffness(u, u) += before.axial_mS + c.axial_mS;
    s.stiffness(p, p) += before.periaxonal_mS + c.periaxonal_mS;
    if (k + 1 < n / 2) {
      s.stiffness(u, u + 2) = s.stiffness(u + 2, u) = -c.axial_mS;
      s.stiffness(p, p + 2) = s.stiffness(p + 2, p) = -c.periaxonal_mS;
    }
    s.leaks(u) += c.leak_uA;
    s.leaks(p) -= c.leak_uA;
  }
  return s;
}

bool is_mirrored(const Matrix& m) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      const int i2 = n - 2 - (i & ~1) + (i & 1), j2 = n - 2 - (j & ~1) + (j & 1);
      if (std::abs(m(i, j) - m(i2, j2)) > 1e-12 * std::sqrt(m(i, i) * m(j, j)))
        return false;
    }
  return true;
}

// Even and odd combinations of a compartment and its mirror image.
Matrix parity_basis() {
  Matrix q = Matrix::Zero();
  const double half = 1.0 / std::numbers::sqrt2;
  for (int i = 0; i < n / 2; ++i) {
    const int mirror = n - 2 - (i & ~1) + (i & 1);
    q(i, i) = q(mirror, i) = half;
    q(i, n / 2 + i) = half;
    q(mirror, n / 2 + i) = -half;
  }
  return q;
}

// K phi = lambda M phi, columns with phi^T M phi = 1.
template <class M>
void eigen(const M& stiffness, const M& mass, M& shapes, Eigen::Ref<Vector> rates, int first) {
  const Eigen::GeneralizedSelfAdjointEigenSolver<M> solver(stiffness, mass);
  FORAMEN_EXPECT(solver.info() == Eigen::Success, "modes of an internode");
  shapes = solver.eigenvectors();
  rates.segment(first, shapes.cols()) = solver.eigenvalues();
}

} // namespace

InternodeModes internode_modes(std::span<const Compartment> period) {
  FORAMEN_EXPECT(period.size() == n_internode_compartments + 1, period.size(), " compartments");
  const System s = assemble(period);
  InternodeModes modes;
  modes.mirrored = is_mirrored(s.stiffness) && is_mirrored(s.mass);
  Matrix shapes;
  Vector rates;
  if (modes.mirrored) {
    const Matrix q = parity_basis();
    const Matrix k = q.transpose() * s.stiffness * q, m = q.transpose() * s.mass * q;
    Half half;
    shapes.setZero();
    for (int parity = 0; parity < 2; ++parity) {
      const int first = parity * n / 2;
      eigen<Half>(k.block<n / 2, n / 2>(first, first), m.block<n / 2, n / 2>(first, first), half,
                  rates, first);
      shapes.block<n / 2, n / 2>(first, first) = half;
    }
    shapes = q * shapes;
  } else {
    eigen<Matrix>(s.stiffness, s.mass, shapes, rates, 0);
  }
  const Vector x_rest = s.stiffness.ldlt().solve(s.leaks);
  const Matrix inverse = shapes.transpose() * s.mass;
  const double g_left = period.front().axial_mS, g_right = period.back().axial_mS;
  for (int m = 0; m < n; ++m) {
    const auto i = static_cast<std::size_t>(m);
    modes.rate[i] = rates(m);
    modes.left[i] = g_left * shapes(0, m);
    modes.right[i] = !modes.mirrored ? g_right * shapes(n - 2, m)
                     : m < n / 2     ? modes.left[i]
                                     : -modes.left[i];
    modes.x_rest[i] = x_rest(m);
    for (int k = 0; k < n; ++k) {
      modes.shape[i][static_cast<std::size_t>(k)] = shapes(k, m);
      modes.inverse[i][static_cast<std::size_t>(k)] = inverse(m, k);
    }
  }
  modes.at_rest_left = g_left * x_rest(0);
  modes.at_rest_right = g_right * x_rest(n - 2);
  return modes;
}

InternodeModes::Values InternodeModes::amplitudes(const Values& x) const {
  Values y{};
  for (std::size_t m = 0; m < n_internode_modes; ++m)
    for (std::size_t k = 0; k < n_internode_modes; ++k)
      y[m] += inverse[m][k] * (x[k] - x_rest[k]);
  return y;
}

InternodeModes::Values InternodeModes::potentials(const Values& y) const {
  Values x = x_rest;
  for (std::size_t m = 0; m < n_internode_modes; ++m)
    for (std::size_t k = 0; k < n_internode_modes; ++k)
      x[k] += shape[m][k] * y[m];
  return x;
}

InternodeModes::Values InternodeModes::project(const Values& source) const {
  Values s{};
  for (std::size_t m = 0; m < n_internode_modes; ++m)
    for (std::size_t k = 0; k < n_internode_modes; ++k)
      s[m] += shape[m][k] * source[k];
  return s;
}

} // namespace foramen::axon
