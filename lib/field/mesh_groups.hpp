// What the physical groups of a user's mesh stand for.
//
// A volume is a tissue, "anatomy" (whatever tissue the study's anatomy has there), "insulator" (the
// body of a lead: its tetrahedra are left out), or a contact of solid metal (left out, too; its
// surface is the contact). A surface is a contact, "ground" (the outer boundary), "insulated" (a
// boundary without current) or "perineurium" (a resistive sheet). A group stands for what its name
// says, unless the study says otherwise; "unused" passes it over. A group without a name goes by
// its number.
//
// Errors: ConfigError with the file's path for a name that means nothing (with the nearest that
// does), for a meaning given to a group that is not there, a contact or the ground that no group
// is, and elements that are neither tetrahedra nor triangles.
#pragma once

#include "field/msh_content.hpp"

#include <map>
#include <string>
#include <vector>

namespace foramen::field {

struct MeshNaming {
  std::vector<std::string> tissues;         // known ones
  std::vector<std::string> contacts;        // all are wanted
  std::map<std::string, std::string> given; // group of the file -> what it stands for
};

struct GroupRole {
  enum class Kind { unused, tissue, insulator, contact, ground, insulated, perineurium };
  Kind kind = Kind::unused;
  int contact = -1;   // of Kind::contact
  std::string tissue; // of Kind::tissue, or "anatomy"
  bool operator==(const GroupRole&) const = default;
};

inline constexpr const char* anatomy_group = "anatomy";

std::string group_name(const MshContent::Group& group); // its number when it has none

// What a group of this dimension may stand for, for messages.
std::vector<std::string> known_meanings(const MeshNaming& naming, int dimension);

// One role per group of the file.
std::vector<GroupRole> group_roles(const std::string& path, const MshContent& content,
                                   const MeshNaming& naming);

} // namespace foramen::field
