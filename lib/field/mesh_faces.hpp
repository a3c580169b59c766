// The faces of a tetrahedral mesh, and the one or two tetrahedra beside each.
//
// Expects tetrahedra of positive volume. Each face's first tetrahedron is the one of lower index,
// and `nodes` are oriented outwards of it. Faces that are no face of a conforming mesh are not an
// error here but listed as faults: shared by three tetrahedra, by two that lie on the same side of
// it, or by two of the same corners. Independent of the number of threads. Cost: 0.1 s of CPU for
// 200 000 tetrahedra.
#pragma once

#include <array>
#include <vector>

namespace foramen::field {

struct MeshFaces {
  struct Face {
    std::array<int, 3> nodes;
    std::array<int, 2> tet; // the second is -1 on the boundary
  };
  struct Fault {
    enum class Kind { duplicate, same_side, shared_by_three } kind;
    std::array<int, 3> nodes;
    std::array<int, 3> tet; // the third is -1 unless shared by three
  };
  std::vector<Face> faces; // ascending in their sorted nodes
  std::vector<Fault> faults;

  explicit MeshFaces(const std::vector<std::array<int, 4>>& tets);
  int find(std::array<int, 3> nodes) const; // in any order; -1: no such face

private:
  std::vector<int> begin_; // per node: the first face of which it is the lowest node
};

// The vertices of these faces, each once, ascending.
std::vector<int> vertices_of(const MeshFaces& faces, const std::vector<int>& which);

} // namespace foramen::field
