// A user's mesh in the study's anatomy: conductivities, sheets, contacts.
//
// Conductivity (S/m) of a region by its tissue. An anisotropic one needs a direction: that of
// `directions` if it is there, else the nerve's tangent for its endoneurium and epineurium, else
// that of the anatomy's nearest part of this tissue, or the homogeneous medium's. The region
// "anatomy" asks the anatomy's scene at every point.
//
// The inside of a sheet is the fascicle of the study's nerve that most of its tetrahedra lie in,
// and the sheet has that fascicle's resistance, unless `sheet_resistance` gives one for all. With
// an open boundary, `ground` is the boundary and the centre of the contacts that of the far field.
//
// Errors: ConfigError for an anisotropic tissue without direction, a sheet around no fascicle of
// the study (without a given resistance) or around one that another sheet surrounds, and a fascicle
// of the study that no sheet surrounds although there are sheets.
#pragma once

#include "anatomy/lumbar.hpp"
#include "field/user_mesh.hpp"
#include "field/volume_scene.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace foramen::field {

struct UserSceneOptions {
  OuterBoundary outer = OuterBoundary::grounded;
  std::optional<double> sheet_resistance{};     // ohm m^2, of all sheets
  std::map<std::string, Vector3d> directions{}; // unit, per tissue
};

struct UserScene {
  VolumeScene scene;
  std::vector<int> fascicle_region; // per fascicle of the nerve; empty: the mesh has no sheets
};

UserScene make_user_scene(const MeshSource& source, const UserMesh& mesh,
                          const anatomy::Anatomy& anatomy, const UserSceneOptions& options = {});

} // namespace foramen::field
