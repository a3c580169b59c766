// Where a mesh has to be finer for its goals: a factor on the sizes, from elements' indicators.
//
// Space is cut into cells of some hundred elements. A cell's share of the error is the sum of its
// indicators; with sizes s times as large it is s^3 of it (the order of the potential,
// error_estimate.hpp), and its elements are s^-3 as many. Of all factors s between `least` and 1
// that bring the error to `reduction` of itself, those with the fewest elements obey s^6 = lambda
// elements / share in every cell that is not at a bound.
//
// Cost: see goal_indicators.hpp.
#pragma once

#include "field/size_octree.hpp"
#include "field/unit_potentials.hpp"

#include <vector>

namespace foramen::field {

struct GoalRefinement {
  SizeOctree factor;     // dimensionless, of the present sizes
  double elements = 1.0; // expected, over the present ones
  double error = 1.0;    // expected, over the present one; above `reduction` when bounds forbid it
};

inline constexpr double least_size_factor = 0.5;

// `indicator`: per element, not negative. 0 < reduction < 1.
GoalRefinement refine_for_goals(const UnitPotentials& mesh, const std::vector<double>& indicator,
                                double reduction, double least = least_size_factor);

} // namespace foramen::field
