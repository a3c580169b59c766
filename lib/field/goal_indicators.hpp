// How much each element's error matters to a goal.
//
//   e_K = |grad u - G(u)|_K |grad z - G(z)|_K,   |v|_K^2 = int_K v . sigma v
//
// u the potential, z the goal's adjoint (adjoint_potentials.hpp), G the gradient recovered at
// vertices: the mean over the elements of one material around a vertex, weighted by volume, of the
// linear function that agrees with the element's gradient at the four points of the rule of degree
// 2 (averaging: Zienkiewicz & Zhu 1987, doi:10.1002/nme.1620240206). A material is a region; where
// tissues meet within one (`region_has_jumps`) those elements of it whose centres have a tensor of
// one trace, as gradients jump between tissues. Zero where the potential is quadratic. The sum
// bounds the error of the goal as far as G is better than the gradients are; what it is good for is
// to compare elements, not to state errors.
//
// Units: ampere times the goal's unit per ampere. Cost: with goal_refinement.hpp 0.7 s on two
// threads for 480 000 elements and 2 goals.
#pragma once

#include "field/adjoint_potentials.hpp"

#include <vector>

namespace foramen::field {

// Columns of `potential` (nodes x goals: what the goal's programme makes) and `adjoint` belong
// together. Elements x goals.
NodeValues goal_indicators(const UnitPotentials& mesh, const VolumeScene& scene,
                           const NodeValues& potential, const NodeValues& adjoint);

} // namespace foramen::field
