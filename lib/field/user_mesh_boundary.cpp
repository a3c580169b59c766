// Which face of a user's mesh is a contact, ground, sheet or plain boundary.

#include "core/error.hpp"
#include "field/user_mesh_draft.hpp"

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using Kind = GroupRole::Kind;

constexpr int no_group = -1;

// Per face the group of its triangles, if that stands for something.
std::vector<int> groups_of_faces(const Draft& draft, const MeshFaces& faces) {
  std::vector<int> found(faces.faces.size(), no_group);
  const MshContent& content = draft.content;
  for (std::size_t i = 0; i < content.triangles.nodes.size(); ++i)
    for (const int g : content.sets[static_cast<std::size_t>(content.triangles.set[i])]) {
      const GroupRole& role = draft.roles[static_cast<std::size_t>(g)];
      if (role.kind == Kind::unused)
        continue;
      const auto& n = content.triangles.nodes[i];
      const std::array<int, 3> corners = {n[0], n[1], n[2]};
      const auto name = [&](int group) {
        return '"' + group_name(content.groups[static_cast<std::size_t>(group)]) + '"';
      };
      const auto place = [&] {
        return concat(draft.source.path, ", triangle ", content.triangles.number[i], " of ",
                      name(g), " at ", draft.at(draft.centre(corners)));
      };
      const int f = faces.find(corners);
      if (f < 0)
        throw ConfigError(place(), "it is a face of no tetrahedron",
                          "the surface must bound a meshed volume: fragment surfaces and volumes "
                          "(BooleanFragments) before meshing, and save both from one mesh");
      int& group = found[static_cast<std::size_t>(f)];
      if (group != no_group && !(draft.roles[static_cast<std::size_t>(group)] == role))
        throw ConfigError(place(), concat("its face is also in the physical surface ", name(group)),
                          "put every surface in one group, or declare one of them \"unused\" in "
                          "[field.groups]");
      group = g;
    }
  return found;
}

} // namespace

Boundary find_boundary(const Draft& draft, const MeshFaces& faces) {
  const std::vector<int> group = groups_of_faces(draft, faces);
  const GroupRole none;
  const std::size_t n = faces.faces.size();
  Boundary boundary{std::vector<FaceKind>(n, FaceKind::inside), std::vector<int>(n, -1)};
  for (std::size_t f = 0; f < n; ++f) {
    const auto [first, second] = faces.faces[f].tet;
    const int other = draft.is_tissue(first) ? second : first; // -1: none
    const int sides =
        (draft.is_tissue(first) ? 1 : 0) + (second >= 0 && draft.is_tissue(second) ? 1 : 0);
    if (sides == 0 || (sides == 2 && group[f] == no_group))
      continue;
    const GroupRole& role =
        group[f] == no_group ? none : draft.roles[static_cast<std::size_t>(group[f])];
    FaceKind& kind = boundary.kind[f];
    const auto within_tissue = [&](const char* what, const char* remedy) {
      throw ConfigError(concat(draft.source.path, ", ", what, " face at ",
                               draft.at(draft.centre(faces.faces[f].nodes))),
                        concat("it has tissue on both sides: ", draft.group_of_tet(first), " and ",
                               draft.group_of_tet(second)),
                        remedy);
    };
    if (role.kind == Kind::contact) {
      kind = FaceKind::contact;
      boundary.contact[f] = role.contact;
    } else if (sides == 2 && role.kind == Kind::perineurium) {
      kind = FaceKind::sheet;
    } else if (sides == 2) {
      if (role.kind == Kind::ground)
        within_tissue("ground", "ground only the outer boundary");
      if (role.kind == Kind::insulated)
        within_tissue("insulated", "make what insulates a volume of its own, a hole or a group "
                                   "\"insulator\"");
    } else if (other >= 0 && draft.role_of_tet(other).kind == Kind::contact) {
      kind = FaceKind::contact;
      boundary.contact[f] = draft.role_of_tet(other).contact;
    } else if (role.kind == Kind::ground) {
      kind = FaceKind::ground;
    } else {
      kind = role.kind == Kind::unused ? FaceKind::unnamed : FaceKind::insulated;
    }
  }
  return boundary;
}

} // namespace foramen::field
