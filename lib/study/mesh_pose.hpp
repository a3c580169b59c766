// Where one of the leads lies when the mesh is made, which then follows it: [lead.mesh_pose].
#pragma once

#include "lead/placement.hpp"

#include <cstddef>

namespace foramen::study {

struct MeshPose {
  std::size_t lead = 0; // which of the study's leads
  lead::PlacedLead placed;
};

} // namespace foramen::study
