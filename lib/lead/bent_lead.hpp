// Bent leads: along an arc of one radius, or beside the nerve along all its bends.
//
// Both are given by the point `anchor` of the axis that lies `anchor_s` from the tip (the centre of
// the contact array) and go on `margin` beyond both ends. The points of their curves are 0.5 mm
// apart: an arc of 10 mm is then within 1e-9 m of the circle, one of 4 mm within 3e-9 m. Metres.
#pragma once

#include "geometry/curve.hpp"
#include "lead/lead_axis.hpp"

namespace foramen::lead {

struct BodyExtent {
  double anchor_s = 0.0; // of the anchor, from the tip
  double length = 0.0;   // of the body
  double margin = 0.0;   // beyond tip and end
};

// An arc through `anchor` with the tangent `direction` there, bent towards the unit vector
// `towards` (orthogonal to it).
LeadAxis arc_axis(const Vector3d& anchor, const Vector3d& direction, const Vector3d& towards,
                  double bend_radius, const BodyExtent& extent, const Vector3d& side);

// The course displaced by (u, v) in its frame, anchored opposite arc length s; `forwards`: the tip
// comes first along the course. Beyond the course's ends it goes on straight. Throws ConfigError
// for "lead.shape" where the course bends so sharply towards the lead that the displaced one would
// fold.
LeadAxis parallel_axis(const geometry::Curve& course, double s, double u, double v, bool forwards,
                       const BodyExtent& extent, const Vector3d& side);

} // namespace foramen::lead
