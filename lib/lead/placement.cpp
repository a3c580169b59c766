#include "lead/placement.hpp"

#include "core/error.hpp"
#include "core/quantity_text.hpp"
#include "geometry/solid.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace foramen::lead {
namespace {

// "0.42 mm": two decimals tell a user enough.
std::string millimetres(double metres) {
  std::ostringstream out;
  out.setf(std::ios::fixed);
  out.precision(2);
  out << metres * 1e3 << " mm";
  return out.str();
}

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
  const std::string remedy = "raise `clearance`, or change `angle`, `tilt` or `position` so that "
                             "the straight lead keeps clear "
                             "of the bending nerve";
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

void require_inside(const PlacedLead& lead, const Vector3d& centre, double radius) {
  const double thickness = lead.encapsulation.thickness;
  const double lead_radius = 0.5 * lead.model.diameter + thickness;
  double reach = 0.0;
  for (const double along : {-thickness, lead.length + thickness}) {
    const Vector3d end = lead.tip + along * lead.direction - centre;
    const double axial = end.dot(lead.direction);
    reach = std::max(reach, std::hypot(axial, (end - axial * lead.direction).norm() + lead_radius));
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

} // namespace

Vector3d PlacedLead::contact_centre(std::size_t i) const {
  FORAMEN_EXPECT(i < model.contacts.size(), i, " of ", model.contacts.size());
  return tip + model.contacts[i].centre * direction;
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
  const geometry::Frame frame = nerve.course->frame(s);
  const Vector3d outwards = cos(placement.angle) * frame.u + sin(placement.angle) * frame.v;
  const Vector3d along = Eigen::AngleAxisd(placement.tilt.si(), outwards) *
                         frame.tangent; // unit: rotation about a normal
  PlacedLead lead{model, encapsulation, {}, {}, {}, 0.0, {}};
  lead.direction = placement.tip_distal ? Vector3d(-along) : along;
  const double offset = nerve.radius + placement.clearance.si() + 0.5 * model.diameter;
  lead.tip = frame.origin + offset * outwards - model.array_centre() * lead.direction;
  lead.side = Eigen::AngleAxisd(placement.roll.si(), lead.direction) * outwards;
  lead.length = model.array_end() + bare_stretch.si();
  require_clear_of_nerve(nerve, lead, placement);
  require_inside(lead, domain_centre, domain_radius);
  return lead;
}

// The nerve is the balls of its radius along its course: the gap is the distance of the course from
// the lead's cylinder less the radius.
double smallest_gap(const anatomy::Nerve& nerve, const PlacedLead& lead) {
  const double thickness = lead.encapsulation.thickness;
  const geometry::SolidPtr cylinder = geometry::cylinder(
      lead.tip - thickness * lead.direction, lead.tip + (lead.length + thickness) * lead.direction,
      0.5 * lead.model.diameter + thickness);
  const auto distance = [&](double s) { return cylinder->distance(nerve.course->point(s)); };
  return smallest_distance(distance, nerve.course->length()) - nerve.radius;
}

} // namespace foramen::lead
