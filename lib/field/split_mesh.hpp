// The mesh cut open along resistive sheets: each side of a sheet has vertices of its own.
//
// A vertex on the sheet `s` is copied for the tetrahedra of region s, just inside it; everything
// outside keeps the original. Values then may jump across the sheet, and matching pairs of faces
// couple them. Faces are numbered as the tetrahedron beside them does: the outer one where there
// are two. The original vertices come first, in the mesher's order. Errors: WorldError for a vertex
// index out of range, a region without surface, a face that is none of a tetrahedron, a sheet
// without tissue on both sides.
#pragma once

#include "field/tet_mesh.hpp"
#include "field/volume_scene.hpp"

#include <utility>

namespace foramen::field {

struct SplitMesh {
  std::vector<Vector3d> vertices; // originals, then copies
  std::vector<int> original;      // per vertex: the one that it is a copy of, or itself
  std::vector<std::array<int, 4>> tets;
  std::vector<std::array<int, 3>> faces; // as in the mesh
  std::vector<int> face_region;          // of the tetrahedron whose numbering they have
  struct SheetFace {
    int face;                  // an index into `faces`
    std::array<int, 3> inside; // the same three vertices as the inner side numbers them
  };
  std::vector<SheetFace> sheet_faces;
};

SplitMesh split_along_sheets(const VolumeScene& scene, const TetMesh& mesh);

} // namespace foramen::field
