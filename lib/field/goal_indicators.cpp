#include "field/goal_indicators.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/reference_element.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

namespace foramen::field {
namespace {

using Eigen::Index;
// Gradients of all goals at a vertex or point: 3 x goals.
using Gradients = Eigen::Matrix<double, 3, Eigen::Dynamic>;

// Of one element: gradients of the linear functions at its corners, and its volume.
struct Corners {
  std::array<Gradients, 4> gradient;
  double volume = 0.0;
};

// The linear function through values at the rule's four points, at the corner beside each.
void to_corners(std::array<Gradients, 4>& value) {
  // Points at barycentric coordinates (a, b, b, b); the corner is value + (value - mean) shift.
  constexpr double a = 0.585410196624969, b = 0.138196601125011;
  constexpr double stretch = 1.0 / (a - b);
  const Gradients mean = 0.25 * (value[0] + value[1] + value[2] + value[3]);
  for (Gradients& v : value)
    v = mean + stretch * (v - mean);
}

Corners corners_of(const UnitPotentials& mesh, std::size_t t, const NodeValues& values) {
  const TetRule& rule = tet_rule_degree_2();
  const auto& nodes = mesh.elements[t];
  Corners c;
  std::array<Gradients, 4> at_point;
  std::array<std::size_t, 4> corner_of{};
  for (std::size_t q = 0; q < 4; ++q) {
    Matrix3d jacobian = Matrix3d::Zero();
    Gradients slopes = Gradients::Zero(3, values.cols());
    for (std::size_t i = 0; i < 10; ++i) {
      const auto node = static_cast<std::size_t>(nodes[i]);
      jacobian += mesh.nodes[node] * rule.gradient[q][i].transpose();
      slopes += rule.gradient[q][i] * values.row(nodes[i]);
    }
    at_point[q] = jacobian.transpose().inverse() * slopes;
    c.volume += rule.weight[q] * std::abs(jacobian.determinant());
    const Vector3d& x = rule.point[q];
    const std::array<double, 4> near = {1.0 - x.sum(), x[0], x[1], x[2]};
    corner_of[q] =
        static_cast<std::size_t>(std::max_element(near.begin(), near.end()) - near.begin());
  }
  for (std::size_t q = 0; q < 4; ++q)
    c.gradient[corner_of[q]] = std::move(at_point[q]);
  to_corners(c.gradient);
  return c;
}

// A number for each element: elements of one number and a vertex share a gradient there.
std::vector<int> materials(const UnitPotentials& mesh, const VolumeScene& scene,
                           const std::vector<Matrix3d>& conductivity) {
  constexpr double same = 1e-6; // relative, of traces
  std::vector<int> material = mesh.region;
  std::map<std::pair<int, std::int64_t>, int> of_trace;
  for (std::size_t t = 0; t < material.size(); ++t) {
    const auto region = static_cast<std::size_t>(mesh.region[t]);
    if (region >= scene.region_has_jumps.size() || !scene.region_has_jumps[region])
      continue;
    const auto trace = std::llround(std::log(conductivity[t].trace()) / same);
    const int next = -1 - static_cast<int>(of_trace.size());
    material[t] = of_trace.emplace(std::pair(mesh.region[t], trace), next).first->second;
  }
  return material;
}

// A number for every pair of vertex and material around it.
struct VertexMaterials {
  std::vector<std::array<int, 4>> of_element;
  std::size_t count = 0;
};
VertexMaterials vertex_materials(const UnitPotentials& mesh, const std::vector<int>& material) {
  struct Corner {
    int vertex, material;
    std::size_t element, corner;
  };
  std::vector<Corner> all;
  all.reserve(4 * mesh.elements.size());
  for (std::size_t t = 0; t < mesh.elements.size(); ++t)
    for (std::size_t i = 0; i < 4; ++i)
      all.push_back({mesh.elements[t][i], material[t], t, i});
  std::sort(all.begin(), all.end(), [](const Corner& a, const Corner& b) {
    return std::tie(a.vertex, a.material, a.element) < std::tie(b.vertex, b.material, b.element);
  });
  VertexMaterials pairs;
  pairs.of_element.resize(mesh.elements.size());
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (k == 0 || all[k].vertex != all[k - 1].vertex || all[k].material != all[k - 1].material)
      ++pairs.count;
    pairs.of_element[all[k].element][all[k].corner] = static_cast<int>(pairs.count) - 1;
  }
  return pairs;
}

// Squared norms of grad v - G(v), elements x goals.
NodeValues recovery_errors(const UnitPotentials& mesh, const VertexMaterials& pairs,
                           const std::vector<Matrix3d>& conductivity, const NodeValues& values) {
  const Index goals = values.cols();
  NodeValues sum = NodeValues::Zero(static_cast<Index>(pairs.count), 3 * goals);
  std::vector<double> volume(pairs.count, 0.0);
  const auto row_of = [&](std::size_t p) {
    return Eigen::Map<Gradients>(sum.row(static_cast<Index>(p)).data(), 3, goals);
  };
  for (std::size_t t = 0; t < mesh.elements.size(); ++t) { // one after the other: the same bits
    const Corners c = corners_of(mesh, t, values);
    for (std::size_t i = 0; i < 4; ++i) {
      const auto p = static_cast<std::size_t>(pairs.of_element[t][i]);
      row_of(p) += c.volume * c.gradient[i];
      volume[p] += c.volume;
    }
  }
  NodeValues squared(static_cast<Index>(mesh.elements.size()), goals);
  core::parallel_for(mesh.elements.size(), 512, [&](std::size_t t) {
    Corners c = corners_of(mesh, t, values);
    const Matrix3d& sigma = conductivity[t];
    Gradients total = Gradients::Zero(3, goals);
    for (std::size_t i = 0; i < 4; ++i) {
      const auto p = static_cast<std::size_t>(pairs.of_element[t][i]);
      c.gradient[i] -= row_of(p) / volume[p];
      total += c.gradient[i];
    }
    for (Index g = 0; g < goals; ++g) { // int (sum d_i lambda_i)^2 = V/20 (sum d_i^2 + (sum d_i)^2)
      double form = total.col(g).dot(sigma * total.col(g));
      for (const Gradients& d : c.gradient)
        form += d.col(g).dot(sigma * d.col(g));
      squared(static_cast<Index>(t), g) = c.volume / 20.0 * form;
    }
  });
  return squared;
}

} // namespace

NodeValues goal_indicators(const UnitPotentials& mesh, const VolumeScene& scene,
                           const NodeValues& potential, const NodeValues& adjoint) {
  FORAMEN_EXPECT(potential.rows() == adjoint.rows() && potential.cols() == adjoint.cols(),
                 potential.cols(), " potentials");
  const std::array<double, 10> at_centre = quadratic_values(Vector3d::Constant(0.25));
  std::vector<Matrix3d> conductivity(mesh.elements.size());
  core::parallel_for(conductivity.size(), 1024, [&](std::size_t t) {
    Vector3d centre = Vector3d::Zero();
    for (std::size_t i = 0; i < 10; ++i)
      centre += at_centre[i] * mesh.nodes[static_cast<std::size_t>(mesh.elements[t][i])];
    conductivity[t] = scene.conductivity(mesh.region[t], centre);
  });
  const VertexMaterials pairs = vertex_materials(mesh, materials(mesh, scene, conductivity));
  return (recovery_errors(mesh, pairs, conductivity, potential).array() *
          recovery_errors(mesh, pairs, conductivity, adjoint).array())
      .sqrt();
}

} // namespace foramen::field
