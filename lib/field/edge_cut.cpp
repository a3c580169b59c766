#include "field/edge_cut.hpp"

#include "field/vertex_star.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace foramen::field {
namespace {

using Stars = std::map<int, std::vector<std::size_t>>; // tetrahedra by vertex

std::vector<std::size_t> ring_of(const TetMesh& mesh, const Stars& stars, int a, int b) {
  std::vector<std::size_t> ring;
  for (const std::size_t t : stars.at(a))
    if (std::find(mesh.tets[t].begin(), mesh.tets[t].end(), b) != mesh.tets[t].end())
      ring.push_back(t);
  return ring;
}

// What a cut from tetrahedron `first` on has changed: the ring lost b, the new ones have no a.
void update(Stars& stars, const TetMesh& mesh, int b, std::span<const std::size_t> ring,
            std::size_t first) {
  for (const std::size_t t : ring) {
    if (const auto star = stars.find(b); star != stars.end())
      std::erase(star->second, t);
    stars[static_cast<int>(mesh.vertices.size()) - 1].push_back(t);
  }
  for (std::size_t t = first; t < mesh.tets.size(); ++t)
    for (const int v : mesh.tets[t])
      if (const auto star = stars.find(v); star != stars.end())
        star->second.push_back(t);
}

} // namespace

int cut_edge(TetMesh& mesh, int a, int b, std::span<const std::size_t> ring) {
  const auto middle = static_cast<int>(mesh.vertices.size());
  mesh.vertices.emplace_back(0.5 * (mesh.vertices[static_cast<std::size_t>(a)] +
                                    mesh.vertices[static_cast<std::size_t>(b)]));
  for (const std::size_t t : ring) {
    mesh.tets.push_back(mesh.tets[t]);
    mesh.region.push_back(mesh.region[t]);
    std::replace(mesh.tets[t].begin(), mesh.tets[t].end(), b, middle);
    std::replace(mesh.tets.back().begin(), mesh.tets.back().end(), a, middle);
  }
  return middle;
}

std::size_t cut_edges(TetMesh& mesh, const std::function<bool(int a, int b)>& wanted) {
  std::set<std::array<int, 2>> edges;
  for (const auto& tet : mesh.tets)
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = i + 1; j < 4; ++j)
        if (wanted(tet[i], tet[j]))
          edges.insert({std::min(tet[i], tet[j]), std::max(tet[i], tet[j])});
  Stars stars;
  for (const auto& edge : edges)
    for (const int v : edge)
      stars[v];
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    for (const int v : mesh.tets[t])
      if (const auto star = stars.find(v); star != stars.end())
        star->second.push_back(t);
  const auto first = static_cast<int>(mesh.vertices.size());
  for (const auto& [a, b] : edges) {
    const std::vector<std::size_t> ring = ring_of(mesh, stars, a, b);
    const std::size_t n_tets = mesh.tets.size();
    cut_edge(mesh, a, b, ring);
    update(stars, mesh, b, ring, n_tets);
  }
  constexpr int sweeps = 3; // new vertices are neighbours
  for (int i = 0; i < sweeps; ++i)
    for (auto v = first; v < static_cast<int>(mesh.vertices.size()); ++v)
      VertexStar(mesh.vertices, mesh.tets, v, stars.at(v)).improve();
  return edges.size();
}

} // namespace foramen::field
