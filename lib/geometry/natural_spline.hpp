// The natural cubic spline through points, piece by piece, with its arc length and curvature.
//
// Knots are spaced by the chords between the points; the second derivative is continuous and zero
// at both ends. Metres.
#pragma once

#include <Eigen/Core>

#include <vector>

namespace foramen::geometry {

using Eigen::Vector3d;

// Over w in [0, width]: p(w) = a + b w + c w^2 + d w^3.
struct SplinePiece {
  double width;
  Vector3d a, b, c, d;
  Vector3d value(double w) const { return a + w * (b + w * (c + w * d)); }
  Vector3d first(double w) const { return b + w * (2.0 * c + w * 3.0 * d); }
  Vector3d second(double w) const { return 2.0 * c + w * 6.0 * d; }
};

// At least two points, no two in a row equal.
std::vector<SplinePiece> natural_spline(const std::vector<Vector3d>& points);

// Integral of the speed from w0 to w1, eight Gauss-Legendre points: for parts of a piece.
double arc_length(const SplinePiece& piece, double w0, double w1);
double arc_length(const SplinePiece& piece);            // of the whole piece, in 32 parts
Vector3d curvature(const SplinePiece& piece, double w); // dt/ds, 1/m
double largest_curvature(const SplinePiece& piece);     // its norm at 33 points

} // namespace foramen::geometry
