// A lead in its place: a straight cylinder beside the nerve.
//
// Clearance is the smallest distance from the lead's surface to the epineurium, measured at the centre
// of the contact array's nearest approach; angle is around the nerve in its cross-section, measured from
// the frame's u towards v; position is the arc length from the foramen (positive: lateral, distal) of the
// nerve point opposite the array's centre; tilt turns the lead about the line from nerve to lead (0:
// parallel to the nerve), roll turns it about its own axis. The tip points proximally (towards the
// foramen) unless `tip_distal`. Metres.
#pragma once

#include "anatomy/nerve.hpp"
#include "core/units.hpp"
#include "lead/lead_model.hpp"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace foramen::lead {

using Eigen::Vector3d;

struct Encapsulation {
  double thickness = 0.0; // metres; 0: none
  std::string tissue = "encapsulation";
};

struct Placement {
  Length clearance = 1.0 * mm;
  Angle angle = 0.0 * deg;
  Length position = 10.0 * mm;
  Angle tilt = 0.0 * deg;
  Angle roll = 0.0 * deg;
  bool tip_distal = false;
};

struct PlacedLead {
  LeadModel model;
  Encapsulation encapsulation;
  Vector3d tip;       // end of the cylinder
  Vector3d direction; // unit, from the tip along the lead
  Vector3d side;      // unit, orthogonal; roll reference
  double length = 0.0; // of the meshed cylinder, metres: contacts plus a stretch of bare lead
  Vector3d contact_centre(std::size_t i) const;
};

// Throws ConfigError when the lead (with its encapsulation) cuts the nerve or leaves the ball of
// `domain_radius` about `domain_centre`, saying by how much.
PlacedLead place_beside(const anatomy::Nerve& nerve, const LeadModel& model,
                        const Encapsulation& encapsulation, const Placement& placement,
                        const Vector3d& domain_centre, double domain_radius);

// Smallest distance between the lead's encapsulated surface and the epineurium, metres; negative: cuts.
double smallest_gap(const anatomy::Nerve& nerve, const PlacedLead& lead);

} // namespace foramen::lead
