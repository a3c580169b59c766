#include "field/laminate.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace foramen::field {

namespace {

constexpr double same = 1e-6;      // of traces that do not jump
constexpr double explained = 1e-9; // least share of their variance that a direction explains

bool jumps(std::span<const Matrix3d> sigma) {
  const auto [least, most] =
      std::minmax_element(sigma.begin(), sigma.end(), [](const Matrix3d& a, const Matrix3d& b) {
        return a.trace() < b.trace();
      });
  return most->trace() > (1.0 + same) * least->trace();
}

// Nothing where the mixture has no direction, as about a core in the element's middle.
std::optional<Vector3d> normal(std::span<const Vector3d> points, std::span<const double> weights,
                               std::span<const Matrix3d> sigma) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  Vector3d centre = Vector3d::Zero();
  double mean = 0.0;
  for (std::size_t q = 0; q < points.size(); ++q) {
    centre += weights[q] / total * points[q];
    mean += weights[q] / total * std::log(sigma[q].trace());
  }
  Matrix3d spread = Matrix3d::Zero();
  Vector3d moment = Vector3d::Zero();
  double variance = 0.0;
  for (std::size_t q = 0; q < points.size(); ++q) {
    const Vector3d d = points[q] - centre;
    const double of_mean = std::log(sigma[q].trace()) - mean;
    spread += weights[q] * d * d.transpose();
    moment += weights[q] * of_mean * d;
    variance += weights[q] * of_mean * of_mean;
  }
  const Vector3d slope = spread.partialPivLu().solve(moment);
  if (!(slope.dot(moment) > explained * variance))
    return std::nullopt;
  return slope.normalized();
}

} // namespace

std::optional<Matrix3d> laminate(std::span<const Vector3d> points, std::span<const double> weights,
                                 std::span<const Matrix3d> sigma) {
  if (!jumps(sigma))
    return std::nullopt;
  const std::optional<Vector3d> direction = normal(points, weights, sigma);
  if (!direction)
    return std::nullopt;
  const Vector3d& n = *direction;
  const Matrix3d along = Matrix3d::Identity() - n * n.transpose();
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  double resistivity = 0.0;             // <1 / s_nn>
  Vector3d ratio = Vector3d::Zero();    // <s_tn / s_nn>
  Matrix3d parallel = Matrix3d::Zero(); // <s_tt - s_tn s_nt / s_nn>
  for (std::size_t q = 0; q < points.size(); ++q) {
    const double w = weights[q] / total;
    const Vector3d sn = sigma[q] * n;
    const double nn = n.dot(sn);
    const Vector3d tn = along * sn;
    resistivity += w / nn;
    ratio += w / nn * tn;
    parallel += w * (along * sigma[q] * along - tn * tn.transpose() / nn);
  }
  const double nn = 1.0 / resistivity;
  const Vector3d tn = nn * ratio;
  const Matrix3d result = nn * n * n.transpose() + tn * n.transpose() + n * tn.transpose() +
                          parallel + tn * tn.transpose() / nn;
  return Matrix3d(0.5 * (result + result.transpose()));
}

} // namespace foramen::field
