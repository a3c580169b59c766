// The kinds of elements that a Gmsh file may hold: Gmsh's number of the kind, its dimension, number
// of nodes and name.
//
// From the Gmsh reference manual, section "MSH file format": types 1 to 31, 92 and 93. Those of
// higher order, polygons and polyhedra are not listed: how many nodes they have is for Gmsh to
// know.
#pragma once

#include <cstdint>

namespace foramen::field {

struct MshKind {
  int type;
  int dimension;
  int n_nodes;
  const char* name;
};

// What Gmsh's numbers of the elements of a volume conductor are.
namespace msh_type {
constexpr int triangle_3 = 2, tet_4 = 4, triangle_6 = 9, tet_10 = 11;
}

const MshKind* find_msh_kind(std::int64_t type); // null: not listed

} // namespace foramen::field
