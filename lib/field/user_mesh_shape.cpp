// The tetrahedra of tissue of a user's mesh with their curved edges.

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/edge_numbering.hpp"
#include "field/reference_element.hpp"
#include "field/user_mesh_draft.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

constexpr double straight = 1e-9; // of an edge's length: how far a middle may be off by rounding

const Vector3d& position(const Draft& draft, int node) {
  return draft.x[static_cast<std::size_t>(node)];
}

std::array<int, 2> ends_of(const std::array<int, 10>& tet, std::size_t k) { // ascending
  const auto [a, b] = std::minmax(tet[static_cast<std::size_t>(tet_edges[k][0])],
                                  tet[static_cast<std::size_t>(tet_edges[k][1])]);
  return {a, b};
}

// Those edges of all tissue that `pick(tet, k)` makes something of, tetrahedron by tetrahedron.
template <class T, class Pick> std::vector<T> pick_edges(const Draft& draft, const Pick& pick) {
  constexpr std::size_t grain = 4096;
  std::vector<std::vector<T>> lists((draft.tets.size() + grain - 1) / grain);
  core::parallel_chunks(draft.tets.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t)
      for (std::size_t k = 0; draft.is_tissue(static_cast<int>(t)) && k < 6; ++k)
        if (const std::optional<T> picked = pick(t, k))
          lists[begin / grain].push_back(*picked);
  });
  std::vector<T> all;
  for (const std::vector<T>& list : lists)
    all.insert(all.end(), list.begin(), list.end());
  return all;
}

// Edges, each once, ascending in their lower node, then their upper one.
class EdgeSet {
public:
  EdgeSet(std::size_t n_nodes, const std::vector<std::array<int, 2>>& edges)
      : begin_(n_nodes + 2, 0), upper_(edges.size()) {
    int* next = begin_.data() + 1; // becomes the end of each node's edges
    for (const auto& [a, b] : edges)
      ++next[a + 1];
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    for (const auto& [a, b] : edges)
      upper_[static_cast<std::size_t>(next[a]++)] = b;
    int kept = 0;
    for (std::size_t v = 0; v < n_nodes; ++v) { // begin_[v + 1] is still the end
      const auto first = upper_.begin() + begin_[v], last = upper_.begin() + begin_[v + 1];
      std::sort(first, last);
      const auto end = std::unique(first, last);
      begin_[v] = kept;
      kept = static_cast<int>(std::copy(first, end, upper_.begin() + kept) - upper_.begin());
    }
    begin_[n_nodes] = kept;
    upper_.resize(static_cast<std::size_t>(kept));
  }

  std::size_t size() const { return upper_.size(); }
  int find(const std::array<int, 2>& ends) const { // -1: it is none of them
    const auto v = static_cast<std::size_t>(ends[0]);
    for (int i = begin_[v]; i < begin_[v + 1]; ++i)
      if (upper_[static_cast<std::size_t>(i)] == ends[1])
        return i;
    return -1;
  }

private:
  std::vector<int> begin_, upper_;
};

// Edges whose node is not within half the tolerance of the middle in some tetrahedron. At the
// others the nodes are within half the tolerance of the middle, and so within all of it of each
// other.
EdgeSet doubtful_edges(const Draft& draft) {
  using Ends = std::array<int, 2>;
  return {draft.x.size(),
          pick_edges<Ends>(draft, [&](std::size_t t, std::size_t k) -> std::optional<Ends> {
            const auto& tet = draft.tets[t];
            if (tet[4 + k] < 0)
              return std::nullopt;
            const Ends ends = ends_of(tet, k);
            const Vector3d& a = position(draft, ends[0]);
            const Vector3d& b = position(draft, ends[1]);
            const Vector3d off = position(draft, tet[4 + k]) - 0.5 * (a + b);
            if (off.squaredNorm() <= 0.25 * straight * straight * (a - b).squaredNorm())
              return std::nullopt;
            return ends;
          })};
}

// An edge of a set at a tetrahedron.
struct EdgeAt {
  int edge; // of the set
  int tet;
  std::size_t k;
};

// All occurrences of these edges: edge by edge, ascending in their tetrahedra.
std::vector<EdgeAt> occurrences(const Draft& draft, const EdgeSet& edges) {
  const std::vector<EdgeAt> unsorted =
      pick_edges<EdgeAt>(draft, [&](std::size_t t, std::size_t k) -> std::optional<EdgeAt> {
        const int edge = edges.find(ends_of(draft.tets[t], k));
        return edge < 0 ? std::nullopt : std::optional(EdgeAt{edge, static_cast<int>(t), k});
      });
  std::vector<std::size_t> next(edges.size() + 1, 0);
  for (const EdgeAt& at : unsorted)
    ++next[static_cast<std::size_t>(at.edge) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<EdgeAt> sorted(unsorted.size());
  for (const EdgeAt& at : unsorted)
    sorted[next[static_cast<std::size_t>(at.edge)]++] = at;
  return sorted;
}

// Every element's share of the bent edges; `bent` of each occurrence is its number, or -1.
void list_curves(const std::vector<EdgeAt>& edges, const std::vector<int>& bent, Kept& kept) {
  std::vector<int> next(kept.tet.size() + 2, 0);
  const auto element = [&](std::size_t i) {
    return static_cast<std::size_t>(kept.element[static_cast<std::size_t>(edges[i].tet)]);
  };
  for (std::size_t i = 0; i < edges.size(); ++i)
    next[element(i) + 2] += bent[i] >= 0 ? 1 : 0;
  std::partial_sum(next.begin(), next.end(), next.begin());
  kept.curves.resize(static_cast<std::size_t>(next.back()));
  for (std::size_t i = 0; i < edges.size(); ++i)
    if (bent[i] >= 0)
      kept.curves[static_cast<std::size_t>(next[element(i) + 1]++)] = {edges[i].k, bent[i]};
  next.pop_back(); // by now the begins
  kept.curve_begin = std::move(next);
}

// Each edge once, if its node is off the middle.
void find_bent_edges(const Draft& draft, Kept& kept) {
  const std::vector<EdgeAt> edges = occurrences(draft, doubtful_edges(draft));
  std::vector<int> bent(edges.size(), -1);
  for (std::size_t i = 0; i < edges.size();) {
    const auto [a, b] = ends_of(draft.tets[static_cast<std::size_t>(edges[i].tet)], edges[i].k);
    const Vector3d middle = 0.5 * (position(draft, a) + position(draft, b));
    const double tolerance = straight * (position(draft, a) - position(draft, b)).norm();
    const auto node = [&](const EdgeAt& at) -> const Vector3d& {
      const int given = draft.tets[static_cast<std::size_t>(at.tet)][4 + at.k];
      return given < 0 ? middle : position(draft, given);
    };
    const Vector3d& p = node(edges[i]);
    const bool is_bent = (p - middle).norm() > tolerance;
    std::size_t end = i;
    for (; end < edges.size() && edges[end].edge == edges[i].edge; ++end) {
      if ((node(edges[end]) - p).norm() > tolerance)
        throw ConfigError(draft.place_of_tet(edges[i].tet),
                          concat("its edge between nodes ", draft.node(a), " and ", draft.node(b),
                                 " is bent otherwise than that of tetrahedron ",
                                 draft.number(edges[end].tet), " of ",
                                 draft.group_of_tet(edges[end].tet)),
                          "give all elements the same order: Mesh.ElementOrder = 2 for the whole "
                          "mesh");
      bent[end] = is_bent ? static_cast<int>(kept.mesh.bent_edges.size()) : -1;
    }
    if (is_bent) {
      kept.mesh.bent_edges.push_back(
          {kept.vertex[static_cast<std::size_t>(a)], kept.vertex[static_cast<std::size_t>(b)]});
      kept.mesh.bent_nodes.push_back(p);
    }
    i = end;
  }
  list_curves(edges, bent, kept);
}

// Smallest det J over that of the straight element; at corners, middles of edges, and where it is
// integrated.
double least_determinant(const std::array<Vector3d, 10>& x) {
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
  Eigen::Matrix3d j;
  j << x[1] - x[0], x[2] - x[0], x[3] - x[0];
  const double chord = j.determinant();
  double least = std::numeric_limits<double>::infinity();
  for (const auto& gradient : gradients) {
    j.setZero();
    for (std::size_t a = 0; a < 10; ++a)
      j += x[a] * gradient[a].transpose();
    least = std::min(least, j.determinant() / chord);
  }
  return least;
}

// No doubt that det J is positive all over an element: with J0 of the straight one, d_e how far
// edge e is bent and N_e = 4 l_a l_b,
//   J0^-1 J = I + sum_e (J0^-1 d_e) grad N_e,  |grad N_e| <= 4 max(|grad l_a|, |grad l_b|),
// which cannot be singular while the sum's norm is below one. Half leaves room for rounding.
bool is_plainly_sound(const std::array<Vector3d, 10>& x) {
  Eigen::Matrix3d j;
  j << x[1] - x[0], x[2] - x[0], x[3] - x[0];
  const Eigen::Matrix3d inverse = j.inverse();
  const double slope_0 = std::sqrt(3.0); // of l_0 = 1 - x - y - z; the others' is 1
  double sum = 0.0;
  for (std::size_t k = 0; k < 6; ++k) {
    const auto [a, b] = tet_edges[k];
    const Vector3d d =
        x[4 + k] - 0.5 * (x[static_cast<std::size_t>(a)] + x[static_cast<std::size_t>(b)]);
    sum += 4.0 * (a == 0 || b == 0 ? slope_0 : 1.0) * (inverse * d).norm();
  }
  return sum < 0.5;
}

// Of elements with a bent edge; the others have had their quality checked.
void check_determinants(const Draft& draft, const Kept& kept) {
  std::vector<double> least(kept.tet.size(), 1.0);
  core::parallel_for(least.size(), 1024, [&](std::size_t e) {
    if (kept.is_straight(e))
      return;
    const std::array<Vector3d, 10> x = nodes_of(kept, static_cast<int>(e));
    if (!is_plainly_sound(x))
      least[e] = least_determinant(x);
  });
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

std::array<Vector3d, 10> nodes_of(const Kept& kept, int element) {
  const auto e = static_cast<std::size_t>(element);
  std::array<Vector3d, 10> x;
  for (std::size_t a = 0; a < 4; ++a)
    x[a] = kept.mesh.vertices[static_cast<std::size_t>(kept.mesh.tets[e][a])];
  for (std::size_t k = 0; k < 6; ++k)
    x[4 + k] = 0.5 * (x[static_cast<std::size_t>(tet_edges[k][0])] +
                      x[static_cast<std::size_t>(tet_edges[k][1])]);
  for (int c = kept.curve_begin[e]; c < kept.curve_begin[e + 1]; ++c) {
    const Kept::Curve& curve = kept.curves[static_cast<std::size_t>(c)];
    x[4 + curve.edge] = kept.mesh.bent_nodes[static_cast<std::size_t>(curve.bent)];
  }
  return x;
}

Kept keep_tissue(const Draft& draft) {
  Kept kept;
  kept.element.assign(draft.tets.size(), -1);
  kept.vertex.assign(draft.x.size(), -1);
  for (std::size_t t = 0; t < draft.tets.size(); ++t) {
    if (!draft.is_tissue(static_cast<int>(t)))
      continue;
    kept.element[t] = static_cast<int>(kept.tet.size());
    kept.tet.push_back(static_cast<int>(t));
    for (std::size_t k = 0; k < 4; ++k)
      kept.vertex[static_cast<std::size_t>(draft.tets[t][k])] = 0;
  }
  for (std::size_t i = 0; i < kept.vertex.size(); ++i)
    if (kept.vertex[i] == 0) {
      kept.vertex[i] = static_cast<int>(kept.mesh.vertices.size());
      kept.mesh.vertices.push_back(draft.x[i]);
    }
  kept.mesh.tets.resize(kept.tet.size());
  core::parallel_for(kept.tet.size(), 4096, [&](std::size_t e) {
    const auto& tet = draft.tets[static_cast<std::size_t>(kept.tet[e])];
    for (std::size_t k = 0; k < 4; ++k)
      kept.mesh.tets[e][k] = kept.vertex[static_cast<std::size_t>(tet[k])];
  });
  find_bent_edges(draft, kept);
  check_determinants(draft, kept);
  return kept;
}

} // namespace foramen::field
