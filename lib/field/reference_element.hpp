// Quadratic tetrahedra and triangles: shape functions and quadrature on the reference element.
//
// Tetrahedron: corners 0 = origin, 1, 2, 3 on the axes, then the edges 01 12 02 03 13 23. Triangle:
// corners 0, 1, 2, then the edges 01 12 20. Rules come from deal.II (FE_SimplexP,
// Witherden-Vincent), whose headers only this file's source includes; shape functions at arbitrary
// points are written out here and tested against deal.II's.
#pragma once

#include <Eigen/Core>

#include <array>
#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

// The two corners that each edge of the tetrahedron joins, and each edge of the triangle.
inline constexpr std::array<std::array<int, 2>, 6> tet_edges = {
    {{0, 1}, {1, 2}, {0, 2}, {0, 3}, {1, 3}, {2, 3}}};
inline constexpr std::array<std::array<int, 2>, 3> triangle_edges = {{{0, 1}, {1, 2}, {2, 0}}};

struct TetRule {
  std::vector<Vector3d> point;
  std::vector<double> weight; // sum 1/6, the volume of the reference tetrahedron
  std::vector<std::array<double, 10>> value;
  std::vector<std::array<Vector3d, 10>> gradient;
};
const TetRule&
tet_rule_degree_2(); // 4 points: exact for a straight element of constant conductivity
const TetRule& tet_rule_degree_5(); // 14 points: curved elements and varying conductivity

struct TriangleRule {
  std::vector<double> weight; // sum 1/2
  std::vector<std::array<double, 6>> value;
  std::vector<std::array<std::array<double, 2>, 6>> gradient;
};
const TriangleRule& triangle_rule_degree_5(); // 7 points: exact mass matrix of a straight triangle

// N_a(x) and dN_a/dx of the ten nodes at a point of the reference tetrahedron.
inline std::array<double, 10> quadratic_values(const Vector3d& x) {
  const double l[4] = {1.0 - x[0] - x[1] - x[2], x[0], x[1], x[2]};
  std::array<double, 10> n;
  for (std::size_t a = 0; a < 4; ++a)
    n[a] = l[a] * (2.0 * l[a] - 1.0);
  for (std::size_t e = 0; e < 6; ++e)
    n[4 + e] = 4.0 * l[tet_edges[e][0]] * l[tet_edges[e][1]];
  return n;
}
inline std::array<Vector3d, 10> quadratic_gradients(const Vector3d& x) {
  const double l[4] = {1.0 - x[0] - x[1] - x[2], x[0], x[1], x[2]};
  const Vector3d dl[4] = {-Vector3d::Ones(), Vector3d::UnitX(), Vector3d::UnitY(),
                          Vector3d::UnitZ()};
  std::array<Vector3d, 10> g;
  for (std::size_t a = 0; a < 4; ++a)
    g[a] = (4.0 * l[a] - 1.0) * dl[a];
  for (std::size_t e = 0; e < 6; ++e) {
    const auto [a, b] = tet_edges[e];
    g[4 + e] = 4.0 * (l[a] * dl[b] + l[b] * dl[a]);
  }
  return g;
}

} // namespace foramen::field
