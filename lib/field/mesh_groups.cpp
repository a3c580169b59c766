#include "field/mesh_groups.hpp"

#include "config/table.hpp"
#include "core/error.hpp"

#include <algorithm>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using Kind = GroupRole::Kind;

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string kind_of(const MshContent::Group& group) {
  return group.dimension == 3 ? "volume" : "surface";
}

std::string names_of(const MshContent& content, int dimension) {
  std::vector<std::string> names;
  for (const MshContent::Group& group : content.groups)
    if (group.dimension == dimension)
      names.push_back('"' + group_name(group) + '"');
  return names.empty() ? "none" : listed(names);
}

void check_elements(const std::string& path, const MshContent& content) {
  if (!content.foreign.empty()) {
    const MshContent::Foreign& f = content.foreign.back(); // volumes come last
    throw ConfigError(concat(path, ", element ", f.first),
                      concat("it is of kind \"", f.type, "\", as are ", f.count,
                             " elements; volumes must be of tetrahedra of 4 or 10 nodes, surfaces "
                             "of triangles of 3 or 6"),
                      "mesh without recombination, extruded layers or subdivision, with "
                      "Mesh.ElementOrder 1 or 2 and Mesh.SecondOrderIncomplete 0");
  }
  if (content.tets.nodes.empty())
    throw ConfigError(path, "it has no tetrahedra",
                      "mesh in three dimensions (gmsh -3) and give every volume a physical group: "
                      "Gmsh saves only what is in one");
}

// A role, or Kind::unused with `known` false.
GroupRole role_of(const std::string& meaning, const MeshNaming& naming, int dimension,
                  bool& known) {
  const auto in = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), meaning);
  };
  known = true;
  if (const auto it = in(naming.contacts); it != naming.contacts.end())
    return {Kind::contact, static_cast<int>(it - naming.contacts.begin()), {}};
  if (meaning == "unused")
    return {};
  if (dimension == 3) {
    if (meaning == "insulator")
      return {Kind::insulator, -1, {}};
    if (meaning == anatomy_group || in(naming.tissues) != naming.tissues.end())
      return {Kind::tissue, -1, meaning};
  } else {
    if (meaning == "ground")
      return {Kind::ground, -1, {}};
    if (meaning == "insulated")
      return {Kind::insulated, -1, {}};
    if (meaning == "perineurium")
      return {Kind::perineurium, -1, {}};
  }
  known = false;
  return {};
}

GroupRole role_of(const std::string& path, const MshContent::Group& group,
                  const MeshNaming& naming) {
  const std::string name = group_name(group);
  const auto given = naming.given.find(name);
  const std::string& meaning = given == naming.given.end() ? name : given->second;
  bool known = false;
  GroupRole role = role_of(meaning, naming, group.dimension, known);
  if (known)
    return role;
  const std::vector<std::string> meanings = known_meanings(naming, group.dimension);
  const auto near = config::nearest_name(meaning, meanings);
  const std::string what = given == naming.given.end()
                               ? std::string(" is named like nothing that it could be")
                               : concat(" cannot be \"", meaning, "\"");
  throw ConfigError(
      path, concat("the physical ", kind_of(group), " \"", name, "\"", what),
      concat(near ? concat("did you mean \"", *near, "\"? otherwise ") : std::string(),
             "say what it is in [field.groups], \"", name, "\" = \"...\"; a ", kind_of(group),
             " may be ", listed(meanings)));
}

} // namespace

std::string group_name(const MshContent::Group& group) {
  return group.name.empty() ? std::to_string(group.number) : group.name;
}

std::vector<std::string> known_meanings(const MeshNaming& naming, int dimension) {
  std::vector<std::string> known = naming.contacts;
  if (dimension == 3) {
    known.insert(known.end(), naming.tissues.begin(), naming.tissues.end());
    known.insert(known.end(), {anatomy_group, "insulator"});
  } else {
    known.insert(known.end(), {"ground", "insulated", "perineurium"});
  }
  known.emplace_back("unused");
  return known;
}

std::vector<GroupRole> group_roles(const std::string& path, const MshContent& content,
                                   const MeshNaming& naming) {
  check_elements(path, content);
  for (const auto& [name, meaning] : naming.given)
    if (std::none_of(content.groups.begin(), content.groups.end(),
                     [&, &wanted = name](const auto& g) { return group_name(g) == wanted; }))
      throw ConfigError(path, concat("it has no physical group \"", name, "\""),
                        concat("correct [field.groups]; volumes of the file: ",
                               names_of(content, 3), "; surfaces: ", names_of(content, 2)));
  std::vector<GroupRole> roles;
  for (const MshContent::Group& group : content.groups)
    roles.push_back(role_of(path, group, naming));
  const auto present = [&](Kind kind, int contact) {
    return std::any_of(roles.begin(), roles.end(), [&](const GroupRole& role) {
      return role.kind == kind && role.contact == contact;
    });
  };
  for (std::size_t i = 0; i < naming.contacts.size(); ++i)
    if (!present(Kind::contact, static_cast<int>(i)))
      throw ConfigError(
          path,
          concat("no physical group is contact \"", naming.contacts[i], "\" of the study's lead"),
          concat("name a physical surface \"", naming.contacts[i],
                 "\", or say in [field.groups] which it is; surfaces of the file: ",
                 names_of(content, 2)));
  if (!present(Kind::ground, -1))
    throw ConfigError(path, "no physical group is \"ground\", the outer boundary",
                      concat("name a physical surface \"ground\", or say in [field.groups] which "
                             "it is; surfaces of the file: ",
                             names_of(content, 2)));
  return roles;
}

} // namespace foramen::field
