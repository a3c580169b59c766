#include "lead/lead_gap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::lead {
namespace {

struct Segment {
  Vector3d from, along; // along: to the other end
  double radius = 0.0;
};

Segment core_of(const PlacedLead& lead) {
  const double radius = 0.5 * lead.model.diameter;
  const RingContact &first = lead.model.contacts.front(), &last = lead.model.contacts.back();
  const double begin = first.centre - 0.5 * first.length >= radius ? radius : 0.0;
  const double end =
      lead.length - (last.centre + 0.5 * last.length <= lead.length - radius ? radius : 0.0);
  return {lead.tip + begin * lead.direction, (end - begin) * lead.direction,
          radius + lead.encapsulation.thickness};
}

// Of the segment's points, the share of its length at which it is nearest to p.
double nearest(const Segment& segment, const Vector3d& p) {
  return std::clamp((p - segment.from).dot(segment.along) / segment.along.squaredNorm(), 0.0, 1.0);
}

Vector3d at(const Segment& segment, double share) {
  return segment.from + share * segment.along;
}

// The squared distance is convex in both shares: least at the lines' feet where both lie within, or
// else on the border of the square of shares, at an end of one segment.
double distance(const Segment& a, const Segment& b) {
  const auto apart = [&](double s, double t) { return (at(a, s) - at(b, t)).norm(); };
  double least = std::min(apart(0.0, nearest(b, at(a, 0.0))), apart(1.0, nearest(b, at(a, 1.0))));
  least = std::min({least, apart(nearest(a, at(b, 0.0)), 0.0), apart(nearest(a, at(b, 1.0)), 1.0)});
  const double aa = a.along.squaredNorm(), bb = b.along.squaredNorm(), ab = a.along.dot(b.along);
  const double determinant = aa * bb - ab * ab;
  if (determinant < 1e-12 * aa * bb)
    return least; // parallel: an end is among the nearest
  const Vector3d d = b.from - a.from;
  const double s = (bb * d.dot(a.along) - ab * d.dot(b.along)) / determinant;
  const double t = (ab * d.dot(a.along) - aa * d.dot(b.along)) / determinant;
  const bool within = s >= 0.0 && s <= 1.0 && t >= 0.0 && t <= 1.0;
  return within ? std::min(least, apart(s, t)) : least;
}

// Of bent leads: from points of one axis to the other, at 0.1 mm too wide by less than 1 um.
double sampled_distance(const PlacedLead& a, const PlacedLead& b) {
  constexpr double step = 0.1e-3;
  const int n = static_cast<int>(std::ceil(a.length / step));
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i <= n; ++i)
    least = std::min(least, b.foot(a.point(a.length * i / n)).distance);
  return least;
}

} // namespace

double gap_between(const PlacedLead& a, const PlacedLead& b) {
  if (!a.straight() || !b.straight())
    return sampled_distance(a, b) - a.outer_radius() - b.outer_radius();
  const Segment first = core_of(a), second = core_of(b);
  return distance(first, second) - first.radius - second.radius;
}

} // namespace foramen::lead
