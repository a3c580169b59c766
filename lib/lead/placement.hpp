// A lead in its place beside the nerve: a straight cylinder, or a bent one.
//
// The nerve point opposite the centre of the contact array lies `position` beyond the foramen's
// lateral border (arc length, positive: lateral, distal). From there the lead's axis is reached
// along the direction that makes `angle` in the nerve's cross-section, measured from the frame's u
// towards v: in the lumbar model 0 is dorsal, 90 degrees medial and caudal, 180 ventral, 270
// lateral and cranial on the right side (on the left side 90 and 270 swap). `clearance` is the
// distance from the lead's bare surface to the epineurium there; where the nerve bends towards the
// lead the smallest gap is less, and `smallest_gap` tells it. `tilt` turns the lead about the line
// from nerve to lead (0: parallel to the nerve, 90 degrees: across it), `roll` turns it about its
// own axis. The tip points proximally (towards the foramen) unless `tip_distal`. Metres. The meshed
// cylinder ends `bare_stretch` after the last contact.
//
// A bent lead has the same place and direction at the centre of its contact array; contacts, length
// and roll count along its axis from there. `follows_nerve` keeps clearance and angle all along
// (angle 0 stays where the nerve's twist-free frame carries it) and has no tilt. `bent` is an arc
// of `bend_radius`, its middle of curvature at the angle `bend_towards`, measured as `angle` is and
// turned with the lead's tilt: equal to `angle` it bends away from the nerve, 180 degrees from it
// around the nerve.
//
// Cost: below 1 ms straight, some 10 ms bent. Thread-safe.
#pragma once

#include "anatomy/nerve.hpp"
#include "anatomy/tissue.hpp"
#include "core/units.hpp"
#include "lead/lead_axis.hpp"
#include "lead/lead_model.hpp"

#include <Eigen/Core>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace foramen::config {
class Table;
}

namespace foramen::lead {

using Eigen::Vector3d;

struct Encapsulation {
  double thickness = 0.0; // metres; 0: none
  std::string tissue = "encapsulation_chronic";
};

enum class Shape { straight, follows_nerve, bent };

struct Placement {
  Length clearance = 1.0 * mm;
  Angle angle = 0.0 * deg;
  Length position = 10.0 * mm;
  Angle tilt = 0.0 * deg;
  Angle roll = 0.0 * deg;
  bool tip_distal = false;
  Shape shape = Shape::straight;
  Length bend_radius = 40.0 * mm; // `bent` only
  Angle bend_towards = 0.0 * deg;
};

// Its length is that of the meshed cylinder: contacts plus a stretch of bare lead.
struct PlacedLead : LeadAxis {
  LeadModel model;
  Encapsulation encapsulation;
  std::string name{};    // of one among several; empty for a lead alone
  Placement placement{}; // that it was placed by
  double outer_radius() const { return 0.5 * model.diameter + encapsulation.thickness; }
  Vector3d contact_centre(std::size_t i) const;
};

inline constexpr Length bare_stretch =
    18.0 * mm; // longer than the field of one contact pair reaches
inline constexpr Length mesh_gap =
    0.05 * mm; // thinnest layer between lead and nerve that is meshed
inline constexpr Length boundary_gap = 2.0 * mm; // between the lead and the domain's boundary
// Tightest bend, in diameters of the lead with its encapsulation: the inner side is then a sixth
// shorter than the axis. A limit of the mesh; what a lead's wires stand is its maker's to say.
inline constexpr double least_bend_diameters = 3.0;

// Throws ConfigError when the lead (with its encapsulation) cuts the nerve, comes nearer than
// mesh_gap, or leaves the ball of `domain_radius` about `domain_centre` (less boundary_gap), saying
// by how much; also when `position` lies beyond the ends of the nerve, when a bend is tighter than
// least_bend_diameters or brings the lead within mesh_gap of itself, when the nerve bends too
// sharply to be followed, and for a lead with a tilt that should follow it.
PlacedLead place_beside(const anatomy::Nerve& nerve, const LeadModel& model,
                        const Encapsulation& encapsulation, const Placement& placement,
                        const Vector3d& domain_centre, double domain_radius);

// Smallest distance between the lead's encapsulated surface and the epineurium, metres; negative:
// cuts. The sheath reaches its thickness beyond both ends of the cylinder. Exact to 1e-9 m where
// the nearest part of the nerve is not its flat end, there too small by at most the nerve's radius.
double smallest_gap(const anatomy::Nerve& nerve, const PlacedLead& lead);

// The [lead] table of a study: `model` (a name in configs/leads) or `file` (a lead of one's own),
// clearance, angle, position, tilt, roll, tip ("proximal" or "distal"), shape ("straight", "follows
// nerve", "bent"), bend.radius and .towards, encapsulation.thickness and .tissue. Every refusal,
// also those of place_beside, is a ConfigError with file, line and caret; an unknown lead or tissue
// names the nearest.
PlacedLead read_lead(config::Table lead, const anatomy::Nerve& nerve,
                     const anatomy::TissueLibrary& tissues, const Vector3d& domain_centre,
                     double domain_radius);

// Keys of [lead] that move it as it is.
inline constexpr std::array<const char*, 5> pose_keys{"clearance", "angle", "position", "tilt",
                                                      "roll"};

// [lead.mesh_pose], nothing where there is none: the same lead in the pose in which the mesh is
// made that then follows it. Its keys are `pose_keys`; those left out are the lead's own. Errors as
// read_lead; refused for a lead that follows the nerve: it bends from place to place, and a mesh
// follows rigid motions only.
std::optional<PlacedLead> read_mesh_pose(config::Table lead, const PlacedLead& placed,
                                         const anatomy::Nerve& nerve, const Vector3d& domain_centre,
                                         double domain_radius);

} // namespace foramen::lead
