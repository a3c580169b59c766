// A smooth curve in space with arc length and a frame that does not twist.
//
// Natural cubic spline through the given points, parametrised by arc length (metres). The frame
// (u, v, tangent) is rotation-minimising (double reflection, Wang et al. 2008,
// doi:10.1145/1330511.1330513), tabulated along the curve: offsets (u, v) stay parallel to the curve.
// Positions are metres.
#pragma once

#include <Eigen/Core>

#include <vector>

namespace foramen::geometry {

using Eigen::Vector3d;

struct Frame {
  Vector3d origin, u, v, tangent; // right-handed: u x v = tangent
};

class Curve {
public:
  // At least two distinct points. `u_hint` fixes the frame's u at the start (projected; must not be
  // parallel to the tangent there).
  explicit Curve(const std::vector<Vector3d>& points, const Vector3d& u_hint = Vector3d::UnitX());

  double length() const;
  Vector3d point(double s) const;    // beyond the ends: continued straight
  Vector3d tangent(double s) const;  // unit
  Frame frame(double s) const;
  Vector3d at(double s, double u, double v) const; // point(s) + u*U + v*V

  struct Foot {
    double s = 0.0, distance = 0.0; // nearest point on the curve, within [0, length]
  };
  Foot closest(const Vector3d& p) const;
  double min_radius_of_curvature() const; // infinity when straight

private:
  struct Sample {
    double s;
    Vector3d p, t, u, v;
  };
  std::vector<Sample> samples_; // dense; cubic Hermite in between
  double step_ = 0.0;
};

} // namespace foramen::geometry
