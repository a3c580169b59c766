// Implicit solids: a signed distance each, negative inside.
//
// The distance need only be exact near the surface and have the right sign elsewhere; combinations
// (union: min, intersection: max) are bounds. Metres. Immutable and thread-safe.
#pragma once

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace foramen::geometry {

using Eigen::Vector3d;

class Curve;

class Solid {
public:
  virtual ~Solid() = default;
  virtual double distance(const Vector3d& p) const = 0;
  bool contains(const Vector3d& p) const { return distance(p) <= 0.0; }
};
using SolidPtr = std::shared_ptr<const Solid>;

// axes: columns are the unit vectors of the solid's own x, y, z.
SolidPtr box(const Vector3d& centre, const Vector3d& half_size,
             const Eigen::Matrix3d& axes = Eigen::Matrix3d::Identity(), double rounding = 0.0);
SolidPtr sphere(const Vector3d& centre, double radius);
SolidPtr ellipsoid(const Vector3d& centre, const Vector3d& semi_axes,
                   const Eigen::Matrix3d& axes = Eigen::Matrix3d::Identity());
SolidPtr cylinder(const Vector3d& base, const Vector3d& top, double radius);
// Elliptic cylinder between base and top; semi-axis a along `direction_a` (made orthogonal), b across.
SolidPtr elliptic_cylinder(const Vector3d& base, const Vector3d& top, double a, double b,
                           const Vector3d& direction_a);
SolidPtr half_space(const Vector3d& point, const Vector3d& outward_normal);
// All points within radius(es) of the curve, flat ends; the radius is interpolated along it.
SolidPtr tube(std::shared_ptr<const Curve> curve, double radius);
SolidPtr tapered_tube(std::shared_ptr<const Curve> curve, double radius_start, double radius_end);
SolidPtr unite(std::vector<SolidPtr> parts);
SolidPtr intersect(std::vector<SolidPtr> parts);
SolidPtr subtract(SolidPtr from, SolidPtr what);
SolidPtr grow(SolidPtr solid, double by); // offset surface, outwards for by > 0

} // namespace foramen::geometry
