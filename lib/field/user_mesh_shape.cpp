// The tetrahedra of tissue of a user's mesh with their curved edges.

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/edge_numbering.hpp"
#include "field/reference_element.hpp"
#include "field/user_mesh_draft.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <limits>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

constexpr double straight = 1e-9; // of an edge's length: how far a middle may be off by rounding

struct GivenEdge {
  std::array<int, 2> ends; // ascending
  int node;                // -1: none given
  int tet;
};

std::vector<GivenEdge> edges_of(const Draft& draft) {
  std::vector<GivenEdge> edges;
  for (std::size_t t = 0; t < draft.tets.size(); ++t)
    for (std::size_t k = 0; draft.is_tissue(static_cast<int>(t)) && k < 6; ++k) {
      const auto& e = draft.tets[t];
      const int a = e[static_cast<std::size_t>(tet_edges[k][0])];
      const int b = e[static_cast<std::size_t>(tet_edges[k][1])];
      edges.push_back({{std::min(a, b), std::max(a, b)}, e[4 + k], static_cast<int>(t)});
    }
  std::sort(edges.begin(), edges.end(), [](const GivenEdge& a, const GivenEdge& b) {
    return a.ends != b.ends ? a.ends < b.ends : a.tet < b.tet;
  });
  return edges;
}

// Each edge once, if its node is off the middle.
void find_bent_edges(const Draft& draft, Kept& kept) {
  if (std::none_of(draft.tets.begin(), draft.tets.end(), [](const auto& e) { return e[4] >= 0; }))
    return;
  const std::vector<GivenEdge> edges = edges_of(draft);
  const auto x = [&](int i) -> const Vector3d& { return draft.x[static_cast<std::size_t>(i)]; };
  for (std::size_t i = 0; i < edges.size();) {
    const auto [a, b] = edges[i].ends;
    const Vector3d middle = 0.5 * (x(a) + x(b));
    const double tolerance = straight * (x(a) - x(b)).norm();
    const auto node = [&](const GivenEdge& edge) { return edge.node < 0 ? middle : x(edge.node); };
    const Vector3d p = node(edges[i]);
    std::size_t end = i + 1;
    for (; end < edges.size() && edges[end].ends == edges[i].ends; ++end)
      if ((node(edges[end]) - p).norm() > tolerance)
        throw ConfigError(draft.place_of_tet(edges[i].tet),
                          concat("its edge between nodes ", draft.node(a), " and ", draft.node(b),
                                 " is bent otherwise than that of tetrahedron ",
                                 draft.number(edges[end].tet), " of ",
                                 draft.group_of_tet(edges[end].tet)),
                          "give all elements the same order: Mesh.ElementOrder = 2 for the whole "
                          "mesh");
    if ((p - middle).norm() > tolerance) {
      kept.mesh.bent_edges.push_back(
          {kept.vertex[static_cast<std::size_t>(a)], kept.vertex[static_cast<std::size_t>(b)]});
      kept.mesh.bent_nodes.push_back(p);
    }
    i = end;
  }
}

// Smallest det J over that of the straight element; at corners, middles of edges, and where it is
// integrated.
double least_determinant(const QuadraticElements& mesh, std::size_t t) {
  static const std::vector<std::array<Vector3d, 10>> gradients = [] {
    const std::array<Vector3d, 4> corner = {Vector3d::Zero(), Vector3d::UnitX(), Vector3d::UnitY(),
                                            Vector3d::UnitZ()};
    std::vector<std::array<Vector3d, 10>> list = tet_rule_degree_5().gradient;
    for (const Vector3d& p : corner)
      list.push_back(quadratic_gradients(p));
    for (const auto& [a, b] : tet_edges)
      list.push_back(quadratic_gradients(
          0.5 * (corner[static_cast<std::size_t>(a)] + corner[static_cast<std::size_t>(b)])));
    return list;
  }();
  const auto x = [&](std::size_t a) -> const Vector3d& {
    return mesh.nodes[static_cast<std::size_t>(mesh.elements[t][a])];
  };
  Eigen::Matrix3d j;
  j << x(1) - x(0), x(2) - x(0), x(3) - x(0);
  const double chord = j.determinant();
  double least = std::numeric_limits<double>::infinity();
  for (const auto& gradient : gradients) {
    j.setZero();
    for (std::size_t a = 0; a < 10; ++a)
      j += x(a) * gradient[a].transpose();
    least = std::min(least, j.determinant() / chord);
  }
  return least;
}

void check_determinants(const Draft& draft, const Kept& kept) {
  if (kept.mesh.bent_edges.empty())
    return;
  std::vector<double> least(kept.tet.size());
  core::parallel_for(least.size(), 1024,
                     [&](std::size_t t) { least[t] = least_determinant(kept.elements, t); });
  const auto bad = std::count_if(least.begin(), least.end(), [](double d) { return !(d > 0.0); });
  if (bad == 0)
    return;
  const auto worst = std::min_element(least.begin(), least.end());
  throw ConfigError(
      draft.place_of_tet(kept.tet[static_cast<std::size_t>(worst - least.begin())]),
      concat("the quadratic element is inverted: its Jacobian falls to ", *worst,
             " of the straight element's; so are ", bad, " of ", kept.tet.size()),
      "untangle the curved elements (Mesh.HighOrderOptimize = 1), or make them smaller where the "
      "surface bends");
}

} // namespace

QuadraticElements quadratic_elements(const TetMesh& mesh) {
  const auto n = static_cast<int>(mesh.vertices.size());
  const EdgeNumbering edges(n, mesh.tets);
  QuadraticElements result{mesh.vertices, std::vector<std::array<int, 10>>(mesh.tets.size())};
  for (const auto& [a, b] : edges.ends())
    result.nodes.push_back(0.5 * (mesh.vertices[static_cast<std::size_t>(a)] +
                                  mesh.vertices[static_cast<std::size_t>(b)]));
  for (std::size_t i = 0; i < mesh.bent_edges.size(); ++i) {
    const int e = edges.find(mesh.bent_edges[i][0], mesh.bent_edges[i][1]);
    FORAMEN_EXPECT(e >= 0, "bent edge ", i);
    result.nodes[static_cast<std::size_t>(n + e)] = mesh.bent_nodes[i];
  }
  core::parallel_for(mesh.tets.size(), 2048, [&](std::size_t t) {
    const auto& corners = mesh.tets[t];
    std::copy(corners.begin(), corners.end(), result.elements[t].begin());
    for (std::size_t k = 0; k < 6; ++k)
      result.elements[t][4 + k] =
          n + edges.find(corners[static_cast<std::size_t>(tet_edges[k][0])],
                         corners[static_cast<std::size_t>(tet_edges[k][1])]);
  });
  return result;
}

Kept keep_tissue(const Draft& draft) {
  Kept kept;
  kept.element.assign(draft.tets.size(), -1);
  kept.vertex.assign(draft.x.size(), -1);
  for (std::size_t t = 0; t < draft.tets.size(); ++t)
    for (std::size_t k = 0; draft.is_tissue(static_cast<int>(t)) && k < 4; ++k)
      kept.vertex[static_cast<std::size_t>(draft.tets[t][k])] = 0;
  for (std::size_t i = 0; i < kept.vertex.size(); ++i)
    if (kept.vertex[i] == 0) {
      kept.vertex[i] = static_cast<int>(kept.mesh.vertices.size());
      kept.mesh.vertices.push_back(draft.x[i]);
    }
  for (std::size_t t = 0; t < draft.tets.size(); ++t) {
    if (!draft.is_tissue(static_cast<int>(t)))
      continue;
    kept.element[t] = static_cast<int>(kept.tet.size());
    kept.tet.push_back(static_cast<int>(t));
    std::array<int, 4> tet{};
    for (std::size_t k = 0; k < 4; ++k)
      tet[k] = kept.vertex[static_cast<std::size_t>(draft.tets[t][k])];
    kept.mesh.tets.push_back(tet);
  }
  find_bent_edges(draft, kept);
  kept.elements = quadratic_elements(kept.mesh);
  check_determinants(draft, kept);
  return kept;
}

} // namespace foramen::field
