#include "lead/bent_lead.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::lead {
namespace {

constexpr double knot_distance = 0.5e-3; // metres
// The natural ends of a spline have no curvature; that dies away as 0.268^n over n knots.
constexpr int ripple_knots = 12;
// Of its own length, that a stretch of the course may keep on the lead's side: less is a fold.
constexpr double least_stretch = 0.05;

// Points of the displaced course from opposite s onwards (way = 1) or backwards (-1), until
// `length` of it has passed, and the knots over which the spline's end dies away.
std::vector<Vector3d> displaced(const geometry::Curve& course, double s, double u, double v,
                                double way, double length) {
  std::vector<Vector3d> points{course.at(s, u, v)};
  int beyond = 0;
  for (double passed = 0.0; beyond <= ripple_knots; s += way * knot_distance) {
    const Vector3d next = course.at(s + way * knot_distance, u, v);
    const double forwards = way * course.tangent(s).dot(next - points.back());
    if (forwards < least_stretch * knot_distance)
      throw core::ConfigError(
          "lead.shape",
          core::concat("the nerve bends too sharply towards the lead: its axis, ",
                       std::round(std::hypot(u, v) * 1e5) / 100.0,
                       " mm from the nerve's, would have to fold"),
          "choose `angle` on the outer side of the nerve's bend, a smaller `clearance`, or "
          "shape = \"straight\"");
    passed += (next - points.back()).norm();
    points.push_back(next);
    beyond += passed > length ? 1 : 0;
  }
  return points;
}

} // namespace

LeadAxis arc_axis(const Vector3d& anchor, const Vector3d& direction, const Vector3d& towards,
                  double bend_radius, const BodyExtent& extent, const Vector3d& side) {
  const auto knots = [&](double length) {
    return static_cast<int>(std::ceil((length + extent.margin) / knot_distance)) + ripple_knots;
  };
  std::vector<Vector3d> points;
  const int before = knots(extent.anchor_s), after = knots(extent.length - extent.anchor_s);
  for (int i = -before; i <= after; ++i) {
    const double angle = knot_distance * i / bend_radius;
    const double inwards = 2.0 * bend_radius * std::pow(std::sin(0.5 * angle), 2);
    points.push_back(anchor + bend_radius * std::sin(angle) * direction + inwards * towards);
  }
  return bent_axis(points, anchor, extent.anchor_s, extent.length, side);
}

LeadAxis parallel_axis(const geometry::Curve& course, double s, double u, double v, bool forwards,
                       const BodyExtent& extent, const Vector3d& side) {
  const double way = forwards ? 1.0 : -1.0;
  std::vector<Vector3d> points = displaced(course, s, u, v, -way, extent.anchor_s + extent.margin);
  std::reverse(points.begin(), points.end());
  const std::vector<Vector3d> after =
      displaced(course, s, u, v, way, extent.length - extent.anchor_s + extent.margin);
  points.insert(points.end(), after.begin() + 1, after.end());
  return bent_axis(points, course.at(s, u, v), extent.anchor_s, extent.length, side);
}

} // namespace foramen::lead
