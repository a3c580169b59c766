// A lead of encapsulated rings in a homogeneous medium, all sizes times `scale`.
#pragma once

#include "field/volume_scene.hpp"

namespace foramen::benchmarks {

// Eight contacts or fewer 7 mm apart, more of them 4 mm; 0.3 mm of encapsulation.
field::VolumeScene ring_scene(int contacts, double scale);

} // namespace foramen::benchmarks
