// Moves the midpoints of edges on surfaces onto the exact surface, as far as the elements stand it.
#pragma once

#include "field/space.hpp"

namespace foramen::field {

// Expects straight edges (nodes, elements, faces, sheet faces filled); fills `nodes`, `curved`,
// `straightened`.
void curve_edges(const VolumeScene& scene, Space& space);

} // namespace foramen::field
