// The lines where a contact ends on an insulator that continues it smoothly: the current density is
// singular there. Where they meet at an angle of 120 degrees or less they are left out (at 90
// degrees nothing is singular). With an interface the singularity is a logarithm's; lines of such
// contacts count too, for it is measured that quarter points serve them as well (README).
#pragma once

#include "field/space.hpp"

namespace foramen::field {

// Per vertex: whether it lies on such a line.
std::vector<std::uint8_t> contact_edge_vertices(const VolumeScene& scene, const Space& space);

} // namespace foramen::field
