#include "field/goal_indicators.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/reference_element.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <utility>

namespace foramen::field {
namespace {

using Eigen::Index;
using Corners = std::array<Vector3d, 4>; // gradients of the linear function at an element's corners

// The linear function through values at the rule's four points, at the corner beside each.
void to_corners(Corners& value) {
  // Points at barycentric coordinates (a, b, b, b).
  constexpr double a = 0.585410196624969, b = 0.138196601125011;
  const Vector3d mean = 0.25 * (value[0] + value[1] + value[2] + value[3]);
  for (Vector3d& v : value)
    v = mean + (v - mean) / (a - b);
}

// Which point of the rule is beside which corner.
std::array<std::size_t, 4> corners_of_points() {
  std::array<std::size_t, 4> corner{};
  for (std::size_t q = 0; q < 4; ++q) {
    const Vector3d& x = tet_rule_degree_2().point[q];
    const std::array<double, 4> near = {1.0 - x.sum(), x[0], x[1], x[2]};
    corner[q] = static_cast<std::size_t>(std::max_element(near.begin(), near.end()) - near.begin());
  }
  return corner;
}

// Gradients of one potential at an element's corners; its volume.
Corners corner_gradients(const UnitPotentials& mesh, std::size_t t, const NodeValues& values,
                         Index column, double& volume) {
  static const std::array<std::size_t, 4> corner = corners_of_points();
  const TetRule& rule = tet_rule_degree_2();
  Corners gradient;
  volume = 0.0;
  for (std::size_t q = 0; q < 4; ++q) {
    Matrix3d jacobian = Matrix3d::Zero();
    Vector3d slope = Vector3d::Zero();
    for (std::size_t i = 0; i < 10; ++i) {
      const int node = mesh.elements[t][i];
      jacobian += mesh.nodes[static_cast<std::size_t>(node)] * rule.gradient[q][i].transpose();
      slope += values(node, column) * rule.gradient[q][i];
    }
    gradient[corner[q]] = jacobian.transpose().inverse() * slope;
    volume += rule.weight[q] * std::abs(jacobian.determinant());
  }
  to_corners(gradient);
  return gradient;
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

// Elements' corners (4 element + corner) by vertex, and at one vertex by material.
struct CornersAtVertices {
  std::vector<std::size_t> begin; // per vertex
  std::vector<std::size_t> corner;

  CornersAtVertices(const UnitPotentials& mesh, const std::vector<int>& material) {
    int n_vertices = 0;
    for (const auto& element : mesh.elements)
      n_vertices =
          std::max(n_vertices, 1 + *std::max_element(element.begin(), element.begin() + 4));
    begin.assign(static_cast<std::size_t>(n_vertices) + 1, 0);
    for (const auto& element : mesh.elements)
      for (std::size_t i = 0; i < 4; ++i)
        ++begin[static_cast<std::size_t>(element[i]) + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    corner.resize(begin.back());
    std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t t = 0; t < mesh.elements.size(); ++t)
      for (std::size_t i = 0; i < 4; ++i)
        corner[next[static_cast<std::size_t>(mesh.elements[t][i])]++] = 4 * t + i;
    core::parallel_for(begin.size() - 1, 1024, [&](std::size_t v) {
      std::stable_sort(at(begin[v]), at(begin[v + 1]), [&](std::size_t a, std::size_t b) {
        return material[a / 4] < material[b / 4];
      });
    });
  }

private:
  std::vector<std::size_t>::iterator at(std::size_t i) {
    return corner.begin() + static_cast<std::ptrdiff_t>(i);
  }
};

// Squared norms of grad v - G(v) in every element, of one potential.
Eigen::VectorXd recovery_errors(const UnitPotentials& mesh, const std::vector<int>& material,
                                const CornersAtVertices& around,
                                const std::vector<Matrix3d>& conductivity, const NodeValues& values,
                                Index column) {
  const std::size_t n = mesh.elements.size();
  std::vector<Corners> gradient(n), recovered(n);
  std::vector<double> volume(n);
  core::parallel_for(n, 512, [&](std::size_t t) {
    gradient[t] = corner_gradients(mesh, t, values, column, volume[t]);
  });
  core::parallel_for(around.begin.size() - 1, 512, [&](std::size_t v) {
    for (std::size_t first = around.begin[v]; first < around.begin[v + 1];) {
      std::size_t last = first;
      Vector3d sum = Vector3d::Zero();
      double weight = 0.0;
      for (; last < around.begin[v + 1]; ++last) {
        const std::size_t c = around.corner[last];
        if (material[c / 4] != material[around.corner[first] / 4])
          break;
        sum += volume[c / 4] * gradient[c / 4][c % 4];
        weight += volume[c / 4];
      }
      for (; first < last; ++first)
        recovered[around.corner[first] / 4][around.corner[first] % 4] = sum / weight;
    }
  });
  Eigen::VectorXd squared(static_cast<Index>(n));
  core::parallel_for(n, 512, [&](std::size_t t) {
    Vector3d total = Vector3d::Zero(); // int (sum d_i lambda_i)^2 = V/20 (sum d_i^2 + (sum d_i)^2)
    double form = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
      const Vector3d d = gradient[t][i] - recovered[t][i];
      form += d.dot(conductivity[t] * d);
      total += d;
    }
    form += total.dot(conductivity[t] * total);
    squared[static_cast<Index>(t)] = volume[t] / 20.0 * form;
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
  const std::vector<int> material = materials(mesh, scene, conductivity);
  const CornersAtVertices around(mesh, material);
  NodeValues indicator(static_cast<Index>(mesh.elements.size()), potential.cols());
  for (Index g = 0; g < potential.cols(); ++g)
    indicator.col(g) =
        (recovery_errors(mesh, material, around, conductivity, potential, g).array() *
         recovery_errors(mesh, material, around, conductivity, adjoint, g).array())
            .sqrt();
  return indicator;
}

} // namespace foramen::field
