// What the program and its mesher tell each other: two binary files with checksums.
//
// A file is a magic word, the values in the machine's byte order, and a 128-bit XXH3 digest of all
// that precedes it. Errors: WorldError for a file that cannot be read or written, is of another
// version, or does not match its digest.
#pragma once

#include "field/msh_content.hpp"
#include "field/size_octree.hpp"

#include <Eigen/Core>

#include <array>
#include <string>
#include <vector>

namespace foramen::field {

struct MeshRequest {
  struct Shell { // a closed surface; triangles index its own points
    std::vector<Eigen::Vector3d> points;
    std::vector<std::array<int, 3>> triangles;
    int parent = -1;
    bool hole = false;
  };
  std::vector<Shell> shells;
  SizeOctree size;          // empty: sizes grow from the surfaces' triangles
  double size_factor = 1.0; // times `size`
  bool delaunay = false;    // the mesher's older algorithm instead of HXT
  // Tetrahedra of lower quality are improved (radius of the inscribed over that of the
  // circumscribed sphere, times three).
  double improve_below = 0.2;
};

// Vertices: those of the shells, in order, then the new ones.
struct MeshReply {
  std::vector<Eigen::Vector3d> vertices;
  std::vector<std::array<int, 4>> tets;
  std::vector<int> region; // per tetrahedron: the shell whose inside it fills
};

void write_request(const std::string& path, const MeshRequest& request);
MeshRequest read_request(const std::string& path);
void write_reply(const std::string& path, const MeshReply& reply);
MeshReply read_reply(const std::string& path);
// The mesher's other answer: a user's mesh as Gmsh has read it.
void write_content(const std::string& path, const MshContent& content);
MshContent read_content(const std::string& path);

} // namespace foramen::field
