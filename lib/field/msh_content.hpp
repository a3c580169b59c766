// What a Gmsh file holds, as far as a volume conductor needs it.
//
// Coordinates in the file's own unit, numbers of nodes and elements as the file has them, so that
// messages can name them. Quadratic elements have their edges in the order of this library (01 12
// 02 03 13 23, triangles 01 12 20), straight ones -1 there. Nodes and elements in ascending order
// of their numbers in the file, which does not depend on its version.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

struct MshContent {
  struct Group { // a physical group
    int dimension = 3;
    int number = 0;
    std::string name; // empty: it has none
  };
  template <std::size_t N> struct Cells {
    std::vector<std::array<int, N>> nodes; // indices into `nodes`
    std::vector<std::int64_t> number;      // of the element in the file
    std::vector<int> set;                  // index into `sets`
  };
  struct Foreign { // elements of another kind
    std::string type;
    int dimension = 3;
    std::int64_t count = 0, first = 0; // how many, and the number of one
  };

  std::vector<Vector3d> nodes;
  std::vector<std::int64_t> node_number;
  std::vector<Group> groups;          // of surfaces and volumes
  std::vector<std::vector<int>> sets; // indices into `groups`: the groups of one piece of geometry
  Cells<10> tets;
  Cells<6> triangles;
  std::vector<Foreign> foreign; // of surfaces and volumes
};

} // namespace foramen::field
