// Closed triangulation of a tube along a curve: nerve, fascicle, lead, encapsulation, or a plain
// cylinder.
//
// The tube is the set of points within `radius` of the line at(s, u, v), s0 <= s <= s1, of a
// curve's twist-free frame: cross-sections are circles normal to that line as long as |(u, v)| +
// radius stays below the curve's radius of curvature. It is triangulated ring by ring along its
// profile: from the centre of the start cap outwards, along the mantle, and inwards on the end cap.
// Neighbouring rings are staggered by half a step; their vertex counts follow the wanted size and
// need not agree. All vertices lie on the exact surface, so area and volume come out low by
// O(size^2 / radius^2) until the elements are curved with `Surface::project`, which is exact.
//
// Bands of the mantle and discs of a flat cap are patches of their own and begin and end exactly on
// rings: a contact's edge is an edge of the triangulation. Their numbers are the caller's (i + 1
// for contact i); everything else on the mantle is patch 0, and the caps are patches 1001 and 1002.
//
//   auto axis = std::make_shared<const Curve>(std::vector<Vector3d>{{0, 0, -z}, {0, 0, z}});
//   Surface lead = triangulate_tube({.axis = axis, .s0 = 0.0, .s1 = 2 * z, .radius = 0.65e-3},
//                                   {.bands = {{z - 1.5e-3, z + 1.5e-3, 1}},
//                                    .size = [&](double s, double) { ... return RingSize{h,
//                                    0.25e-3}; }});
//
// Metres. Cost: linear in the number of triangles, about a microsecond each.
#pragma once

#include "geometry/curve.hpp"
#include "geometry/surface.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace foramen::geometry {

inline constexpr int start_cap_patch = 1001;
inline constexpr int end_cap_patch = 1002;

struct Tube {
  std::shared_ptr<const Curve> axis;
  double s0 = 0.0, s1 = 0.0; // arc lengths of the caps, within [0, axis->length()]
  double u = 0.0, v = 0.0;   // offset in the frame
  double radius = 0.0;
};

struct RingSize {
  double along = 0.0;  // distance between rings
  double around = 0.0; // edge length within a ring
};

struct Band { // part of the mantle, s0 <= s <= s1
  double s0 = 0.0, s1 = 0.0;
  int patch = 1;
};

struct Disc { // part of a flat cap, within `radius` of its centre
  double radius = 0.0;
  int patch = 1;
};

enum class Cap {
  flat,
  round, // a hemisphere beyond the end of the mantle: the tube then reaches to s0 - radius or s1 +
         // radius. Where the axis bends there its vertices bend with it, off the hemisphere by at
         // most radius^2 / (2 bend radius)
  ball,  // the same, but exactly the hemisphere about the mantle's end, whatever the axis does
};

struct TubeMeshing {
  std::vector<Band> bands;                  // sorted along s, not overlapping
  std::vector<Disc> start_discs, end_discs; // sorted by radius; flat caps only
  Cap start = Cap::flat, end = Cap::flat;
  // Wanted sizes where the profile has arc length s and distance rho from the tube's centre line;
  // on the mantle rho = radius, on the caps s = s0 or s1.
  std::function<RingSize(double s, double rho)> size;
  int min_around = 12; // fewest vertices of a mantle ring
  // Bends the rings along the profile by this fraction of the wanted distance between them, so that
  // no four vertices of a ring lie in one plane: inside a thin tube of plane rings a mesh generator
  // leaves flat tetrahedra. Rings that bound a patch or a cap stay plane.
  double wave = 0.0;
};

Surface triangulate_tube(const Tube& tube, const TubeMeshing& meshing);

// A size that is `fine` at distance 0, grows by `growth` metres per metre, and stops at `coarse`.
inline double graded_size(double distance, double fine, double growth, double coarse) {
  const double size = fine + growth * (distance < 0.0 ? 0.0 : distance);
  return size < coarse ? size : coarse;
}

} // namespace foramen::geometry
