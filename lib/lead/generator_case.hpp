// The pulse generator's case as an electrode: a rounded box somewhere in the tissue.
//
// Without it the case is the distant boundary of the domain. Metres.
#pragma once

#include "anatomy/nerve.hpp"
#include "geometry/solid.hpp"
#include "geometry/triangulated_box.hpp"
#include "lead/placement.hpp"

#include <optional>
#include <vector>

namespace foramen::config {
class Table;
}

namespace foramen::lead {

struct GeneratorCase {
  geometry::RoundedBox body;
  geometry::SolidPtr solid() const; // the same body
};

// Between the case and nerve, leads: about the size of the triangles on it.
inline constexpr Length case_gap = 5.0 * mm;

// [case] of a study, nothing when it has none: `offset` of its middle from the nerve at the
// foramen's lateral border (x right, y anterior, z cranial), `size` (width, height, thickness),
// `rounding` of edges and corners, `facing` (where its thickness points; its height then lies as
// upright as it can), `turn` about that direction. Throws ConfigError, with file, line and caret,
// for a rounding above half the smallest size, a case that leaves the ball (less boundary_gap;
// names the radius that is needed), and one nearer than case_gap to nerve or lead.
std::optional<GeneratorCase> read_generator_case(config::Table root, const anatomy::Nerve& nerve,
                                                 const std::vector<PlacedLead>& leads,
                                                 const Vector3d& domain_centre,
                                                 double domain_radius);

} // namespace foramen::lead
