#include "geometry/natural_spline.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>

namespace foramen::geometry {

double arc_length(const SplinePiece& piece, double w0, double w1) {
  constexpr std::array x{0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                         0.9602898564975363};
  constexpr std::array weight{0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                              0.1012285362903763};
  const double half = 0.5 * (w1 - w0), middle = 0.5 * (w0 + w1);
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i)
    sum += weight[i] *
           (piece.first(middle - half * x[i]).norm() + piece.first(middle + half * x[i]).norm());
  return half * sum;
}

// Natural spline: second derivatives m from the tridiagonal system h m_{i-1} + 2 (h + h') m_i + h'
// m_{i+1} = 6 (slope' - slope), m = 0 at both ends (Thomas algorithm).
std::vector<SplinePiece> natural_spline(const std::vector<Vector3d>& p) {
  const std::size_t n = p.size() - 1;
  std::vector<double> h(n);
  for (std::size_t i = 0; i < n; ++i)
    h[i] = (p[i + 1] - p[i]).norm();
  std::vector<Vector3d> m(n + 1, Vector3d::Zero());
  std::vector<double> diagonal(n + 1, 1.0);
  for (std::size_t i = 1; i < n; ++i) {
    diagonal[i] = 2.0 * (h[i - 1] + h[i]);
    m[i] = 6.0 * ((p[i + 1] - p[i]) / h[i] - (p[i] - p[i - 1]) / h[i - 1]);
    if (i > 1) {
      const double factor = h[i - 1] / diagonal[i - 1];
      diagonal[i] -= factor * h[i - 1];
      m[i] -= factor * m[i - 1];
    }
  }
  for (std::size_t i = n; i-- > 1;)
    m[i] = (m[i] - h[i] * m[i + 1]) / diagonal[i];
  std::vector<SplinePiece> pieces(n);
  for (std::size_t i = 0; i < n; ++i)
    pieces[i] = {h[i], p[i], (p[i + 1] - p[i]) / h[i] - h[i] / 6.0 * (2.0 * m[i] + m[i + 1]),
                 0.5 * m[i], (m[i + 1] - m[i]) / (6.0 * h[i])};
  return pieces;
}

Vector3d curvature(const SplinePiece& piece, double w) {
  const Vector3d first = piece.first(w), second = piece.second(w);
  const double speed2 = first.squaredNorm();
  return (second - first * (first.dot(second) / speed2)) / speed2;
}

double largest_curvature(const SplinePiece& piece) {
  double largest = 0.0;
  for (int i = 0; i <= 32; ++i)
    largest = std::max(largest, curvature(piece, piece.width * i / 32.0).norm());
  return largest;
}

double arc_length(const SplinePiece& piece) {
  double length = 0.0;
  for (int i = 0; i < 32; ++i)
    length += arc_length(piece, piece.width * i / 32.0, piece.width * (i + 1) / 32.0);
  return length;
}

} // namespace foramen::geometry
