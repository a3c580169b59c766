#include "field/element_shapes.hpp"

#include "field/reference_element.hpp"

#include <limits>

namespace foramen::field {
namespace {

using V = Lanes<double, ElementShapes::width>;
using Gradients = std::array<Vector3d, 10>;

std::vector<Gradients> gradients_at_points_and_corners() {
  std::vector<Gradients> all = tet_rule_degree_5().gradient;
  for (const Vector3d& corner :
       {Vector3d(0, 0, 0), Vector3d(1, 0, 0), Vector3d(0, 1, 0), Vector3d(0, 0, 1)})
    all.push_back(quadratic_gradients(corner));
  return all;
}

FORAMEN_INLINE void determinant(const V (&x)[10][3], const Gradients& gradient, V& result) {
  V j[3][3] = {};
  for (std::size_t a = 0; a < 10; ++a)
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t d = 0; d < 3; ++d)
        j[i][d] += x[a][i] * gradient[a].data()[d];
  result = j[0][0] * (j[1][1] * j[2][2] - j[1][2] * j[2][1]) -
           j[0][1] * (j[1][0] * j[2][2] - j[1][2] * j[2][0]) +
           j[0][2] * (j[1][0] * j[2][1] - j[1][1] * j[2][0]);
}

FORAMEN_KERNEL void least_ratios(const ElementShapes& shapes, const std::vector<Gradients>& points,
                                 double* least) {
  V edge[3][3];
  for (std::size_t d = 0; d < 3; ++d)
    for (std::size_t i = 0; i < 3; ++i)
      edge[d][i] = shapes.node[d + 1][i] - shapes.node[0][i];
  const V straight = edge[0][0] * (edge[1][1] * edge[2][2] - edge[1][2] * edge[2][1]) -
                     edge[0][1] * (edge[1][0] * edge[2][2] - edge[1][2] * edge[2][0]) +
                     edge[0][2] * (edge[1][0] * edge[2][1] - edge[1][1] * edge[2][0]);
  constexpr double vanishing = 1e-6; // of the straight element's
  for (const Gradients& gradient : points) {
    V uncurved, curved;
    determinant(shapes.base, gradient, uncurved);
    determinant(shapes.node, gradient, curved);
    const V ratio = curved / uncurved;
    for (std::size_t l = 0; l < ElementShapes::width; ++l)
      if (uncurved[l] > vanishing * straight[l] && ratio[l] < least[l])
        least[l] = ratio[l];
  }
}

} // namespace

std::array<double, ElementShapes::width> least_jacobian_ratios(const ElementShapes& shapes) {
  static const std::vector<Gradients> points = gradients_at_points_and_corners();
  std::array<double, ElementShapes::width> least;
  least.fill(std::numeric_limits<double>::infinity());
  least_ratios(shapes, points, least.data());
  return least;
}

} // namespace foramen::field
