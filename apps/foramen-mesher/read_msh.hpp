// Reads a user's .msh file by Gmsh.
//
// All of nodes, tetrahedra, triangles of surfaces, physical groups. In files of version 2 an
// element carries its group itself; they are read with elementary and physical numbers swapped, for
// Gmsh otherwise gives all elements of one elementary number the groups of any of them (files of
// other programs often have one elementary number throughout). Throws what Gmsh throws.
#pragma once

#include "field/msh_content.hpp"

#include <string>

namespace foramen::mesher {

field::MshContent read_msh(const std::string& path);

} // namespace foramen::mesher
