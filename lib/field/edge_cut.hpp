// Cuts the tetrahedra around an edge in two, from a new vertex in its middle.
//
// Regions and volumes stay; for an edge on a surface the caller would have to cut the surface's
// triangles too. Metres.
#pragma once

#include "field/tet_mesh.hpp"

#include <functional>
#include <span>

namespace foramen::field {

// `ring`: all tetrahedra with the edge. They keep `a`; their halves with `b` are added at the end,
// in their order. Returns the new vertex, the last.
int cut_edge(TetMesh& mesh, int a, int b, std::span<const std::size_t> ring);

// Cuts every edge for which `wanted(a, b)` is true, edges of the lower vertices first, and takes
// the new vertices to where the worst tetrahedra around them are best (vertex_star.hpp). Returns
// how many. Expects no such edge on a surface. Cost: a pass over the mesh, a millisecond per edge.
std::size_t cut_edges(TetMesh& mesh, const std::function<bool(int a, int b)>& wanted);

} // namespace foramen::field
