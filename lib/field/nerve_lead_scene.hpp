// A nerve in its anatomy with leads beside it, as a scene for the mesher and the solver.
//
// Surfaces and electrodes as in nerve_lead_surfaces.hpp. Conductivity (S/m): the endoneurium
// conducts along the course's tangent, as does the epineurium if it is anisotropic; the
// encapsulation is its tissue; everywhere else the anatomy's implicit scene is asked.
#pragma once

#include "anatomy/lumbar.hpp"
#include "field/nerve_lead_surfaces.hpp"

#include <vector>

namespace foramen::field {

VolumeScene make_volume_scene(const anatomy::Anatomy& anatomy,
                              const std::vector<lead::PlacedLead>& leads,
                              const Resolution& resolution = {},
                              OuterBoundary outer = OuterBoundary::grounded);

} // namespace foramen::field
