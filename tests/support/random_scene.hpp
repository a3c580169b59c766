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
  std::string description;
};

// An octrode beside a bent nerve of 1.5 to 3.5 mm radius with 1 to 15 fascicles.
RandomScene random_scene(std::uint64_t seed);

// The random nerve and lead of a seed in a homogeneous medium of 0.2 S/m: endoneurium 0.571 along
// and 0.083 S/m across, epineurium 0.159, encapsulation 0.1, in a ball of 60 mm.
struct Setting {
  explicit Setting(std::uint64_t seed);
  RandomScene random;
  std::unique_ptr<anatomy::Anatomy> body;
};

// Eight rings of 3 mm at 7-mm pitch on a 1.3-mm lead.
lead::LeadModel octrode();

} // namespace foramen::tests
