// Closed triangulation of a sphere: the ball of tissue around the scene, or a spherical electrode.
//
// A geodesic icosahedron: every edge of the icosahedron is cut into n parts and the points are
// pushed out to the sphere, 20 n^2 triangles with edges between 0.95 and 1.26 of radius * 1.05 / n
// and angles above 50 degrees. One patch. Metres.
#pragma once

#include "geometry/surface.hpp"

namespace foramen::geometry {

// `size`: the longest edge allowed.
Surface triangulate_sphere(const Vector3d& centre, double radius, double size, int patch = 0);

} // namespace foramen::geometry
