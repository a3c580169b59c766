// The fitted surfaces of a nerve with leads beside it: what is meshed, without its conductivities.
//
// In this order: "domain" (the ball), "nerve", "fascicle 1" ... (with the sheet resistance of their
// perineurium), and for each lead "encapsulation" (if it has one) and "lead" (a hole). A lead's
// name, or with several leads without names its number, is a prefix to those of its surfaces and
// contacts: "cranial:E1", "2:E1". Electrodes follow the
// leads' contacts in order. Metres.
//
// Errors: WorldError when the nerve at the foramen lies outside the ball. Cost: some tenths of a
// second.
#pragma once

#include "field/lead_surface.hpp"
#include "field/nerve_surface.hpp"
#include "field/resolution.hpp"
#include "field/volume_scene.hpp"
#include "lead/placement.hpp"

#include <vector>

namespace foramen::field {

// Region of a nerve's fascicle in the scene: behind domain and nerve.
constexpr int fascicle_region(std::size_t fascicle) {
  return 2 + static_cast<int>(fascicle);
}

LeadShape lead_shape(const lead::PlacedLead& lead);

VolumeScene fit_surfaces(const anatomy::Nerve& nerve, const std::vector<lead::PlacedLead>& leads,
                         const Vector3d& ball_centre, double ball_radius,
                         const Resolution& resolution);

} // namespace foramen::field
