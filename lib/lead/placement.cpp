#include "lead/placement.hpp"

#include "core/error.hpp"
#include "core/quantity_text.hpp"
#include "geometry/solid.hpp"
#include "lead/bent_lead.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>

namespace foramen::lead {
namespace {

// Two decimals tell a user enough.
std::string millimetres(double metres) {
  return core::millimetres(metres, 2);
}

constexpr double reach_step = 0.25e-3; // metres: misses 1e-6 m of a bend of 10 mm

// Golden section on [low, high], where f has one minimum.
template <class F> double golden_minimum(const F& f, double low, double high) {
  const double ratio = 0.5 * (std::sqrt(5.0) - 1.0);
  double a = high - ratio * (high - low), b = low + ratio * (high - low);
  double f_a = f(a), f_b = f(b);
  for (int i = 0; i < 20; ++i) { // the bracket ends at 7e-5 of its width, the value at its square
    if (f_a < f_b) {
      high = b;
      b = a;
      f_b = f_a;
      f_a = f(a = high - ratio * (high - low));
    } else {
      low = a;
      a = b;
      f_a = f_b;
      f_b = f(b = low + ratio * (high - low));
    }
  }
  return std::min(f_a, f_b);
}

// The smallest distance of a smooth course from a solid. A distance d bends by at most 1/d along a
// line, so that samples `step` apart miss a minimum by less than step^2 / d: the local minima among
// the samples that come so near the least one are narrowed down, the others cannot hold it.
template <class F> double smallest_distance(const F& f, double length) {
  constexpr double step = 0.1e-3; // metres; far below the radii of nerve and lead
  const auto n = static_cast<std::size_t>(std::ceil(length / step)) + 1;
  const double h = length / static_cast<double>(n - 1);
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i)
    values[i] = f(h * static_cast<double>(i));
  const double least = *std::min_element(values.begin(), values.end());
  const double slack = h * h / std::max(least, h);
  double best = least;
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const bool valley = values[i] <= values[i - 1] && values[i] <= values[i + 1];
    const bool plain = values[i] == values[i - 1] && values[i] == values[i + 1];
    if (valley && !plain && values[i] <= least + slack)
      best = std::min(
          best, golden_minimum(f, h * static_cast<double>(i - 1), h * static_cast<double>(i + 1)));
  }
  return best;
}

void require_clear_of_nerve(const anatomy::Nerve& nerve, const PlacedLead& lead,
                            const Placement& placement) {
  const std::string remedy =
      lead.straight() ? "raise `clearance`, or change `angle`, `tilt` or `position` so that "
                        "the straight lead keeps clear "
                        "of the bending nerve"
                      : "raise `clearance`, or change `angle`, `position` or the lead's bend so "
                        "that it keeps clear of the nerve";
  PlacedLead bare = lead;
  bare.encapsulation.thickness = 0.0;
  const double bare_gap = smallest_gap(nerve, bare);
  if (bare_gap < 0.0)
    throw ConfigError("lead.clearance",
                      concat("the lead cuts the nerve by ", millimetres(-bare_gap), " (clearance ",
                             to_text(placement.clearance), ", tilt ", to_text(placement.tilt), ")"),
                      remedy);
  const double gap = smallest_gap(nerve, lead), thickness = lead.encapsulation.thickness;
  if (gap < 0.0)
    throw ConfigError("lead.encapsulation",
                      concat("the encapsulation of ", millimetres(thickness), " cuts the nerve by ",
                             millimetres(-gap), ": the lead's gap is ", millimetres(bare_gap)),
                      concat("raise `clearance` by ", millimetres(mesh_gap.si() - gap),
                             " or thin the encapsulation"));
  if (gap < mesh_gap.si())
    throw ConfigError("lead.clearance",
                      concat("only ", millimetres(gap), " lie between the ",
                             thickness > 0.0 ? "encapsulation" : "lead",
                             " and the nerve; the mesh needs ", millimetres(mesh_gap.si())),
                      concat("raise `clearance` by ", millimetres(mesh_gap.si() - gap)));
}

void require_gentle_bend(const PlacedLead& lead, const Placement& placement) {
  const bool arc = placement.shape == Shape::bent;
  const std::string place = arc ? "lead.bend" : "lead.shape";
  const double bend = smallest_bend_radius(lead), outer = lead.outer_radius();
  const double least = least_bend_diameters * 2.0 * outer;
  if (bend < (1.0 - 1e-6) * least)
    throw ConfigError(
        place,
        concat("the lead bends on a radius of ", millimetres(bend), "; with its diameter of ",
               millimetres(2.0 * outer), outer > 0.5 * lead.model.diameter ? " in its sheath" : "",
               " it can be meshed from ", millimetres(least), " on"),
        arc ? "raise `bend.radius`"
            : "choose `angle` on the outer side of the nerve's bend, another `clearance`, or "
              "shape = \"straight\"");
  const double gap = smallest_self_gap(lead, outer);
  if (gap < mesh_gap.si())
    throw ConfigError(place,
                      concat("the lead closes to a ring: ", millimetres(std::max(gap, 0.0)),
                             " lie between its parts, the mesh needs ", millimetres(mesh_gap.si())),
                      arc ? "raise `bend.radius`" : "shape = \"straight\", or another `position`");
}

void require_inside(const PlacedLead& lead, const Vector3d& centre, double radius) {
  const double thickness = lead.encapsulation.thickness;
  // A straight lead reaches farthest at one of its ends.
  const int n = lead.straight() ? 1 : static_cast<int>(std::ceil(lead.length / reach_step));
  double reach = 0.0;
  for (int i = 0; i <= n; ++i) {
    const double along = -thickness + (lead.length + 2.0 * thickness) * i / n;
    const geometry::Frame f = lead.frame(along);
    const Vector3d place = f.origin - centre;
    const double axial = place.dot(f.tangent);
    reach = std::max(reach,
                     std::hypot(axial, (place - axial * f.tangent).norm() + lead.outer_radius()));
  }
  const double room = radius - boundary_gap.si();
  if (reach > room)
    throw ConfigError("lead.position",
                      concat("the lead leaves the domain by ", millimetres(reach - room),
                             ": it reaches ", millimetres(reach), " from the centre of a ball of ",
                             millimetres(radius), ", which keeps ", millimetres(boundary_gap.si()),
                             " to its boundary"),
                      "raise `anatomy.domain.radius`, or change `position`, `tilt` or the lead");
}

LeadAxis place_axis(const anatomy::Nerve& nerve, double s, const PlacedLead& lead,
                    const Placement& placement) {
  const geometry::Frame frame = nerve.course->frame(s);
  const Vector3d outwards = cos(placement.angle) * frame.u + sin(placement.angle) * frame.v;
  const Vector3d along = Eigen::AngleAxisd(placement.tilt.si(), outwards) *
                         frame.tangent; // unit: rotation about a normal
  const Vector3d direction = placement.tip_distal ? Vector3d(-along) : along;
  const double offset = nerve.radius + placement.clearance.si() + 0.5 * lead.model.diameter;
  const Vector3d side = Eigen::AngleAxisd(placement.roll.si(), direction) * outwards;
  const double anchor_s = lead.model.array_centre();
  const BodyExtent extent{anchor_s, lead.model.array_end() + bare_stretch.si(),
                          2.0 * lead.outer_radius()};
  if (placement.shape == Shape::follows_nerve) {
    if (placement.tilt.si() != 0.0)
      throw ConfigError("lead.tilt", "a lead that follows the nerve has no tilt",
                        "remove `tilt`, or use shape = \"bent\" or \"straight\"");
    return parallel_axis(*nerve.course, s, offset * cos(placement.angle),
                         offset * sin(placement.angle), !placement.tip_distal, extent, side);
  }
  if (placement.shape == Shape::bent) {
    const Vector3d towards =
        Eigen::AngleAxisd(placement.tilt.si(), outwards) *
        Vector3d(cos(placement.bend_towards) * frame.u + sin(placement.bend_towards) * frame.v);
    return arc_axis(frame.origin + offset * outwards, direction, towards,
                    placement.bend_radius.si(), extent, side);
  }
  LeadAxis axis;
  axis.direction = direction;
  axis.tip = frame.origin + offset * outwards - anchor_s * direction;
  axis.side = side;
  axis.length = extent.length;
  return axis;
}

} // namespace

Vector3d PlacedLead::contact_centre(std::size_t i) const {
  FORAMEN_EXPECT(i < model.contacts.size(), i, " of ", model.contacts.size());
  return point(model.contacts[i].centre);
}

PlacedLead place_beside(const anatomy::Nerve& nerve, const LeadModel& model,
                        const Encapsulation& encapsulation, const Placement& placement,
                        const Vector3d& domain_centre, double domain_radius) {
  FORAMEN_EXPECT(!model.contacts.empty(), model.name);
  const double s = nerve.foramen_s + placement.position.si(), length = nerve.course->length();
  if (s < 0.0 || s > length) {
    // Rounded into the nerve, so that the limits that the message prints are themselves allowed.
    const double hundredth = 1e-5;
    const double first = hundredth * std::ceil(-nerve.foramen_s / hundredth),
                 last = hundredth * std::floor((length - nerve.foramen_s) / hundredth);
    throw ConfigError("lead.position",
                      concat("the position lies ", millimetres(s < 0.0 ? -s : s - length),
                             " beyond the ", s < 0.0 ? "proximal" : "distal", " end of the nerve"),
                      concat("choose it between ", millimetres(first), " and ", millimetres(last)));
  }
  PlacedLead lead;
  lead.model = model;
  lead.encapsulation = encapsulation;
  lead.placement = placement;
  static_cast<LeadAxis&>(lead) = place_axis(nerve, s, lead, placement);
  if (!lead.straight())
    require_gentle_bend(lead, placement);
  require_clear_of_nerve(nerve, lead, placement);
  require_inside(lead, domain_centre, domain_radius);
  return lead;
}

// The nerve is the balls of its radius along its course: the gap is the distance of the course from
// the lead's cylinder less the radius.
double smallest_gap(const anatomy::Nerve& nerve, const PlacedLead& lead) {
  const double thickness = lead.encapsulation.thickness, length = nerve.course->length();
  if (!lead.straight()) {
    const auto distance = [&](double s) {
      return lead.distance_to_body(nerve.course->point(s), lead.outer_radius(), thickness);
    };
    return smallest_distance(distance, length) - nerve.radius;
  }
  const geometry::SolidPtr cylinder = geometry::cylinder(
      lead.tip - thickness * lead.direction, lead.tip + (lead.length + thickness) * lead.direction,
      0.5 * lead.model.diameter + thickness);
  const auto distance = [&](double s) { return cylinder->distance(nerve.course->point(s)); };
  return smallest_distance(distance, length) - nerve.radius;
}

} // namespace foramen::lead
