// Ellipsoids and elliptic cylinders. The nearest point x of the quadric sum (x_i / e_i)^2 = 1 to a
// point y in the first octant is x_i = e_i^2 y_i / (t + e_i^2), with t the largest root of
//   F(t) = sum (e_i y_i / (t + e_i^2))^2 - 1,
// which is convex and falling there: Newton from the left converges without overshoot (Eberly,
// "Distance from a Point to an Ellipse, an Ellipsoid, or a Hyperellipsoid", geometrictools.com).
#include "core/error.hpp"
#include "geometry/solid.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>

namespace foramen::geometry {
namespace {

template <int N> using Point = Eigen::Matrix<double, N, 1>;

template <int N> double quadric_distance(const Point<N>& semi_axes, const Point<N>& p) {
  const Point<N>& e = semi_axes;
  // A coordinate of exactly zero would put the start on a pole of F; 1e-9 of the axis moves the
  // answer by no more than that.
  const Point<N> y = p.cwiseAbs().cwiseMax(1e-9 * e);
  // t is measured from the pole at -min(e)^2, so that points near an axis lose no digits.
  const double least = e.minCoeff() * e.minCoeff();
  const Point<N> pole = (e.array().square() - least).matrix();
  double t = 0.0;
  for (int i = 0; i < N; ++i)
    t = std::max(t, e[i] * y[i] - pole[i]); // each is left of the root
  for (int newton = 0; newton < 100; ++newton) {
    double f = -1.0, slope = 0.0;
    for (int i = 0; i < N; ++i) {
      const double x = e[i] * y[i] / (t + pole[i]);
      f += x * x;
      slope -= 2.0 * x * x / (t + pole[i]);
    }
    const double step = -f / slope;
    t += step;
    if (std::abs(step) < 1e-14 * t)
      break;
  }
  Point<N> foot;
  for (int i = 0; i < N; ++i)
    foot[i] = e[i] * e[i] * y[i] / (t + pole[i]);
  return std::copysign((foot - y).norm(), t - least); // outside: to the right of t = 0
}

class Ellipsoid final : public Solid {
public:
  Ellipsoid(const Vector3d& centre, const Vector3d& semi_axes, const Eigen::Matrix3d& axes)
      : centre_(centre), semi_axes_(semi_axes), axes_(axes) {
    FORAMEN_EXPECT(semi_axes.minCoeff() > 0.0, semi_axes.transpose());
  }
  double distance(const Vector3d& p) const override {
    return quadric_distance<3>(semi_axes_, axes_.transpose() * (p - centre_));
  }
  bool contains(const Vector3d& p) const override {
    return (axes_.transpose() * (p - centre_)).cwiseQuotient(semi_axes_).squaredNorm() <= 1.0;
  }
  Bounds bounds() const override {
    const Vector3d extent =
        (axes_.cwiseAbs2() * semi_axes_.cwiseAbs2()).cwiseSqrt(); // support of the ellipsoid
    return {centre_ - extent, centre_ + extent};
  }

private:
  Vector3d centre_, semi_axes_;
  Eigen::Matrix3d axes_;
};

class EllipticCylinder final : public Solid {
public:
  EllipticCylinder(const Vector3d& base, const Vector3d& top, double a, double b,
                   const Vector3d& direction_a)
      : base_(base), axis_((top - base).normalized()), length_((top - base).norm()),
        semi_axes_(a, b) {
    FORAMEN_EXPECT(length_ > 0.0 && a > 0.0 && b > 0.0, "length ", length_, ", axes ", a, ", ", b);
    const Vector3d across = direction_a - axis_ * axis_.dot(direction_a);
    FORAMEN_EXPECT(across.norm() > 1e-6 * direction_a.norm(), direction_a.transpose());
    a_ = across.normalized();
    b_ = axis_.cross(a_);
  }
  double distance(const Vector3d& p) const override {
    const Vector3d d = p - base_;
    const double z = d.dot(axis_);
    const double side = quadric_distance<2>(semi_axes_, {d.dot(a_), d.dot(b_)});
    const double cap = std::max(-z, z - length_);
    return std::min(std::max(side, cap), 0.0) + std::hypot(std::max(side, 0.0), std::max(cap, 0.0));
  }
  bool contains(const Vector3d& p) const override {
    const Vector3d d = p - base_;
    const double z = d.dot(axis_);
    return z >= 0.0 && z <= length_ &&
           Eigen::Vector2d(d.dot(a_), d.dot(b_)).cwiseQuotient(semi_axes_).squaredNorm() <= 1.0;
  }
  Bounds bounds() const override {
    const Vector3d top = base_ + length_ * axis_;
    const Vector3d extent =
        ((semi_axes_[0] * a_).cwiseAbs2() + (semi_axes_[1] * b_).cwiseAbs2()).cwiseSqrt();
    return {base_.cwiseMin(top) - extent, base_.cwiseMax(top) + extent};
  }

private:
  Vector3d base_, axis_, a_, b_;
  double length_;
  Eigen::Vector2d semi_axes_;
};

} // namespace

SolidPtr ellipsoid(const Vector3d& centre, const Vector3d& semi_axes, const Eigen::Matrix3d& axes) {
  return std::make_shared<Ellipsoid>(centre, semi_axes, axes);
}
SolidPtr elliptic_cylinder(const Vector3d& base, const Vector3d& top, double a, double b,
                           const Vector3d& direction_a) {
  return std::make_shared<EllipticCylinder>(base, top, a, b, direction_a);
}

} // namespace foramen::geometry
