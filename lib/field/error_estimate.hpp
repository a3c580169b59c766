// How wrong a computed potential may be: from a second solution on a coarser mesh.
//
// The comparison's resolution is `scaled(1.3)`, and where the outer boundary is grounded it has an
// open one (the difference of the two is the boundary's first-order effect). Its sizes are 1.3
// times larger near the tubes but, as growths take the square root, 1.14 times far from them: r
// = 1.3^0.75 is their mean. Errors of the two meshes, e and r^p e, are either of one kind, then the
// potentials differ by (r^p - 1) e, or independent of each other, then by sqrt(1 + r^(2 p)) e. The
// estimate is the difference over the geometric mean of both, p = 3 being the order of the
// potential in quadratic elements: within a factor of 1.6 of either. What is measured on closed
// forms and references is in this folder's README, section "Error estimate".
//
// Everything that changes with the mesh is in the difference: elements, geometry, unfitted tissues,
// sampling, the outer boundary. What does not change is not: tissue data, anatomy, the lead's
// model.
#pragma once

#include "field/resolution.hpp"

#include <span>

namespace foramen::field {

inline constexpr double comparison_ratio = 1.3;
inline constexpr double potential_order = 3.0;

// The geometric mean of what errors of one kind and independent ones make of the difference.
double difference_over_error();

// Along a line of equally spaced points: largest estimates, per ampere.
struct LineErrors {
  double potential = 0.0;         // ohm
  double second_difference = 0.0; // ohm, over `second_difference_step`
};
inline constexpr double second_difference_step = 1e-3; // metres: some internode of a large fibre

// Potentials of both solutions at the same points. The step is rounded to points; lines shorter
// than two steps have no second difference.
LineErrors estimate_along_line(std::span<const double> solution, std::span<const double> comparison,
                               double spacing);

} // namespace foramen::field
