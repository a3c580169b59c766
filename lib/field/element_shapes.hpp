// How far curving an element squeezes it, eight elements at a time.
//
// ratio = det(dx/dxi) of the curved element over that of the uncurved one (its edge nodes at their
// base points), smallest over the 14 points of the rule that integrates curved elements and the
// corners. Corners where the uncurved determinant vanishes (quarter points at a contact's edge, by
// design) are left out. Dimensionless. Cost: 0.1 us per element.
#pragma once

#include "field/simd.hpp"

#include <Eigen/Core>

#include <array>

namespace foramen::field {

struct ElementShapes {
  static constexpr std::size_t width = 8;
  Lanes<double, width> node[10][3], base[10][3];

  void set(std::size_t lane, std::size_t a, const Eigen::Vector3d& x, const Eigen::Vector3d& at) {
    for (std::size_t i = 0; i < 3; ++i) {
      node[a][i][lane] = x.data()[i];
      base[a][i][lane] = at.data()[i];
    }
  }
};

std::array<double, ElementShapes::width> least_jacobian_ratios(const ElementShapes& shapes);

} // namespace foramen::field
