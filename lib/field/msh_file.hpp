// Reads a Gmsh mesh, versions 2 to 2.2, 4.0 and 4.1, ASCII or binary.
//
// Gmsh itself reads it, in the child process of mesher.hpp with a time limit, so that a file which
// makes Gmsh crash or loop gives a message. Errors: ConfigError with the file's path when it cannot
// be read, is no such file, is of another version, ends early, makes Gmsh fail (with its last
// words), or has a coordinate that is not a number; WorldError when the mesher cannot be started,
// is killed or runs out of time. Cost: 0.6 s for 370 000 tetrahedra in ASCII.
#pragma once

#include "core/progress.hpp"
#include "field/mesher.hpp"
#include "field/msh_content.hpp"

#include <string>

namespace foramen::field {

MshContent read_msh_file(const std::string& path, const MesherOptions& options = {},
                         core::Progress& progress = core::silent());

} // namespace foramen::field
