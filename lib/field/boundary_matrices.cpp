#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/local_matrices.hpp"
#include "field/reference_element.hpp"

#include <Eigen/Geometry>
#include <Eigen/LU>

#include <algorithm>

namespace foramen::field {
namespace {

// visit(q, x, n): quadrature point, position, and normal times surface element times weight (from
// the triangle's own orientation).
template <class Visit>
void over_triangle(const Space& space, const std::array<int, 6>& nodes, const Visit& visit) {
  const TriangleRule& rule = triangle_rule_degree_5();
  for (std::size_t q = 0; q < rule.weight.size(); ++q) {
    Vector3d x = Vector3d::Zero(), du = Vector3d::Zero(), dv = Vector3d::Zero();
    for (std::size_t a = 0; a < 6; ++a) {
      const Vector3d& p = space.nodes[static_cast<std::size_t>(nodes[a])];
      x += rule.value[q][a] * p;
      du += rule.gradient[q][a][0] * p;
      dv += rule.gradient[q][a][1] * p;
    }
    visit(q, x, Vector3d(rule.weight[q] * du.cross(dv)));
  }
}

bool has(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_open(const VolumeScene& scene, const Space& space, std::size_t f) {
  return space.face_surface[f] == 0 && !has(scene.insulated_outer_patches, space.face_patch[f]) &&
         std::none_of(scene.electrodes.begin(), scene.electrodes.end(), [&](const Electrode& e) {
           return e.surface == 0 && has(e.patches, space.face_patch[f]);
         });
}

// The corners whose mean a local node is, for elements, open faces (3 corners), interfaces (those
// and the electrode) and sheets (two faces).
std::vector<std::array<std::size_t, 2>> parents(std::size_t size) {
  std::vector<std::array<std::size_t, 2>> list;
  if (size == 10) {
    for (std::size_t a = 0; a < 4; ++a)
      list.push_back({a, a});
    for (const auto& [a, b] : tet_edges)
      list.push_back({static_cast<std::size_t>(a), static_cast<std::size_t>(b)});
    return list;
  }
  for (std::size_t side = 0; side < size / 6; ++side) {
    for (std::size_t a = 0; a < 3; ++a)
      list.push_back({3 * side + a, 3 * side + a});
    for (const auto& [a, b] : triangle_edges)
      list.push_back(
          {3 * side + static_cast<std::size_t>(a), 3 * side + static_cast<std::size_t>(b)});
  }
  if (size == 7)
    list.push_back({3, 3});
  return list;
}

} // namespace

LocalMatrices sheet_matrices(const Space& space, WantedNodes wanted) {
  LocalMatrices out{.size = 12, .nodes = {}, .values = {}};
  const TriangleRule& rule = triangle_rule_degree_5();
  for (const Space::SheetFace& pair : space.sheet_faces) {
    if (!any_wanted(wanted, pair.outside) && !any_wanted(wanted, pair.inside))
      continue;
    out.nodes.insert(out.nodes.end(), pair.outside.begin(), pair.outside.end());
    out.nodes.insert(out.nodes.end(), pair.inside.begin(), pair.inside.end());
    const std::size_t first = out.values.size();
    out.values.resize(first + out.packed(), 0.0);
    over_triangle(space, pair.outside, [&](std::size_t q, const Vector3d&, const Vector3d& n) {
      double jump[12];
      for (std::size_t a = 0; a < 6; ++a) {
        jump[a] = rule.value[q][a];
        jump[6 + a] = -rule.value[q][a];
      }
      const double weight = n.norm() / pair.resistance;
      for (std::size_t a = 0; a < 12; ++a)
        for (std::size_t b = a; b < 12; ++b)
          out.values[first + packed_index(a, b, 12)] += weight * jump[a] * jump[b];
    });
  }
  return out;
}

LocalMatrices open_boundary_matrices(const VolumeScene& scene, const Space& space,
                                     WantedNodes wanted) {
  LocalMatrices out{.size = 6, .nodes = {}, .values = {}};
  if (scene.outer != OuterBoundary::open)
    return out;
  const TriangleRule& rule = triangle_rule_degree_5();
  for (std::size_t f = 0; f < space.faces.size(); ++f) {
    if (!is_open(scene, space, f) || !any_wanted(wanted, space.faces[f]))
      continue;
    out.nodes.insert(out.nodes.end(), space.faces[f].begin(), space.faces[f].end());
    const std::size_t first = out.values.size();
    out.values.resize(first + out.packed(), 0.0);
    over_triangle(space, space.faces[f], [&](std::size_t q, const Vector3d& x, const Vector3d& n) {
      const Vector3d r = x - scene.open_centre;
      const Matrix3d resistivity = scene.conductivity(space.face_region[f], x).inverse();
      const double weight = std::abs(n.dot(r)) / r.dot(resistivity * r);
      for (std::size_t a = 0; a < 6; ++a)
        for (std::size_t b = a; b < 6; ++b)
          out.values[first + packed_index(a, b, 6)] += weight * rule.value[q][a] * rule.value[q][b];
    });
  }
  return out;
}

LocalMatrices interface_matrices(const VolumeScene& scene, const Space& space, WantedNodes wanted) {
  LocalMatrices out{.size = 7, .nodes = {}, .values = {}};
  const TriangleRule& rule = triangle_rule_degree_5();
  for (std::size_t i = 0; i < scene.electrodes.size(); ++i) {
    const Electrode& electrode = scene.electrodes[i];
    const int metal = static_cast<int>(space.nodes.size() + i);
    for (std::size_t f = 0; electrode.has_interface() && f < space.faces.size(); ++f) {
      if (space.face_surface[f] != electrode.surface ||
          !has(electrode.patches, space.face_patch[f]) ||
          (!any_wanted(wanted, space.faces[f]) && !any_wanted(wanted, std::span(&metal, 1))))
        continue;
      out.nodes.insert(out.nodes.end(), space.faces[f].begin(), space.faces[f].end());
      out.nodes.push_back(metal);
      const std::size_t first = out.values.size();
      out.values.resize(first + out.packed(), 0.0);
      over_triangle(space, space.faces[f], [&](std::size_t q, const Vector3d&, const Vector3d& n) {
        double step[7];
        std::copy_n(rule.value[q].begin(), 6, step);
        step[6] = -1.0;
        const double weight = n.norm() / electrode.surface_resistance;
        for (std::size_t a = 0; a < 7; ++a)
          for (std::size_t b = a; b < 7; ++b)
            out.values[first + packed_index(a, b, 7)] += weight * step[a] * step[b];
      });
    }
  }
  return out;
}

LocalMatrices on_linear(const LocalMatrices& quadratic) {
  constexpr std::size_t largest = 12; // nodes: of a sheet's two sides
  const std::size_t size = quadratic.size;
  FORAMEN_EXPECT(size <= largest, size);
  const std::vector<std::array<std::size_t, 2>> parent = parents(size);
  std::vector<std::size_t> corner; // local nodes that are corners
  for (std::size_t a = 0; a < size; ++a)
    if (parent[a][0] == parent[a][1])
      corner.push_back(a);
  LocalMatrices out{.size = corner.size(), .nodes = {}, .values = {}};
  const std::size_t m = out.size, n = quadratic.count();
  out.nodes.resize(n * m);
  out.values.resize(n * out.packed());
  core::parallel_for(n, 1024, [&](std::size_t t) {
    for (std::size_t a = 0; a < m; ++a)
      out.nodes[t * m + a] = quadratic.nodes[t * size + corner[a]];
    // P^T (K P): an edge's row, then column, goes to its ends by halves, a corner's twice to
    // itself.
    double k[largest][largest], half[6][largest] = {}, full[6][6] = {};
    const double* value = quadratic.values.data() + t * quadratic.packed();
    for (std::size_t a = 0; a < size; ++a)
      for (std::size_t b = a; b < size; ++b)
        k[a][b] = k[b][a] = *value++;
    for (std::size_t a = 0; a < size; ++a)
      for (const std::size_t i : parent[a])
        for (std::size_t b = 0; b < size; ++b)
          half[i][b] += 0.5 * k[a][b];
    for (std::size_t b = 0; b < size; ++b)
      for (const std::size_t j : parent[b])
        for (std::size_t i = 0; i < m; ++i)
          full[i][j] += 0.5 * half[i][b];
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = i; j < m; ++j)
        out.values[t * out.packed() + packed_index(i, j, m)] = full[i][j];
  });
  return out;
}

} // namespace foramen::field
