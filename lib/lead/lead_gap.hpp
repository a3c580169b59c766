// How far two leads are apart.
//
// A lead with its encapsulation is taken for all points within its outer radius of a stretch of its
// axis: exact where the ends are hemispheres, as they are meshed wherever bare lead follows beyond
// the outermost contact; around a contact that reaches a flat end it is too large there by at most
// the radius. The gap is the distance of the two stretches less both radii; where a lead bends the
// stretches are whole axes (too small by at most a radius beyond ends), sampled. Metres. Cost:
// below 1 us, 1 ms bent. Thread-safe.
#pragma once

#include "lead/placement.hpp"

namespace foramen::lead {

// The narrowest layer between two leads that is meshed. Their surfaces do not become finer towards
// one another: two octrodes side by side (draft resolution) take 9 to 13 iterations of the solver
// at 0.2 mm, 11 to 14 at 0.1 mm, 15 to 16 at 0.05 mm and 22 at 0.02 mm.
inline constexpr Length lead_mesh_gap = 0.1 * mm;

// Negative: the leads cut one another by so much.
double gap_between(const PlacedLead& a, const PlacedLead& b);

} // namespace foramen::lead
