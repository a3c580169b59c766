// Is a triangulated surface closed, and what does it measure?
//
// Area and volume are those of the flat triangles (volume by the divergence theorem, positive when
// they point outwards). Metres.
#pragma once

#include "geometry/surface.hpp"

namespace foramen::geometry {

struct SurfaceTopology {
  bool closed = false;   // every edge has exactly two triangles
  bool oriented = false; // and they run through it in opposite directions
  int euler = 0;         // vertices - edges + faces: 2 for a sphere
};

SurfaceTopology topology(const Surface& surface);
double area(const Surface& surface);
double area(const Surface& surface, int patch);
double enclosed_volume(const Surface& surface);
double smallest_angle(const Surface& surface); // radians

} // namespace foramen::geometry
