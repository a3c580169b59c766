// The axis of a lead, straight or bent: places on it by arc length s from the tip.
//
// Straight: tip + s * direction. Bent: a smooth curve (geometry/curve.hpp) that goes on beyond tip
// and end; `tip`, `direction` and `side` are then its point, tangent and frame at the tip. Metres.
//
//   LeadAxis axis = bent_axis(points, points[40], 20e-3, 70e-3, Vector3d::UnitX());
//   const Vector3d end = axis.point(axis.length);
//
// Cost: below 0.1 us straight, about 1 us bent. Immutable and thread-safe once built.
#pragma once

#include "geometry/curve.hpp"

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace foramen::lead {

using Eigen::Vector3d;

struct LeadAxis {
  Vector3d tip = Vector3d::Zero();             // end of the body
  Vector3d direction = Vector3d::UnitZ();      // unit, from the tip along the lead
  Vector3d side = Vector3d::UnitX();           // unit, orthogonal; roll reference
  double length = 0.0;                         // of the body
  std::shared_ptr<const geometry::Curve> bend; // none: straight
  double bend_tip = 0.0;                       // arc length of `bend` at the tip

  bool straight() const { return !bend; }
  Vector3d point(double s) const;        // also a little beyond tip and end
  geometry::Frame frame(double s) const; // u is the side, carried along without twist

  double distance(const Vector3d& p, double s) const; // from p to the axis's place s
  // Nearest point of the axis between its ends. On a bent axis that of the curve a little beyond
  // them, moved back to the end: another part could be nearer only where the lead almost closes to
  // a ring.
  geometry::Curve::Foot foot(const Vector3d& p) const;
  // Signed distance from the body of this radius around the axis, whose flat ends lie `beyond` the
  // axis's: negative inside.
  double distance_to_body(const Vector3d& p, double radius, double beyond) const;
};

// The axis along the smooth curve through `points`, of which `anchor`, a point of that curve, lies
// `anchor_s` from the tip; `side` is the frame's u there (made orthogonal). The points must reach
// beyond both ends of the body.
LeadAxis bent_axis(const std::vector<Vector3d>& points, const Vector3d& anchor, double anchor_s,
                   double length, const Vector3d& side);

// How far, at most, the axis `to` lies from where the rigid motion of tip, direction and side from
// `from` to `to` takes `from`; metres, 0 for straight axes of one length. Splines of one shape
// agree to `same_bend`.
double bend_difference(const LeadAxis& from, const LeadAxis& to);
inline constexpr double same_bend = 1e-8; // metres: rounding

double smallest_bend_radius(const LeadAxis& axis); // metres; infinite when straight

// Free width between parts of a body of this radius that its bend brings together, metres;
// negative: they cut. Infinite when none come within a half turn of each other.
double smallest_self_gap(const LeadAxis& axis, double radius);

} // namespace foramen::lead
