// Closed triangulation of a box with rounded edges and corners: a pulse generator's case.
//
// The body is all points within `rounding` of an inner box (geometry::box has the same one as a
// solid), so that its normal is continuous and the nearest point of its surface is known exactly.
// Each of the six faces carries a grid: equal steps on the flat part, equal angles up to 45 degrees
// on the rounded edges, where it meets its neighbours' (on a sphere this is the cube's gnomonic
// grid). Squares are cut along the shorter diagonal. One patch. All vertices lie on the exact
// surface. Metres. Cost: a microsecond per triangle.
#pragma once

#include "geometry/surface.hpp"

namespace foramen::geometry {

struct RoundedBox {
  Vector3d centre = Vector3d::Zero();
  Vector3d half_size = Vector3d::Zero();
  Eigen::Matrix3d axes = Eigen::Matrix3d::Identity(); // columns: its own x, y, z
  double rounding = 0.0;                              // positive, at most the smallest half size

  Vector3d onto_surface(const Vector3d& p) const; // nearest, for a point outside the inner box
  double reach(const Vector3d& from) const;       // of its farthest point
};

// `size`: the longest edge on the flat parts; edges on the rounding are no longer than 1.5 times.
Surface triangulate_box(const RoundedBox& box, double size, int patch = 0);

} // namespace foramen::geometry
