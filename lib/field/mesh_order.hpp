// An order of nodes and tetrahedra in which what is near in the mesh is near in memory.
//
// A mesh is sorted once: vertices breadth first from one end (Cuthill & McKee 1969,
// doi:10.1145/800195.805928), tetrahedra by the vertex that comes last. Nodes then follow the
// vertices, copies of one on both sides of a sheet together, before each the middles of its edges
// to earlier ones. A matrix row so reads from a few stretches of memory that move on from row to
// row, which is what processors fetch ahead. Cost: linear; 1.4 million tetrahedra take 0.03 s of
// CPU for `nodes_in_order`.
#pragma once

#include "field/space.hpp"

namespace foramen::field {

// All nodes that some element uses, each once, for a mesh that has been sorted.
std::vector<int> nodes_in_order(const Space& space);
// Reorders vertices, and tetrahedra with their regions; faces keep their order.
void sort_mesh(TetMesh& mesh);

} // namespace foramen::field
