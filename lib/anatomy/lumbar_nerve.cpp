#include "anatomy/lumbar_nerve.hpp"

#include "core/error.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <cmath>

namespace foramen::anatomy {
namespace {

constexpr double control_spacing = 7e-3;  // metres: sets how gently corners are rounded
constexpr double corner_spread = 0.15;    // of a corner that its two neighbours take
constexpr int points_per_control = 3;     // of the curve's knots
constexpr double under_pedicle = 1.6e-3;  // between nerve and pedicle, at the medial border
constexpr double to_dura = 0.7e-3;        // between the root and the dura that it runs in
constexpr double before_pedicle = 2.5e-3; // the turn under the pedicle begins this far medial of it

// Stations, right side, from proximal to distal: top, where it turns out of the sac's axis, where
// it turns under the pedicle, middle and lateral border of the foramen, distal end.
std::array<Vector3d, 6> stations(const LevelSizes& s, double above, double below) {
  const double radius = 0.5 * s.diameter;
  const double medial = s.pedicle_medial(), lateral = s.pedicle_lateral();
  const Vector3d middle(0.5 * (medial + lateral), -0.5 * s.foramen_width + 1e-3,
                        s.body_bottom() + s.disc_gap + radius);
  // Never below the middle of the foramen: the nerve descends.
  const Vector3d under(medial - before_pedicle, -0.5 * s.foramen_recess,
                       std::max(s.foramen_top() - radius - under_pedicle, middle.z() + 2e-3));
  // On its way from the direction in the foramen to that beyond it, a third of the turn done.
  const Vector3d beyond = extraforaminal_direction(s, 1.0);
  const double inside = (middle.z() - under.z()) / (middle.x() - under.x());
  const double slope = inside + (beyond.z() / beyond.x() - inside) / 3.0;
  const Vector3d out(lateral, middle.y() + 3e-3, middle.z() + slope * (lateral - middle.x()));
  const double in_sac = std::max(0.0, 0.5 * s.sac_width - s.dura_thickness - to_dura - radius);
  const double sideways = std::max(under.x() - in_sac, 1e-3);
  const Vector3d sac(under.x() - sideways, -0.5 * s.canal_depth,
                     under.z() + sideways / std::tan(s.take_off_angle));
  return {sac + Vector3d(0.0, 0.0, above), sac, under, middle, out, out + below * beyond};
}

// Evenly from a to b, a left out. An end segment counts from its inner corner, so that the corner's
// shape does not depend on how long the end is.
enum class Segment { first, inner, last };
void subdivide(const Vector3d& a, const Vector3d& b, Segment segment,
               std::vector<Vector3d>& control) {
  const double length = (b - a).norm();
  const int n = std::max(1, static_cast<int>(std::lround(length / control_spacing)));
  for (int j = 1; j <= n; ++j) {
    double along = length * j / n;
    if (segment == Segment::first)
      along = length - (n - j) * control_spacing;
    if (segment == Segment::last && j < n)
      along = j * control_spacing;
    control.push_back(a + (b - a) * (along / length));
  }
}

std::vector<Vector3d> control_points(const std::array<Vector3d, 6>& corners) {
  std::vector<Vector3d> control{corners[0]};
  for (std::size_t i = 0; i + 1 < corners.size(); ++i)
    subdivide(corners[i], corners[i + 1],
              i == 0                    ? Segment::first
              : i + 2 == corners.size() ? Segment::last
                                        : Segment::inner,
              control);
  // Spread each corner over its neighbours, then add one point at each end, in line: the curve then
  // starts and ends at the corners.
  std::vector<Vector3d> spread = control;
  for (std::size_t i = 1; i + 1 < control.size(); ++i)
    spread[i] += corner_spread * (control[i - 1] - 2.0 * control[i] + control[i + 1]);
  control = std::move(spread);
  control.insert(control.begin(), 2.0 * control[0] - control[1]);
  control.push_back(2.0 * control.back() - control[control.size() - 2]);
  return control;
}

// Uniform cubic B-spline of the control points, sampled as knots of a Curve.
std::vector<Vector3d> smoothed(const std::vector<Vector3d>& c) {
  std::vector<Vector3d> points;
  for (std::size_t i = 0; i + 3 < c.size(); ++i)
    for (int j = 0; j < points_per_control; ++j) {
      const double t = static_cast<double>(j) / points_per_control, t2 = t * t, t3 = t2 * t;
      points.push_back(((1.0 - 3.0 * t + 3.0 * t2 - t3) * c[i] +
                        (4.0 - 6.0 * t2 + 3.0 * t3) * c[i + 1] +
                        (1.0 + 3.0 * t + 3.0 * t2 - 3.0 * t3) * c[i + 2] + t3 * c[i + 3]) /
                       6.0);
    }
  points.push_back((c[c.size() - 3] + 4.0 * c[c.size() - 2] + c.back()) / 6.0);
  return points;
}

// Arc length at which the course passes the plane of the pedicles' lateral border.
double crossing(const geometry::Curve& curve, double lateral) {
  double low = 0.0, high = curve.length();
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (std::abs(curve.point(middle).x()) < lateral ? low : high) = middle;
  }
  return low;
}

// u_hint such that u is as dorsal as can be at arc length s: frames that differ by a constant turn
// stay so.
Vector3d dorsal_at(const std::vector<Vector3d>& points, double s) {
  const geometry::Curve trial(points, -Vector3d::UnitY());
  const geometry::Frame there = trial.frame(s), start = trial.frame(0.0);
  const double u = -there.u.y(), v = -there.v.y(); // dorsal in the cross-section, not normalised
  return u * start.u + v * start.v;
}

} // namespace

Vector3d extraforaminal_direction(const LevelSizes& s, double side) {
  const double forward = std::sin(s.forward_angle), rest = std::cos(s.forward_angle);
  return {side * rest * std::sin(s.extraforaminal_angle), forward,
          -rest * std::cos(s.extraforaminal_angle)};
}

NerveCourse lumbar_nerve_course(const LevelSizes& s, double side) {
  double above = s.proximal_length, below = s.distal_length;
  NerveCourse course;
  // Both ends are straight: what is missing in length is added there.
  for (int correction = 0; correction < 4; ++correction) {
    std::vector<Vector3d> points = smoothed(control_points(stations(s, above, below)));
    for (Vector3d& p : points)
      p.x() *= side;
    const geometry::Curve trial(points, -Vector3d::UnitY());
    const double foramen_s = crossing(trial, s.pedicle_lateral());
    course.curve = std::make_shared<geometry::Curve>(points, dorsal_at(points, foramen_s + 10e-3));
    course.foramen_s = foramen_s;
    above += s.proximal_length - foramen_s;
    below += s.distal_length - (trial.length() - foramen_s);
    FORAMEN_EXPECT(above > 0.0 && below > 0.0, "above ", above, ", below ", below);
  }
  return course;
}

} // namespace foramen::anatomy
