// A user's own mesh as what the solver takes: regions of tissue, contacts, sheets, ground.
//
// From what a Gmsh file holds and what its groups stand for (mesh_groups.hpp):
//   * every physical volume that is a tissue is a region; tetrahedra of an insulator or of a
//     contact's metal are left out, so that the insulator is a hole and the metal a contact;
//   * boundary faces in no group, and "insulated" ones, let no current through; a contact with
//     tissue on both sides is a foil in the tissue;
//   * "perineurium" surfaces are sheets: they must part the tissue into an outside and an inside
//     (the piece of smaller volume) of one tissue, and every such inside becomes a region of its
//     own; a face of the group at the mesh's boundary is an insulated one;
//   * nodes that no tetrahedron of tissue uses are dropped, tetrahedra numbered against Gmsh's
//     sense are turned round;
//   * quadratic elements keep their edge nodes (TetMesh::bent_edges); straight ones stay straight.
//
// Errors: ConfigError with the file's path, the element's number, its group and coordinates (in the
// file's unit), for a tetrahedron without a group or in two, a flat or inverted one (quadratic: det
// J not positive at a corner, an edge's middle or a point of integration), two that overlap, three
// at a face, edges with two different nodes, triangles of a group that no tetrahedron has, tissue
// whose two sides do not share their nodes (coincident nodes, hanging nodes, overlaps), a sheet
// that is open or has two tissues inside, ground or insulation within tissue, a contact without a
// face, and tissue that has no path to the ground. Independent of the number of threads. Cost: for
// 470 000 ten-node tetrahedra 0.5 s of CPU, 0.3 s on two cores.
#pragma once

#include "field/mesh_groups.hpp"
#include "field/tet_mesh.hpp"

#include <string>
#include <vector>

namespace foramen::field {

struct MeshSource {
  std::string path;
  double unit = 1e-3; // metres in a unit of the file
  std::string unit_name = "mm";
};

struct UserMesh {
  // Regions as below. Surfaces: that of region r has the number r (0 also stands for the ground,
  // others for the sheet around region r), and `regions.size()` is the rest of the boundary, patch
  // 0 insulated, patch i + 1 contact i.
  TetMesh mesh;
  struct Region {
    std::string group, tissue; // as the file names it; what it stands for
    bool in_sheet = false;     // inside a resistive sheet
    std::size_t n_tets = 0;
    double volume = 0.0; // of straight tetrahedra, m^3
  };
  struct Contact {
    std::string name;
    std::size_t n_faces = 0, n_foil = 0; // all; with tissue on both sides
    int n_pieces = 0;
    double area = 0.0; // of straight triangles, m^2
    Vector3d centre = Vector3d::Zero();
  };
  std::vector<Region> regions;
  std::vector<Contact> contacts;
  std::size_t n_ground = 0, n_insulated = 0, n_unnamed = 0, n_sheet = 0; // faces
  std::size_t n_left_out = 0; // tetrahedra of insulators and metal
  std::size_t n_unused = 0;   // nodes
  bool quadratic = false;     // some elements of the file are
};

UserMesh make_user_mesh(const MeshSource& source, const MshContent& content,
                        const MeshNaming& naming);

// Ten-node elements of a mesh, for PointLocation.
struct QuadraticElements {
  std::vector<Vector3d> nodes;
  std::vector<std::array<int, 10>> elements;
};
QuadraticElements quadratic_elements(const TetMesh& mesh);

} // namespace foramen::field
