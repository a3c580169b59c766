// [[anatomy.parts]]: solids of tissue that the user lists, later ones on top.
//
//   shape              keys
//   box                centre, size (edges), rounding, turn_axis, turn_angle
//   sphere             centre, radius
//   ellipsoid          centre, semi_axes, turn_axis, turn_angle
//   cylinder           base, top, radius
//   elliptic_cylinder  base, top, semi_axes (two), semi_axis_direction
//   tube               [[anatomy.parts.points]] with `at`, radius, end_radius
//   half_space         point, outward_normal
//
// and for all: name, tissue, direction (of an anisotropic tissue).
#pragma once

#include "anatomy/scene.hpp"

namespace foramen::config {
class Table;
}

namespace foramen::anatomy {

void read_parts(config::Table anatomy, Scene& scene);

} // namespace foramen::anatomy
