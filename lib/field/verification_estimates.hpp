// The error estimate against true errors: along the lines of verification_lines.hpp.
//
// Per case, over all its lines (each relative to its largest value), the root mean square of
// estimated and of true errors; a row passes where their ratio, the effectivity, lies within 0.5
// and
// 3. The row's deviation says how far: 1 at either limit. Errors: WorldError as
// verification_lines.hpp. Cost: two solves per case, half a minute in all.
#pragma once

#include "field/verification_cases.hpp"

namespace foramen::field {

inline constexpr double least_effectivity = 0.5, largest_effectivity = 3.0;

// `only`: cases whose name contains this.
std::vector<VerificationRow> verify_estimates(const VerificationOptions& options,
                                              const std::string& only = "",
                                              core::Progress& progress = core::silent());

} // namespace foramen::field
