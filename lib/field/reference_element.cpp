#include "field/reference_element.hpp"

#include <deal.II/base/quadrature_lib.h>
#include <deal.II/fe/fe_simplex_p.h>

namespace foramen::field {
namespace {

TetRule tet_rule(const dealii::Quadrature<3>& quadrature) {
  const dealii::FE_SimplexP<3> fe(2);
  TetRule rule;
  for (unsigned int q = 0; q < quadrature.size(); ++q) {
    const dealii::Point<3>& p = quadrature.point(q);
    rule.point.emplace_back(p[0], p[1], p[2]);
    rule.weight.push_back(quadrature.weight(q));
    auto& value = rule.value.emplace_back();
    auto& gradient = rule.gradient.emplace_back();
    for (unsigned int a = 0; a < 10; ++a) {
      value[a] = fe.shape_value(a, p);
      const dealii::Tensor<1, 3> g = fe.shape_grad(a, p);
      gradient[a] = Vector3d(g[0], g[1], g[2]);
    }
  }
  return rule;
}

TriangleRule triangle_rule(const dealii::Quadrature<2>& quadrature) {
  const dealii::FE_SimplexP<2> fe(2);
  TriangleRule rule;
  for (unsigned int q = 0; q < quadrature.size(); ++q) {
    rule.weight.push_back(quadrature.weight(q));
    auto& value = rule.value.emplace_back();
    auto& gradient = rule.gradient.emplace_back();
    for (unsigned int a = 0; a < 6; ++a) {
      value[a] = fe.shape_value(a, quadrature.point(q));
      const dealii::Tensor<1, 2> g = fe.shape_grad(a, quadrature.point(q));
      gradient[a] = {g[0], g[1]};
    }
  }
  return rule;
}

} // namespace

const TetRule& tet_rule_degree_2() {
  static const TetRule rule = tet_rule(dealii::QWitherdenVincentSimplex<3>(1, false));
  return rule;
}

const TetRule& tet_rule_degree_5() {
  static const TetRule rule = tet_rule(dealii::QWitherdenVincentSimplex<3>(3));
  return rule;
}

const TriangleRule& triangle_rule_degree_5() {
  static const TriangleRule rule = triangle_rule(dealii::QWitherdenVincentSimplex<2>(3));
  return rule;
}

} // namespace foramen::field
