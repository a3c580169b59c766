// The mesh of a field as files for both sides of the comparison.
#pragma once

#include "field/space.hpp"

#include <functional>
#include <string>
#include <vector>

namespace foramen::benchmarks {

// Of a face by its surface and patch: index into `surfaces`, or -1 for a face in no group.
using GroupOfFace = std::function<int(int surface, int patch)>;

struct Groups {
  std::vector<std::string> volumes; // physical group of each region
  std::vector<std::string> surfaces;
  GroupOfFace of_face;
};

// A Gmsh file (2.2, binary, millimetres) of ten-node tetrahedra and, for faces in a group, six-node
// triangles.
void write_gmsh(const std::string& path, const field::Space& space, const Groups& groups);

// The same as plain numbers, metres: three int64 (nodes, elements, faces in a group), then
// double[nodes][3], int32[elements][10] (edges 01 12 02 03 13 23), int32[elements] (region from 0),
// int32[faces][6] (edges 01 12 20), int32[faces] (group from 0).
void write_numbers(const std::string& path, const field::Space& space, const GroupOfFace& of_face);

} // namespace foramen::benchmarks
