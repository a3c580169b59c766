// Undoes nearly flat tetrahedra by moving free vertices, and by adding some.
//
// What a mesher leaves flat now and then are slivers: three vertices on a surface and a fourth,
// within a region, almost in their plane or circle; or four vertices on surfaces. A vertex on no
// surface may go where it likes: a pattern search takes it to where the worst tetrahedron around it
// is best. A sliver that has none gets one: an edge that runs within a region is cut in two, and
// the new vertex moved likewise. Surfaces and volumes of regions stay.
//
// Metres. Deterministic. Cost: a pass over the mesh (0.1 s for 800 000 tetrahedra) or, where there
// are slivers, two per sweep, and about a millisecond per sliver.
#pragma once

#include "field/tet_mesh.hpp"

namespace foramen::field {

// Of slivers (tet_quality in mesh_checks.hpp). Below what thin layers make necessary: 0.02 mm of
// encapsulation, a tenth of an edge, have 0.01. The mesher's improvement (mesher.cpp) leaves none
// in most scenes.
inline constexpr double sliver_quality = 1e-3;

struct SliverRepair {
  std::size_t found = 0, left = 0; // tetrahedra below the quality (or inverted), before and after
  std::size_t added = 0;           // vertices
  std::size_t moved = 0;           // vertices; one that moves twice counts twice
};

SliverRepair repair_slivers(TetMesh& mesh, double below = sliver_quality);

} // namespace foramen::field
