#include "field/lead_surface.hpp"

#include "core/error.hpp"
#include "field/finer_rings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::field {
namespace {

using geometry::graded_size;
using geometry::RingSize;

// The axis as a curve that begins before the tip, so that an encapsulation fits on it too.
struct Axis {
  std::shared_ptr<const geometry::Curve> curve;
  double tip = 0.0; // the curve's arc length at the lead's tip
};

Axis make_axis(const LeadShape& lead) {
  if (lead.bend)
    return {lead.bend, lead.bend_tip};
  const double margin = 2.0 * lead.outer_radius();
  const Vector3d start = lead.tip - margin * lead.direction;
  const Vector3d end = lead.tip + (lead.length + margin) * lead.direction;
  return {std::make_shared<const geometry::Curve>(std::vector<Vector3d>{start, end}, lead.side),
          margin};
}

bool round_tip(const LeadShape& lead) {
  return lead.round_ends && (lead.contacts.empty() || lead.contacts.front().s0 >= lead.radius);
}

bool round_end(const LeadShape& lead) {
  return lead.round_ends &&
         (lead.contacts.empty() || lead.contacts.back().s1 <= lead.length - lead.radius);
}

// Where the axis bends on beyond the mantle's end, a cap that bent with it would be no hemisphere.
geometry::Cap round_cap(const LeadShape& lead) {
  return lead.straight() ? geometry::Cap::round : geometry::Cap::ball;
}

bool within_contact(const LeadShape& lead, double s) {
  return std::any_of(lead.contacts.begin(), lead.contacts.end(),
                     [s](const LeadShape::Contact& c) { return s >= c.s0 && s <= c.s1; });
}

RingSize size_on_lead(const LeadShape& lead, const Resolution& r, double s) {
  const double d = lead.edge_distance(s);
  const Length widest = within_contact(lead, s) ? r.contact_middle : r.bare_lead;
  return {graded_size(d, r.contact_edge.si(), r.edge_growth, widest.si()),
          within_contact(lead, s)
              ? r.contact_around.si()
              : graded_size(d, r.contact_around.si(), r.edge_growth, r.bare_lead.si())};
}

// On the encapsulation a distance t from the lead the edge's singularity is smoothed over that
// distance.
RingSize size_on_shell(const LeadShape& lead, const Resolution& r, double s) {
  const double d = std::hypot(lead.edge_distance(s), lead.shell);
  const double size = graded_size(d, r.contact_around.si(), r.edge_growth, r.bare_lead.si());
  const double thin = limited_by_gap(size, lead.shell, r);
  return {thin, limited_by_shell(thin, lead.outer_radius(), lead.shell)};
}

} // namespace

double LeadShape::edge_distance(double s) const {
  double least = std::numeric_limits<double>::infinity();
  for (const Contact& c : contacts)
    least = std::min({least, std::abs(s - c.s0), std::abs(s - c.s1)});
  return least;
}

double LeadShape::axis_distance(const Vector3d& p, double& s) const {
  const geometry::Curve::Foot nearest = foot(p);
  s = nearest.s;
  return nearest.distance;
}

geometry::Surface lead_surface(const LeadShape& lead, const Resolution& resolution) {
  FORAMEN_EXPECT(lead.length > 2.0 * lead.radius, "lead of length ", lead.length);
  const Axis axis = make_axis(lead);
  geometry::Tube tube{
      .axis = axis.curve, .s0 = axis.tip, .s1 = axis.tip + lead.length, .radius = lead.radius};
  geometry::TubeMeshing meshing;
  for (std::size_t i = 0; i < lead.contacts.size(); ++i)
    meshing.bands.push_back(
        {axis.tip + lead.contacts[i].s0, axis.tip + lead.contacts[i].s1, static_cast<int>(i) + 1});
  if (round_tip(lead)) {
    meshing.start = round_cap(lead);
    tube.s0 += lead.radius;
  }
  if (round_end(lead)) {
    meshing.end = round_cap(lead);
    tube.s1 -= lead.radius;
  }
  meshing.size = finer_rings(resolution, tube, [&](double s, double) {
    return size_on_lead(lead, resolution, s - axis.tip);
  });
  return geometry::triangulate_tube(tube, meshing);
}

geometry::Surface encapsulation_surface(const LeadShape& lead, const Resolution& resolution,
                                        const std::function<double(double s)>& gap) {
  const Axis axis = make_axis(lead);
  const double tip = round_tip(lead) ? lead.radius : -lead.shell;
  const double end = lead.length - (round_end(lead) ? lead.radius : -lead.shell);
  const geometry::Tube tube{.axis = axis.curve,
                            .s0 = axis.tip + tip,
                            .s1 = axis.tip + end,
                            .radius = lead.outer_radius()};
  geometry::TubeMeshing meshing;
  meshing.start = round_tip(lead) ? round_cap(lead) : geometry::Cap::flat;
  meshing.end = round_end(lead) ? round_cap(lead) : geometry::Cap::flat;
  meshing.size = finer_rings(resolution, tube, [&](double s, double rho) {
    RingSize size = size_on_shell(lead, resolution, s - axis.tip);
    if (rho < 0.999 * lead.outer_radius()) // on a cap, which is bent both ways
      size.along = std::min(size.along, size.around);
    const double free = gap(s - axis.tip);
    return RingSize{limited_by_gap(size.along, free, resolution),
                    limited_by_gap(size.around, free, resolution)};
  });
  return geometry::triangulate_tube(tube, meshing);
}

double size_near_lead(const LeadShape& lead, const Resolution& r, const Vector3d& p) {
  double s = 0.0;
  const double away = std::max(0.0, lead.axis_distance(p, s) - lead.radius);
  const double to_edge = std::hypot(lead.edge_distance(s), away);
  const Length widest = within_contact(lead, s) ? r.contact_middle : r.bare_lead;
  return std::min(r.edge_volume.si() + r.edge_growth * to_edge, widest.si() + r.growth * away);
}

double limited_by_gap(double size, double gap, const Resolution& resolution) {
  return std::min(size, std::max(resolution.per_gap * gap, resolution.gap_floor.si()));
}

double limited_by_shell(double size, double radius, double t) {
  return std::min(size, 0.8 * std::sqrt(4.0 * radius * t));
}

} // namespace foramen::field
