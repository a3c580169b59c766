// The pulse generator's case in a scene, and programmes that return their current through it.
//
// The case is a hole with one electrode, "case", over its whole surface, a perfect conductor. With
// phi_c its potential for 1 A (all contacts idle), the potential of contact i for 1 A that returns
// through the case is phi_i - phi_c, and impedances are z_ij - z_ic - z_cj + z_cc: voltages are
// then against the case. Any programme is a weighted sum of these; where its weights balance by
// themselves the case carries nothing and floats.
#pragma once

#include "field/resolution.hpp"
#include "field/unit_potentials.hpp"
#include "field/volume_scene.hpp"
#include "geometry/triangulated_box.hpp"

namespace foramen::field {

// Adds surface and electrode behind those that the scene has, and the sizes around them. The body
// must lie in the domain's own region, clear of all other surfaces.
void add_case(VolumeScene& scene, const geometry::RoundedBox& body, const Resolution& resolution);

// Replaces the potentials and impedances of n electrodes, the last of which is the case, by those
// of n - 1 that return through it.
void return_through_case(UnitPotentials& potentials);

} // namespace foramen::field
