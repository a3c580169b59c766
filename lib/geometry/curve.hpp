// A smooth curve in space with arc length and a frame that does not twist.
//
// Natural cubic spline through the given points (chord-length knots), parametrised by arc length
// (metres). The frame (u, v, tangent) is rotation-minimising (double reflection, Wang et al. 2008,
// doi:10.1145/1330511.1330513), tabulated along the curve: offsets (u, v) stay parallel to the
// curve. Positions are metres. Natural ends have no curvature there, so that the straight
// continuation beyond the ends keeps point, tangent and curvature continuous.
//
// Accuracy: length and arc length to 1e-9 relative (Gauss quadrature of the spline); `point` is a
// cubic Hermite interpolant of samples at most 1/100 of the local radius of curvature apart, within
// 1e-10 of that radius. Cost: point 50 ns, frame 0.1 us, closest about 1 us. Immutable and
// thread-safe.
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
  // At least two distinct points, metres, finite; a point equal to its predecessor is ignored.
  // `u_hint` fixes the frame's u at the start (projected; must not be parallel to the tangent
  // there).
  explicit Curve(const std::vector<Vector3d>& points, const Vector3d& u_hint = Vector3d::UnitX());

  double length() const { return samples_.back().s; }
  Vector3d point(double s) const;                  // beyond the ends: continued straight
  Vector3d tangent(double s) const;                // unit
  Frame frame(double s) const;                     // beyond the ends: that of the end
  Vector3d at(double s, double u, double v) const; // point(s) + u*U + v*V

  struct Foot {
    double s = 0.0, distance = 0.0; // nearest point on the curve, within [0, length]
  };
  // The global minimum, also where several parts of the curve are almost equally near.
  Foot closest(const Vector3d& p) const;
  // The same for a point whose neighbour's foot is at `near_s`: walks along the curve from there,
  // at a quarter of the cost. Exact for points nearer to the curve than its smallest radius of
  // curvature and than any other part of it; for others the global search is made.
  Foot closest(const Vector3d& p, double near_s) const;
  double min_radius_of_curvature() const { return min_radius_; } // infinity when straight

private:
  struct Sample {
    double s;
    Vector3d p, t, u, v;
    Vector3d k; // curvature vector dt/ds, 1/m
  };
  struct Chord { // of the samples first..last; the curve stays within `sag` of it
    Vector3d a, b;
    double sag;
    std::size_t first, last;
  };
  struct Local { // samples_[i] and the position in the interval after it, 0..1
    std::size_t i;
    double x, h;
  };
  Local locate(double s) const;
  Vector3d value(const Local& at) const;
  Vector3d derivative(const Local& at) const;
  double foot_between(std::size_t i, const Vector3d& p) const;
  void improve_foot(const Chord& chord, const Vector3d& p, Foot& best) const;
  void spread_frames(const Vector3d& u_hint);
  void build_chords();

  std::vector<Sample> samples_; // dense; cubic Hermite in between
  std::vector<Chord> chords_;
  double min_radius_ = 0.0;
};

} // namespace foramen::geometry
