// The lines where a contact ends on an insulator, and where the current density is singular.
#pragma once

#include "field/space.hpp"

namespace foramen::field {

// Per vertex: whether it lies on such a line.
std::vector<std::uint8_t> contact_edge_vertices(const VolumeScene& scene, const Space& space);

} // namespace foramen::field
