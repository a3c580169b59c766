// A small Gmsh file of version 2.2, and how tests spoil it.
#pragma once

#include <catch2/catch.hpp>

#include <string>

namespace foramen::tests {

// Two tetrahedra and the triangle between them, of one elementary number as other programs write
// it.
inline const std::string two_tets = R"($MeshFormat
2.2 0 8
$EndMeshFormat
$PhysicalNames
2
2 4 "E1"
3 7 "fat"
$EndPhysicalNames
$Nodes
5
1 0 0 0
2 1 0 0
3 0 1 0
4 0 0 1
15 1 1 1.25e-3
$EndNodes
$Elements
3
21 4 2 7 0 1 2 3 4
22 4 2 9 0 2 3 4 15
30 2 2 4 0 2 3 4
$EndElements
)";

inline std::string replaced(std::string text, const std::string& old, const std::string& with) {
  const auto at = text.find(old);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old.size(), with);
}

} // namespace foramen::tests
