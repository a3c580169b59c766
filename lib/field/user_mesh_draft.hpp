// A user's mesh on its way to a UserMesh: tetrahedra with one group each, of positive volume, and
// words for messages. Private to the files user_mesh*.
#pragma once

#include "field/mesh_faces.hpp"
#include "field/user_mesh.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace foramen::field {

struct Draft {
  const MeshSource& source;
  const MshContent& content;
  std::vector<GroupRole> roles;          // per group of the file
  std::vector<Vector3d> x;               // nodes, metres
  std::vector<std::array<int, 10>> tets; // as in the file, turned to positive volume
  std::vector<int> group;                // per tetrahedron
  std::vector<std::uint8_t> tissue;      // per tetrahedron: it is one

  bool is_tissue(int t) const { return tissue[static_cast<std::size_t>(t)] != 0; }
  const GroupRole& role_of_tet(int t) const;
  std::string group_of_tet(int t) const;   // "\"fat\""
  std::string at(const Vector3d& p) const; // "(1, 2, 3) mm"
  std::string node(int i) const;           // "17"
  std::string number(int t) const;         // of a tetrahedron in the file
  std::string place_of_tet(int t) const;   // "mesh.msh, tetrahedron 17 of "fat" at (1, 2, 3) mm"
  Vector3d centre(const std::array<int, 3>& face) const;
};

// Groups, orientation, shape, faces. Throws as user_mesh.hpp says.
Draft make_draft(const MeshSource& source, const MshContent& content, const MeshNaming& naming);
std::vector<std::array<int, 4>> corners_of(const std::vector<std::array<int, 10>>& tets);
void check_faces(const Draft& draft, const MeshFaces& faces, const std::vector<std::uint8_t>& odd);
// Tetrahedra that were turned round although most were not, or not although most were.
std::vector<std::uint8_t> turn_to_positive(Draft& draft);

// What each face of the mesh is.
enum class FaceKind : std::uint8_t { inside, ground, insulated, unnamed, contact, sheet };
struct Boundary {
  std::vector<FaceKind> kind; // per face; `inside` also where there is no tissue on either side
  std::vector<int> contact;   // per face, -1: none
};
Boundary find_boundary(const Draft& draft, const MeshFaces& faces);

// The tetrahedra of tissue with the nodes that they use, renumbered.
struct Kept {
  TetMesh mesh;             // vertices, tets, bent edges
  std::vector<int> tet;     // of the draft, per element
  std::vector<int> element; // per tetrahedron of the draft; -1: left out
  std::vector<int> vertex;  // per node of the draft; -1: no corner of what is kept
  struct Curve {            // a bent edge of an element
    std::size_t edge;       // of reference_element's tet_edges
    int bent;               // of mesh.bent_edges
  };
  std::vector<Curve> curves;    // element by element
  std::vector<int> curve_begin; // per element, and one more
  bool is_straight(std::size_t element) const {
    return curve_begin[element] == curve_begin[element + 1];
  }
};
// Throws for edges with two different nodes and inverted quadratic elements.
Kept keep_tissue(const Draft& draft);
// The ten nodes of an element.
std::array<Vector3d, 10> nodes_of(const Kept& kept, int element);

// Throws where tissue goes on beyond a face although no node is shared.
void check_watertight(const Draft& draft, const MeshFaces& faces, const Boundary& boundary,
                      const Kept& kept);

struct Regions {
  std::vector<int> of_tet; // -1: left out
  std::vector<UserMesh::Region> regions;
  // Per sheet face, the tetrahedron inside.
  std::vector<int> inner_tet; // per face; -1: no sheet
};
Regions find_regions(const Draft& draft, const MeshFaces& faces, const Boundary& boundary);

} // namespace foramen::field
