// Sizes on a tube that are smaller where the resolution's `finer` wants it.
#pragma once

#include "field/resolution.hpp"
#include "geometry/triangulated_tube.hpp"

#include <functional>

namespace foramen::field {

using RingSizes = std::function<geometry::RingSize(double s, double rho)>;

// `sizes` times the smallest factor around each ring; `sizes` itself where there are none.
RingSizes finer_rings(const Resolution& resolution, const geometry::Tube& tube, RingSizes sizes);

} // namespace foramen::field
