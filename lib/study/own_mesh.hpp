// A study on the user's own Gmsh mesh: its keys, its reading, what is told about it.
//
//   [field]
//   mesh = "nerve.msh"            relative to the study's file
//   mesh_unit = "mm"
//   perineurium_resistance = "0.05 ohm*m^2"    in place of the nerve's rule
//   [field.groups]                "Volume 7" = "fat": what a group stands for, if not its name
//   [field.directions]            muscle = [0, 0, 1]: along which an anisotropic tissue conducts
//
// What groups may stand for is in field/mesh_groups.hpp, where conductivities and sheets come from
// in field/user_scene.hpp. The anatomy still says where the nerve runs and its fascicles lie, the
// lead what the contacts are called; both in the coordinates of the mesh.
#pragma once

#include "config/table.hpp"
#include "core/hash.hpp"
#include "core/progress.hpp"
#include "field/user_scene.hpp"
#include "lead/placement.hpp"

#include <map>
#include <string>
#include <vector>

namespace foramen::study {

struct Study;

struct OwnMesh {
  field::MeshSource source;
  field::MeshNaming naming;
  std::map<std::string, Eigen::Vector3d> directions; // unit, per tissue
  SheetResistance perineurium_resistance;            // of all sheets; 0: by the nerve's rule
};

// Of a [field] table with `mesh`. Throws ConfigError with file, line and caret for an absent mesh
// file, and a meaning or tissue that does not exist.
OwnMesh read_own_mesh(config::Table& field, const std::string& study_file,
                      const anatomy::Scene& scene, const std::vector<std::string>& contacts);

struct LoadedMesh {
  field::UserMesh mesh;
  field::UserScene scene;
  Digest file;                 // of the mesh file's bytes
  std::vector<double> strayed; // per population: share of its fibres outside of their fascicle
};

// Reads, checks and interprets the mesh, and checks that no fibre of the study leaves it. Errors:
// those of field/msh_file.hpp, user_mesh.hpp and user_scene.hpp; ConfigError for a fibre that
// leaves the mesh.
LoadedMesh load_own_mesh(const Study& study, Progress& progress = silent());

// Lines of "# ...", the last without its end: each group, what it stands for, and how much of it
// there is.
std::string describe_mesh(const Study& study, const LoadedMesh& loaded);

// What a mesh may have and its user should know: contacts elsewhere or larger than the study's
// lead says, in several pieces, within tissue; fibres outside of the mesh's fascicles.
std::vector<std::string> mesh_warnings(const Study& study, const LoadedMesh& loaded);

} // namespace foramen::study
