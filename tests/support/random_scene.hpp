// Random nerves with leads beside them, for meshing: all that a user could ask for and some more.
#pragma once

#include "anatomy/lumbar.hpp"
#include "lead/placement.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace foramen::tests {

struct RandomScene {
  anatomy::Nerve nerve;
  std::vector<lead::PlacedLead> leads;
  double clearance = 0.0, tilt_deg = 0.0; // what was drawn: 0.1 to 4 mm, 0 to 90 degrees
  double ball_radius = 60e-3;             // about the origin
  std::string description;
};

// An octrode beside a bent nerve of 1.5 to 3.5 mm radius with 1 to 15 fascicles.
RandomScene random_scene(std::uint64_t seed);

// Whatever a study may ask for: any lead of the catalogue beside a bent nerve of 70 to 110 mm with
// 1 to 30 packed fascicles of 0.3 to 1.6 mm, gaps and margins from the 0.02 mm that a study may ask
// for to 0.3 mm, tilt 0 to 90 degrees, tip either way; encapsulated by 0.02 to 1 mm, or in a third
// of the draws bare. What lies outermost keeps from lead::mesh_gap to 4 mm from the nerve at its
// nearest point (logarithmically even); `clearance` is the bare lead's there. Placed by
// lead::place_beside, which refuses what is not legal.
RandomScene catalogue_scene(std::uint64_t seed);

// A random nerve and lead in a homogeneous medium of 0.2 S/m: endoneurium 0.571 along and
// 0.083 S/m across, epineurium 0.159, encapsulation 0.1.
struct Setting {
  explicit Setting(std::uint64_t seed) : Setting(random_scene(seed)) {}
  explicit Setting(RandomScene scene);
  RandomScene random;
  std::unique_ptr<anatomy::Anatomy> body;
};

// Eight rings of 3 mm at 7-mm pitch on a 1.3-mm lead.
lead::LeadModel octrode();

} // namespace foramen::tests
