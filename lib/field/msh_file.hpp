// Reads a Gmsh mesh, versions 2 to 2.2, 4.0 and 4.1, ASCII or binary.
//
// msh_reader.hpp reads it; what that leaves alone, Gmsh itself reads, in the child process of
// mesher.hpp with a time limit, so that a file which makes Gmsh crash or loop gives a message; why
// it does is noted for the log. Errors: ConfigError with the file's path when it cannot be read, is
// no such file, is of another version, ends early, makes Gmsh fail (with its last words), or has a
// coordinate that is not a number; WorldError when the mesher cannot be started, is killed or runs
// out of time. Cost: as there; by Gmsh 2 s for 470 000 ten-node tetrahedra.
#pragma once

#include "core/progress.hpp"
#include "field/mesher.hpp"
#include "field/msh_content.hpp"

#include <string>

namespace foramen::field {

MshContent read_msh_file(const std::string& path, const MesherOptions& options = {},
                         core::Progress& progress = core::silent());

// By Gmsh in any case.
MshContent read_msh_by_gmsh(const std::string& path, const MesherOptions& options = {},
                            core::Progress& progress = core::silent());

} // namespace foramen::field
