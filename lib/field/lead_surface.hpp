// The triangulated lead: an insulating cylinder, straight or bent, with ring contacts, and its
// encapsulation.
//
// Rings are close together at the contacts' edges, where the current density is singular, and wider
// apart away from them; a tip without a contact is a hemisphere. Contact i is patch i + 1. Metres.
// The sizes are also needed in the volume around the lead: `size_at` continues them into space.
#pragma once

#include "field/resolution.hpp"
#include "geometry/surface.hpp"
#include "geometry/triangulated_tube.hpp"
#include "lead/lead_axis.hpp"

#include <Eigen/Core>

#include <functional>
#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

// Arc lengths along the axis from the tip; the first vertex of a ring lies towards `side`.
struct LeadShape : lead::LeadAxis {
  struct Contact {
    double s0 = 0.0, s1 = 0.0; // edges, from the tip
  };
  double radius = 0.0;
  std::vector<Contact> contacts; // sorted, within the length
  double shell = 0.0;            // thickness of the encapsulation
  bool round_ends = true;        // where there is room beyond the outermost contacts

  double edge_distance(double s) const; // from s to the nearest contact edge along the lead
  double outer_radius() const { return radius + shell; }
  // Distance of a point from the lead's axis (between its ends), and the foot's s.
  double axis_distance(const Vector3d& p, double& s) const;
};

geometry::Surface lead_surface(const LeadShape& lead, const Resolution& resolution);

// `gap(s)`: free width outside the shell at s, infinite where there is none.
geometry::Surface encapsulation_surface(const LeadShape& lead, const Resolution& resolution,
                                        const std::function<double(double s)>& gap);

// Wanted size at a point outside the lead, from the lead's own sizes.
double size_near_lead(const LeadShape& lead, const Resolution& resolution, const Vector3d& p);

// `size`, or less where a gap of this width must be filled with tetrahedra.
double limited_by_gap(double size, double gap, const Resolution& resolution);

// Largest edge of a ring of this radius that does not cut a concentric or inner tube a distance t
// away: the sagitta h^2 / (8 r) then stays below t / 2. Times 0.8 for tubes that are not quite
// concentric.
double limited_by_shell(double size, double radius, double t);

} // namespace foramen::field
