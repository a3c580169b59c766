#include "field/mesh_order.hpp"

#include <algorithm>
#include <limits>

namespace foramen::field {
namespace {

// Lists of numbers by key, each in ascending order of when it was given.
struct Buckets {
  std::vector<int> begin, members;

  Buckets(std::size_t n_keys, std::size_t n, const auto& key_of) : begin(n_keys + 1, 0) {
    for (std::size_t i = 0; i < n; ++i)
      ++begin[static_cast<std::size_t>(key_of(i)) + 1];
    for (std::size_t k = 0; k < n_keys; ++k)
      begin[k + 1] += begin[k];
    members.resize(n);
    std::vector<int> next(begin.begin(), begin.end() - 1);
    for (std::size_t i = 0; i < n; ++i)
      members[static_cast<std::size_t>(next[static_cast<std::size_t>(key_of(i))]++)] =
          static_cast<int>(i);
  }
  std::span<const int> of(int key) const {
    const auto k = static_cast<std::size_t>(key);
    return std::span(members).subspan(static_cast<std::size_t>(begin[k]),
                                      static_cast<std::size_t>(begin[k + 1] - begin[k]));
  }
};

// Of those points the one that lies farthest down the longest side of their bounding box.
std::size_t end_of(std::span<const Vector3d> points) {
  Vector3d low = Vector3d::Constant(std::numeric_limits<double>::infinity()), high = -low;
  for (const Vector3d& x : points) {
    low = low.cwiseMin(x);
    high = high.cwiseMax(x);
  }
  Eigen::Index axis = 0;
  (high - low).maxCoeff(&axis);
  const auto end =
      std::min_element(points.begin(), points.end(),
                       [&](const Vector3d& a, const Vector3d& b) { return a[axis] < b[axis]; });
  return static_cast<std::size_t>(end - points.begin());
}

// The vertices with something in their bucket; each_neighbour(what it is, found) calls
// found(vertex).
std::vector<int> breadth_first(std::size_t n_vertices, std::size_t start, const Buckets& around,
                               const auto& each_neighbour) {
  std::vector<std::uint8_t> reached(n_vertices, 0);
  std::vector<int> order;
  order.reserve(n_vertices);
  const auto reach = [&](int v) {
    if (!reached[static_cast<std::size_t>(v)]) {
      reached[static_cast<std::size_t>(v)] = 1;
      order.push_back(v);
    }
  };
  const auto spread_from = [&](std::size_t first) {
    if (around.of(static_cast<int>(first)).empty())
      return;
    std::size_t next = order.size();
    for (reach(static_cast<int>(first)); next < order.size(); ++next)
      for (const int i : around.of(order[next]))
        each_neighbour(static_cast<std::size_t>(i), reach);
  };
  spread_from(start);
  for (std::size_t v = 0; v < n_vertices; ++v) // pieces that share no vertex with the first
    if (!reached[v])
      spread_from(v);
  return order;
}

// By the vertices' order before sheets split them.
std::vector<int> used_vertices(const Space& space) {
  const std::size_t n = space.original.size();
  const Buckets in_order(n, n, [&](std::size_t v) { return space.original[v]; });
  std::vector<std::uint8_t> used(n, 0);
  for (const auto& ends : space.edge_ends)
    for (const int v : ends)
      used[static_cast<std::size_t>(v)] = 1;
  std::vector<int> vertices = in_order.members;
  std::erase_if(vertices, [&](int v) { return used[static_cast<std::size_t>(v)] == 0; });
  return vertices;
}

} // namespace

std::vector<int> nodes_in_order(const Space& space) {
  const std::size_t n_edges = space.edge_ends.size();
  const std::vector<int> vertices = used_vertices(space);
  std::vector<int> rank(space.original.size(), -1);
  for (std::size_t i = 0; i < vertices.size(); ++i)
    rank[static_cast<std::size_t>(vertices[i])] = static_cast<int>(i);

  // Edges by their earlier end, then by their later one.
  const auto ranks_of = [&](std::size_t e) {
    return std::minmax(rank[static_cast<std::size_t>(space.edge_ends[e][0])],
                       rank[static_cast<std::size_t>(space.edge_ends[e][1])]);
  };
  const Buckets by_first(vertices.size(), n_edges,
                         [&](std::size_t e) { return int{ranks_of(e).first}; });
  const Buckets by_last(vertices.size(), n_edges, [&](std::size_t i) {
    return int{ranks_of(static_cast<std::size_t>(by_first.members[i])).second};
  });
  std::vector<int> nodes;
  nodes.reserve(vertices.size() + n_edges);
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    for (const int k : by_last.of(static_cast<int>(i)))
      nodes.push_back(space.n_vertices + by_first.members[static_cast<std::size_t>(k)]);
    nodes.push_back(vertices[i]);
  }
  return nodes;
}

void sort_mesh(TetMesh& mesh) {
  const std::size_t n_vertices = mesh.vertices.size(), n_tets = mesh.tets.size();
  const Buckets tets_of(n_vertices, 4 * n_tets,
                        [&](std::size_t i) { return mesh.tets[i / 4][i % 4]; });
  std::vector<std::uint8_t> done(n_tets, 0);
  const auto each_neighbour = [&](std::size_t i, const auto& found) {
    const std::size_t t = i / 4;
    for (std::size_t k = 0; k < 4 && !done[t]; ++k)
      found(mesh.tets[t][k]);
    done[t] = 1;
  };
  std::vector<int> place(n_vertices, -1);
  std::vector<Vector3d> vertices;
  vertices.reserve(n_vertices);
  const auto take = [&](std::size_t v) {
    place[v] = static_cast<int>(vertices.size());
    vertices.push_back(mesh.vertices[v]);
  };
  for (const int v : breadth_first(n_vertices, end_of(mesh.vertices), tets_of, each_neighbour))
    take(static_cast<std::size_t>(v));
  for (std::size_t v = 0; v < n_vertices; ++v) // that no tetrahedron uses
    if (place[v] < 0)
      take(v);
  mesh.vertices = std::move(vertices);
  const auto renumber = [&place](auto& simplices) {
    for (auto& simplex : simplices)
      for (int& v : simplex)
        v = place[static_cast<std::size_t>(v)];
  };
  renumber(mesh.tets);
  renumber(mesh.faces);
  renumber(mesh.bent_edges);

  const auto last = [&](std::size_t t) {
    return *std::max_element(mesh.tets[t].begin(), mesh.tets[t].end());
  };
  const Buckets by_last(n_vertices, n_tets, last);
  const std::vector<std::array<int, 4>> tets = std::move(mesh.tets);
  const std::vector<int> region = std::move(mesh.region);
  mesh.tets.clear();
  mesh.region.clear();
  for (const int t : by_last.members) {
    mesh.tets.push_back(tets[static_cast<std::size_t>(t)]);
    mesh.region.push_back(region[static_cast<std::size_t>(t)]);
  }
}

} // namespace foramen::field
