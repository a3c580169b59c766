// Is a mesh what the scene asked for, and how good are its tetrahedra?
//
// `check_mesh` finds what a mesher may get wrong without saying so: a region without tetrahedra, an
// inverted or flat tetrahedron, a surface triangle that is not between its two regions, a region
// whose volume is not that between its surfaces (relative 1e-9). Throws WorldError with the first
// it finds. Cost: about a second per million tetrahedra.
#pragma once

#include "field/tet_mesh.hpp"
#include "field/volume_scene.hpp"

#include <array>

namespace foramen::field {

void check_mesh(const VolumeScene& scene, const TetMesh& mesh);

double tet_volume(const TetMesh& mesh, std::size_t t); // m^3, positive when well oriented

// Quality of a tetrahedron: radius of its inscribed over that of its circumscribed sphere, times
// three; 1 for a regular one, 0 for a flat one.
struct MeshQuality {
  double worst = 1.0, mean = 0.0;
  std::size_t below_tenth = 0;             // tetrahedra with quality below 0.1
  std::array<std::size_t, 10> histogram{}; // by tenths
};
double tet_quality(const std::array<Vector3d, 4>& corners);
// Negative for an inverted tetrahedron, continuous through flat ones, -1 for four points on a line.
double signed_quality(const std::array<Vector3d, 4>& corners);
std::array<Vector3d, 4> tet_corners(const std::vector<Vector3d>& vertices,
                                    const std::array<int, 4>& tet);
MeshQuality mesh_quality(const TetMesh& mesh);

} // namespace foramen::field
