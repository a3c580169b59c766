#include "field/smooth_fit.hpp"

#include "field/simd.hpp"

#include <Eigen/Cholesky>

#include <array>

namespace foramen::field {
namespace {

constexpr int top_degree = 4;
constexpr int n_moments = 165; // monomials of degree up to 8 in three variables
constexpr std::size_t width = 8;
using V = Lanes<double, width>;

struct Monomial {
  int i, j, k;
};

// All monomials up to a degree, by degree first: those of lower degree are a prefix.
template <int degree, int count> constexpr std::array<Monomial, count> monomials() {
  std::array<Monomial, count> list{};
  std::size_t n = 0;
  for (int d = 0; d <= degree; ++d)
    for (int i = d; i >= 0; --i)
      for (int j = d - i; j >= 0; --j)
        list[n++] = {i, j, d - i - j};
  return list;
}
constexpr auto basis = monomials<top_degree, 35>();
constexpr auto moment = monomials<2 * top_degree, n_moments>();

constexpr int n_basis(int degree) {
  return (degree + 1) * (degree + 2) * (degree + 3) / 6;
}

constexpr auto moment_index = [] {
  std::array<std::array<std::array<int, 9>, 9>, 9> index{};
  for (std::size_t n = 0; n < moment.size(); ++n)
    index[static_cast<std::size_t>(moment[n].i)][static_cast<std::size_t>(moment[n].j)]
         [static_cast<std::size_t>(moment[n].k)] = static_cast<int>(n);
  return index;
}();

constexpr auto gram_index = [] {
  std::array<std::array<int, 35>, 35> index{};
  for (std::size_t a = 0; a < 35; ++a)
    for (std::size_t b = 0; b < 35; ++b)
      index[a][b] =
          moment_index[static_cast<std::size_t>(basis[a].i + basis[b].i)][static_cast<std::size_t>(
              basis[a].j + basis[b].j)][static_cast<std::size_t>(basis[a].k + basis[b].k)];
  return index;
}();

// Each moment's monomial is one variable times an earlier one: which variable, which one.
struct Step {
  int variable, from;
};
constexpr auto steps = [] {
  std::array<Step, n_moments> list{};
  for (std::size_t n = 1; n < moment.size(); ++n) {
    const auto [i, j, k] = moment[n];
    const int variable = i > 0 ? 0 : j > 0 ? 1 : 2;
    list[n] = {variable,
               moment_index[static_cast<std::size_t>(i - (variable == 0))][static_cast<std::size_t>(
                   j - (variable == 1))][static_cast<std::size_t>(k - (variable == 2))]};
  }
  return list;
}();

FORAMEN_KERNEL void sum_moments(std::size_t n_packs, const double* x, const double* y,
                                const double* z, const double* w, double* sums) {
  V total[n_moments];
  for (V& t : total)
    t = V{};
  for (std::size_t p = 0; p < n_packs; ++p) {
    V variable[3], value[n_moments];
    __builtin_memcpy(&variable[0], x + p * width, sizeof(V));
    __builtin_memcpy(&variable[1], y + p * width, sizeof(V));
    __builtin_memcpy(&variable[2], z + p * width, sizeof(V));
    __builtin_memcpy(&value[0], w + p * width, sizeof(V));
    total[0] += value[0];
    for (std::size_t n = 1; n < n_moments; ++n) {
      value[n] = value[steps[n].from] * variable[steps[n].variable];
      total[n] += value[n];
    }
  }
  for (std::size_t n = 0; n < n_moments; ++n) {
    sums[n] = 0.0;
    for (std::size_t l = 0; l < width; ++l)
      sums[n] += total[n][l];
  }
}

// sum_a c_a (monomial a) times w, for each node: its weight.
FORAMEN_KERNEL void evaluate(std::size_t n_packs, const double* x, const double* y, const double* z,
                             const double* w, int terms, const double* c, double* weights) {
  for (std::size_t p = 0; p < n_packs; ++p) {
    V variable[3], value[35], wp;
    __builtin_memcpy(&variable[0], x + p * width, sizeof(V));
    __builtin_memcpy(&variable[1], y + p * width, sizeof(V));
    __builtin_memcpy(&variable[2], z + p * width, sizeof(V));
    __builtin_memcpy(&wp, w + p * width, sizeof(V));
    value[0] = wp;
    V sum = c[0] * wp;
    for (int n = 1; n < terms; ++n) {
      value[n] = value[steps[static_cast<std::size_t>(n)].from] *
                 variable[steps[static_cast<std::size_t>(n)].variable];
      sum += c[n] * value[n];
    }
    __builtin_memcpy(weights + p * width, &sum, sizeof(V));
  }
}

double power(double x, int n) {
  double p = 1.0;
  for (int i = 0; i < n; ++i)
    p *= x;
  return p;
}

} // namespace

bool SmoothFit::compute(const Vector3d& centre, double radius, std::span<const Vector3d> nodes) {
  constexpr int decay = 4; // k of the weight
  used_.clear();
  for (std::vector<double>* v : {&x_, &y_, &z_, &w_})
    v->clear();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Vector3d r = (nodes[i] - centre) / radius;
    const double rest = 1.0 - r.squaredNorm();
    if (rest <= 0.0)
      continue;
    used_.push_back(static_cast<int>(i));
    x_.push_back(r.x());
    y_.push_back(r.y());
    z_.push_back(r.z());
    w_.push_back(power(rest, decay));
  }
  const std::size_t padded = (used_.size() + width - 1) / width * width;
  for (std::vector<double>* v : {&x_, &y_, &z_, &w_, &weights_})
    v->resize(padded, 0.0); // weight 0
  moments_.resize(n_moments);
  sum_moments(padded / width, x_.data(), y_.data(), z_.data(), w_.data(), moments_.data());
  for (degree_ = top_degree; degree_ > 0; --degree_)
    if (static_cast<int>(used_.size()) >= n_basis(degree_) && solve(degree_)) {
      evaluate(padded / width, x_.data(), y_.data(), z_.data(), w_.data(), n_basis(degree_),
               coefficients_.data(), weights_.data());
      return true;
    }
  return false;
}

bool SmoothFit::solve(int degree) {
  const int n = n_basis(degree);
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 35, 35> gram(n, n);
  Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 35, 1> scale(n);
  for (int a = 0; a < n; ++a)
    scale[a] = 1.0 / std::sqrt(moments_[static_cast<std::size_t>(
                         gram_index[static_cast<std::size_t>(a)][static_cast<std::size_t>(a)])]);
  if (!scale.allFinite())
    return false;
  for (int a = 0; a < n; ++a)
    for (int b = a; b < n; ++b)
      gram(b, a) = scale[a] * scale[b] *
                   moments_[static_cast<std::size_t>(
                       gram_index[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)])];
  const Eigen::LLT<decltype(gram), Eigen::Lower> factor(gram);
  if (factor.info() != Eigen::Success)
    return false;
  // With a unit diagonal, a small pivot is a column that the others almost span.
  constexpr double least_pivot = 1e-4; // squared 1e-8: the solution keeps half of its digits
  if (factor.matrixLLT().diagonal().minCoeff() < least_pivot)
    return false;
  Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 35, 1> c = Eigen::VectorXd::Unit(n, 0) * scale[0];
  factor.solveInPlace(c);
  coefficients_ = c.cwiseProduct(scale);
  return true;
}

} // namespace foramen::field
