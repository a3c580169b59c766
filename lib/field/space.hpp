// Quadratic nodes on the split mesh: corners, edge midpoints, and the curving of edges onto the
// surfaces.
//
// Midpoints go where curved_edges.hpp says: onto exact surfaces, and to quarter points at contact
// edges.
//
// Errors: WorldError for an inverted straight element and for a face that is no face of a
// tetrahedron. Cost: 0.4 s of CPU for 1.4 million tetrahedra.
#pragma once

#include "field/ranks.hpp"
#include "field/split_mesh.hpp"

#include <cstdint>
#include <span>

namespace foramen::field {

struct Space {
  int n_vertices = 0;
  std::vector<Vector3d> nodes;               // vertices, then one per edge
  std::vector<int> original;                 // per vertex: which of the mesh it is
  std::vector<std::array<int, 2>> edge_ends; // vertices of edge e, whose node is n_vertices + e
  std::vector<std::array<int, 10>> elements; // 4 corners, then edges 01 12 02 03 13 23
  std::vector<int> region;                   // per element
  std::vector<Vector3d> bend; // per edge: its given node from its middle; empty: none is given
  std::vector<std::uint8_t> curved; // per element: some edge's node is off its chord's middle

  std::vector<std::array<int, 6>>
      faces; // 3 corners, edges 01 12 20; as the outer side numbers them
  std::vector<int> face_surface, face_patch, face_region;
  struct SheetFace {
    std::array<int, 6> outside, inside; // matching nodes
    double resistance;                  // ohm m^2
  };
  std::vector<SheetFace> sheet_faces;

  int straightened = 0; // elements whose edges had to be blended back towards the chord
};

// Where an edge's node is before it is curved: the same bits wherever it is asked for.
inline Vector3d middle(const Vector3d& a, const Vector3d& b) {
  return a + 0.5 * (b - a);
}

// On several ranks each sorts and curves its share of the edges and tells the others; all get the
// same.
Space build_space(const VolumeScene& scene, const TetMesh& mesh,
                  const Ranks& ranks = Ranks::alone());
// The same before its edges are curved (EdgeCurving).
Space build_straight_space(const VolumeScene& scene, const TetMesh& mesh,
                           const Ranks& ranks = Ranks::alone());
// Throws WorldError for an element, of those listed, without positive volume.
void check_orientation(const Space& space, std::span<const int> elements);

} // namespace foramen::field
