#include "lead/lead_axis.hpp"

#include "core/error.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace foramen::lead {
namespace {

constexpr double sample_step = 0.25e-3; // metres; below every bend that a lead may have
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> samples(double length) {
  const auto n = static_cast<std::size_t>(std::ceil(length / sample_step));
  std::vector<double> s;
  for (std::size_t i = 0; i <= n; ++i)
    s.push_back(length * static_cast<double>(i) / static_cast<double>(n));
  return s;
}

} // namespace

Vector3d LeadAxis::point(double s) const {
  return bend ? bend->point(bend_tip + s) : Vector3d(tip + s * direction);
}

geometry::Frame LeadAxis::frame(double s) const {
  if (bend)
    return bend->frame(bend_tip + s);
  return {point(s), side, direction.cross(side), direction};
}

double LeadAxis::distance(const Vector3d& p, double s) const {
  return bend ? (p - point(s)).norm() : (p - tip - s * direction).norm();
}

geometry::Curve::Foot LeadAxis::foot(const Vector3d& p) const {
  const double along = bend ? bend->closest(p).s - bend_tip : (p - tip).dot(direction);
  const double s = std::clamp(along, 0.0, length);
  return {s, distance(p, s)};
}

double LeadAxis::distance_to_body(const Vector3d& p, double radius, double beyond) const {
  // Along and across the axis; beyond its ends those of the end's plane.
  double along = 0.0, across = 0.0;
  if (bend) {
    const geometry::Curve::Foot foot = bend->closest(p);
    along = foot.s - bend_tip;
    across = foot.distance;
    const double end = std::clamp(along, -beyond, length + beyond);
    if (end != along) {
      const geometry::Frame f = frame(end);
      const double out = f.tangent.dot(p - f.origin);
      along = end + out;
      across = (p - f.origin - out * f.tangent).norm();
    }
  } else {
    const Vector3d r = p - tip;
    along = r.dot(direction);
    across = (r - along * direction).norm();
  }
  const double side_distance = across - radius;
  const double cap = std::max(-beyond - along, along - length - beyond);
  return std::min(std::max(side_distance, cap), 0.0) +
         std::hypot(std::max(side_distance, 0.0), std::max(cap, 0.0));
}

LeadAxis bent_axis(const std::vector<Vector3d>& points, const Vector3d& anchor, double anchor_s,
                   double length, const Vector3d& side) {
  FORAMEN_EXPECT(points.size() > 2, "points: ", points.size());
  // The frame is given at the anchor, but a curve takes it at its start: carried along without
  // twist, both turn by the same angle.
  const Vector3d hint = (points[1] - points[0]).unitOrthogonal();
  const geometry::Curve untwisted(points, hint);
  const double at = untwisted.closest(anchor).s;
  const geometry::Frame here = untwisted.frame(at), start = untwisted.frame(0.0);
  const double angle = std::atan2(side.dot(here.v), side.dot(here.u));
  LeadAxis axis;
  axis.bend = std::make_shared<const geometry::Curve>(
      points, Vector3d(std::cos(angle) * start.u + std::sin(angle) * start.v));
  axis.bend_tip = at - anchor_s;
  axis.length = length;
  FORAMEN_EXPECT(axis.bend_tip >= 0.0 && axis.bend_tip + length <= axis.bend->length(),
                 "the curve ends before the body: ", axis.bend_tip, ", ", axis.bend->length());
  const geometry::Frame tip = axis.frame(0.0);
  axis.tip = tip.origin;
  axis.direction = tip.tangent;
  axis.side = tip.u;
  return axis;
}

double bend_difference(const LeadAxis& from, const LeadAxis& to) {
  double off = std::abs(to.length - from.length);
  if (from.straight() && to.straight())
    return off;
  const auto axes = [](const LeadAxis& axis) {
    Eigen::Matrix3d m; // columns
    m << axis.side, axis.direction.cross(axis.side), axis.direction;
    return m;
  };
  const Eigen::Matrix3d turn = axes(to) * axes(from).transpose();
  constexpr int intervals = 64;
  for (int i = 0; i <= intervals; ++i) {
    const double s = from.length * i / intervals;
    off = std::max(off, (to.point(s) - to.tip - turn * (from.point(s) - from.tip)).norm());
  }
  return off;
}

double smallest_bend_radius(const LeadAxis& axis) {
  if (axis.straight())
    return infinity;
  double turn = 0.0, step = 1.0;
  const std::vector<double> at = samples(axis.length);
  for (std::size_t i = 0; i + 1 < at.size(); ++i) {
    step = at[i + 1] - at[i];
    turn = std::max(turn, (axis.frame(at[i + 1]).tangent - axis.frame(at[i]).tangent).norm());
  }
  return step / turn; // of a circle: exact but for (step / radius)^2 / 24
}

// Parts less than half a turn of the tightest bend apart cannot meet: no arc of smaller curvature
// has a shorter chord than the circle's (Schur's theorem).
double smallest_self_gap(const LeadAxis& axis, double radius) {
  const double half_turn = std::numbers::pi * smallest_bend_radius(axis);
  double least = infinity;
  if (axis.straight() || half_turn > axis.length)
    return least;
  const std::vector<double> at = samples(axis.length);
  std::vector<Vector3d> points;
  for (const double s : at)
    points.push_back(axis.point(s));
  for (std::size_t i = 0; i < at.size(); ++i)
    for (std::size_t j = i + 1; j < at.size(); ++j)
      if (at[j] - at[i] > half_turn)
        least = std::min(least, (points[j] - points[i]).norm());
  return least - 2.0 * radius;
}

} // namespace foramen::lead
