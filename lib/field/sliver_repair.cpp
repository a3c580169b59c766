#include "field/sliver_repair.hpp"

#include "field/edge_cut.hpp"
#include "field/mesh_checks.hpp"
#include "field/vertex_star.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

namespace foramen::field {
namespace {

std::vector<std::size_t> tets_below(const TetMesh& mesh, double below) {
  std::vector<std::size_t> bad;
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    if (signed_quality(tet_corners(mesh.vertices, mesh.tets[t])) < below)
      bad.push_back(t);
  return bad;
}

std::array<int, 2> edge(int a, int b) {
  return {std::min(a, b), std::max(a, b)};
}

// One round over the slivers found at its start.
class Sweep {
public:
  Sweep(TetMesh& mesh, const std::vector<std::size_t>& bad, double below)
      : mesh_(mesh), below_(below) {
    for (const std::size_t t : bad)
      for (const int v : mesh.tets[t])
        stars_[v];
    for (std::size_t t = 0; t < mesh.tets.size(); ++t)
      for (const int v : mesh.tets[t])
        if (const auto star = stars_.find(v); star != stars_.end())
          star->second.push_back(t);
    for (const auto& face : mesh.faces)
      for (std::size_t k = 0; k < 3; ++k) {
        if (stars_.contains(face[k]))
          on_surface_.insert(face[k]);
        if (stars_.contains(face[k]) && stars_.contains(face[(k + 1) % 3]))
          surface_edges_.insert(edge(face[k], face[(k + 1) % 3]));
      }
  }

  void undo(std::size_t t, SliverRepair& repair) {
    const auto stale = [&](int v) { return changed_.contains(v); };
    if (!is_sliver(t) || std::any_of(mesh_.tets[t].begin(), mesh_.tets[t].end(), stale))
      return; // mended by a neighbour, or for the next sweep
    for (const int v : mesh_.tets[t])
      if (!on_surface_.contains(v) && is_sliver(t))
        repair.moved += VertexStar(mesh_.vertices, mesh_.tets, v, stars_.at(v)).improve() ? 1 : 0;
    if (is_sliver(t) && cut_best_edge(t))
      ++repair.added;
  }

private:
  bool is_sliver(std::size_t t) const {
    return signed_quality(tet_corners(mesh_.vertices, mesh_.tets[t])) < below_;
  }

  // Adds a vertex on the edge of t that serves best, if with it the worst tetrahedron there is
  // several times better: else a flat layer is cut to pieces that are as flat.
  bool cut_best_edge(std::size_t t) {
    const std::array<int, 4> tet = mesh_.tets[t];
    std::array<int, 2> best_edge{};
    constexpr double worth_it = 4.0;
    double best =
        worth_it * std::max(signed_quality(tet_corners(mesh_.vertices, mesh_.tets[t])), 0.0);
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = i + 1; j < 4; ++j) {
        if (surface_edges_.contains(edge(tet[i], tet[j])))
          continue;
        const double worst = cut(tet[i], tet[j], false);
        if (worst > best) {
          best = worst;
          best_edge = {tet[i], tet[j]};
        }
      }
    if (best_edge[0] == best_edge[1])
      return false;
    cut(best_edge[0], best_edge[1], true);
    return true;
  }

  // Cuts the tetrahedra around an edge in two, from its middle, and moves that. Returns the worst
  // quality there; keeps the cut or not.
  double cut(int a, int b, bool keep) {
    const std::vector<std::size_t>& around_a = stars_.at(a);
    std::vector<std::size_t> ring, star;
    std::copy_if(around_a.begin(), around_a.end(), std::back_inserter(ring), [&](std::size_t t) {
      return std::find(mesh_.tets[t].begin(), mesh_.tets[t].end(), b) != mesh_.tets[t].end();
    });
    star = ring;
    const std::size_t n_tets = mesh_.tets.size();
    const int middle = cut_edge(mesh_, a, b, ring);
    for (std::size_t t = n_tets; t < mesh_.tets.size(); ++t)
      star.push_back(t);
    VertexStar around(mesh_.vertices, mesh_.tets, middle, star);
    around.improve();
    const double worst = around.worst();
    if (keep) {
      for (const std::size_t t : star)
        changed_.insert(mesh_.tets[t].begin(), mesh_.tets[t].end());
      return worst;
    }
    for (const std::size_t t : ring)
      std::replace(mesh_.tets[t].begin(), mesh_.tets[t].end(), middle, b);
    mesh_.tets.resize(n_tets);
    mesh_.region.resize(n_tets);
    mesh_.vertices.pop_back();
    return worst;
  }

  TetMesh& mesh_;
  double below_;
  std::map<int, std::vector<std::size_t>> stars_; // of the slivers' vertices
  std::set<int> on_surface_, changed_;            // the latter's stars are no longer right
  std::set<std::array<int, 2>> surface_edges_;    // between such vertices
};

} // namespace

SliverRepair repair_slivers(TetMesh& mesh, double below) {
  SliverRepair repair;
  std::vector<std::size_t> bad = tets_below(mesh, below);
  repair.found = bad.size();
  constexpr int most_sweeps = 8; // what is mended may leave a neighbour, or share vertices with one
  for (int i = 0; i < most_sweeps && !bad.empty(); ++i) {
    const std::size_t done = repair.moved + repair.added;
    Sweep sweep(mesh, bad, below);
    for (const std::size_t t : bad)
      sweep.undo(t, repair);
    if (repair.moved + repair.added == done)
      break;
    bad = tets_below(mesh, below);
  }
  repair.left = bad.size();
  return repair;
}

} // namespace foramen::field
