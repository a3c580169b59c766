// Tetrahedra for a VolumeScene, made by Gmsh in a child process with a time limit.
//
// The surfaces' triangles are kept as they are; only volumes are meshed (HXT), sizes from the
// surfaces' own triangles and `size` sampled on a grid. Deterministic: one thread, same input, same
// mesh.
//
// Errors: WorldError when the child fails, is killed, or exceeds the time limit (with Gmsh's last
// words), when it runs out of memory, or when the mesh it made misses a region or holds an inverted
// element. Cost: about 5 s for 200 000 tetrahedra.
#pragma once

#include "core/progress.hpp"
#include "field/tet_mesh.hpp"
#include "field/volume_scene.hpp"

#include <string>

namespace foramen::field {

struct MesherOptions {
  double time_limit_s = 300.0;
  std::string program; // the mesher's executable; empty: `foramen-mesher` beside this program, or
                       // $FORAMEN_MESHER
  // The first attempt improves tetrahedra of lower quality than this (inscribed over circumscribed
  // radius, times 3). Where surfaces are coarse for the gaps between them there are many that no
  // improvement helps, and looking at them takes most of the mesher's time.
  double improve_below = 0.2;
};

TetMesh make_mesh(const VolumeScene& scene, const MesherOptions& options = {},
                  core::Progress& progress = core::silent());

} // namespace foramen::field
