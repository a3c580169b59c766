// The edges of a tetrahedral mesh, numbered: by their lower vertex, then their upper one.
//
// Independent of the order of the tetrahedra and of the number of threads and ranks, which share
// the sorting; every rank gets all. Cost: linear.
#pragma once

#include "field/ranks.hpp"

#include <array>
#include <vector>

namespace foramen::field {

class EdgeNumbering {
public:
  EdgeNumbering(int n_vertices, const std::vector<std::array<int, 4>>& tets,
                const Ranks& ranks = Ranks::alone()); // collective

  int size() const { return begin_.back(); }
  int find(int a, int b) const; // -1 if no tetrahedron has this edge
  // Those of one of the tetrahedra, as tet_edges orders them; faster than six times `find`.
  std::array<int, 6> of(const std::array<int, 4>& corners) const;
  std::vector<std::array<int, 2>> ends() const;

private:
  std::vector<int> begin_; // per vertex: its first edge in `upper_`
  std::vector<int> upper_; // of each edge, ascending for one lower vertex; then padding
};

} // namespace foramen::field
