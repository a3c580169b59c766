#include "field/user_mesh_draft.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/mesh_checks.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using Kind = GroupRole::Kind;

// A flatter tetrahedron is as good as inverted: its matrix entries exceed its neighbours' by 1e5.
constexpr double usable_quality = 1e-5;

// The one group of a tetrahedron that stands for something.
int only_group(const Draft& draft, std::size_t t) {
  const MshContent& content = draft.content;
  int found = -1;
  for (const int g : content.sets[static_cast<std::size_t>(content.tets.set[t])]) {
    const GroupRole& role = draft.roles[static_cast<std::size_t>(g)];
    if (role.kind == Kind::unused || content.groups[static_cast<std::size_t>(g)].dimension != 3)
      continue;
    const auto name = [&](int i) {
      return '"' + group_name(content.groups[static_cast<std::size_t>(i)]) + '"';
    };
    if (found >= 0 && !(draft.roles[static_cast<std::size_t>(found)] == role))
      throw ConfigError(draft.place_of_tet(static_cast<int>(t)),
                        concat("it is in two physical volumes, ", name(found), " and ", name(g)),
                        "put every volume in one group, or declare one of them \"unused\" in "
                        "[field.groups]");
    found = g;
  }
  return found;
}

void find_groups(Draft& draft) {
  std::size_t without = 0;
  int first = -1;
  constexpr int unknown = -2;
  std::vector<int> of_set(draft.content.sets.size(), unknown);
  for (std::size_t t = 0; t < draft.tets.size(); ++t) {
    int& group = of_set[static_cast<std::size_t>(draft.content.tets.set[t])];
    if (group == unknown)
      group = only_group(draft, t);
    draft.group[t] = group;
    if (draft.group[t] < 0 && without++ == 0)
      first = static_cast<int>(t);
  }
  if (without > 0)
    throw ConfigError(draft.place_of_tet(first),
                      concat("it is in no physical volume that stands for a tissue, like ", without,
                             " of ", draft.tets.size(), " tetrahedra"),
                      "give every volume a physical group: Physical Volume(\"fat\") = {...};");
  for (std::size_t t = 0; t < draft.tets.size(); ++t)
    draft.tissue[t] = draft.role_of_tet(static_cast<int>(t)).kind == Kind::tissue ? 1 : 0;
  if (std::find(draft.tissue.begin(), draft.tissue.end(), 1) == draft.tissue.end())
    throw ConfigError(draft.source.path, "no physical volume is a tissue",
                      "name one after a tissue (`foramen list tissues`), or say in [field.groups] "
                      "which it is");
}

double six_volumes(const Draft& draft, std::size_t t) {
  const auto p = [&](std::size_t k) -> const Vector3d& {
    return draft.x[static_cast<std::size_t>(draft.tets[t][k])];
  };
  return (p(1) - p(0)).cross(p(2) - p(0)).dot(p(3) - p(0));
}

void check_shapes(const Draft& draft) {
  std::vector<double> quality(draft.tets.size());
  core::parallel_for(quality.size(), 2048, [&](std::size_t t) {
    std::array<Vector3d, 4> p;
    for (std::size_t k = 0; k < 4; ++k)
      p[k] = draft.x[static_cast<std::size_t>(draft.tets[t][k])];
    quality[t] = tet_quality(p);
  });
  for (std::size_t t = 0; t < quality.size(); ++t)
    if (!(quality[t] > usable_quality) && draft.is_tissue(static_cast<int>(t)))
      throw ConfigError(draft.place_of_tet(static_cast<int>(t)),
                        concat("it is flat: its quality is ",
                               std::isnan(quality[t]) ? 0.0 : quality[t],
                               " (1 for a regular one, at least ", usable_quality, ")"),
                        "optimise the mesh (Mesh.Optimize, Mesh.OptimizeNetgen), or change the "
                        "sizes a little there");
}

} // namespace

const GroupRole& Draft::role_of_tet(int t) const {
  return roles[static_cast<std::size_t>(group[static_cast<std::size_t>(t)])];
}

std::string Draft::group_of_tet(int t) const {
  const int g = group[static_cast<std::size_t>(t)];
  return g < 0 ? "no group" : '"' + group_name(content.groups[static_cast<std::size_t>(g)]) + '"';
}

std::string Draft::at(const Vector3d& p) const {
  const Vector3d q = p / source.unit;
  return concat("(", q.x(), ", ", q.y(), ", ", q.z(), ") ", source.unit_name);
}

std::string Draft::node(int i) const {
  return std::to_string(content.node_number[static_cast<std::size_t>(i)]);
}

std::string Draft::number(int t) const {
  return std::to_string(content.tets.number[static_cast<std::size_t>(t)]);
}

std::string Draft::place_of_tet(int t) const {
  Vector3d sum = Vector3d::Zero();
  for (std::size_t k = 0; k < 4; ++k)
    sum += x[static_cast<std::size_t>(tets[static_cast<std::size_t>(t)][k])];
  return concat(source.path, ", tetrahedron ", number(t), " of ", group_of_tet(t), " at ",
                at(0.25 * sum));
}

Vector3d Draft::centre(const std::array<int, 3>& face) const {
  Vector3d sum = Vector3d::Zero();
  for (const int v : face)
    sum += x[static_cast<std::size_t>(v)];
  return sum / 3.0;
}

std::vector<std::uint8_t> turn_to_positive(Draft& draft) {
  std::vector<std::uint8_t> turned(draft.tets.size(), 0);
  core::parallel_for(turned.size(), 2048, [&](std::size_t t) {
    if (!(six_volumes(draft, t) < 0.0))
      return;
    auto& e = draft.tets[t];
    std::swap(e[0], e[1]);
    std::swap(e[5], e[6]); // edges 12 and 02
    std::swap(e[7], e[8]); // edges 03 and 13
    turned[t] = 1;
  });
  const auto n = static_cast<std::size_t>(std::count(turned.begin(), turned.end(), 1));
  if (2 * n > turned.size())
    for (std::uint8_t& value : turned)
      value = value == 0 ? 1 : 0;
  return turned;
}

Draft make_draft(const MeshSource& source, const MshContent& content, const MeshNaming& naming) {
  Draft draft{.source = source,
              .content = content,
              .roles = group_roles(source.path, content, naming),
              .x = {},
              .tets = content.tets.nodes,
              .group = std::vector<int>(content.tets.nodes.size(), -1),
              .tissue = std::vector<std::uint8_t>(content.tets.nodes.size(), 0)};
  draft.x.reserve(content.nodes.size());
  for (const Vector3d& p : content.nodes)
    draft.x.push_back(source.unit * p);
  find_groups(draft);
  return draft;
}

std::vector<std::array<int, 4>> corners_of(const std::vector<std::array<int, 10>>& tets) {
  std::vector<std::array<int, 4>> corners(tets.size());
  for (std::size_t t = 0; t < tets.size(); ++t)
    std::copy_n(tets[t].begin(), 4, corners[t].begin());
  return corners;
}

void check_faces(const Draft& draft, const MeshFaces& faces, const std::vector<std::uint8_t>& odd) {
  for (const MeshFaces::Fault& fault : faces.faults) {
    const auto [a, b, c] = fault.tet;
    const auto is_odd = [&](int t) { return odd[static_cast<std::size_t>(t)] != 0; };
    const std::string where = draft.at(draft.centre(fault.nodes));
    if (fault.kind == MeshFaces::Fault::Kind::duplicate)
      throw ConfigError(draft.place_of_tet(a),
                        concat("it is there twice: tetrahedron ", draft.number(b), " of ",
                               draft.group_of_tet(b), " has the same corners"),
                        "put every volume in one physical group and mesh it once");
    if (fault.kind == MeshFaces::Fault::Kind::shared_by_three)
      throw ConfigError(draft.place_of_tet(a),
                        concat("three tetrahedra share its face at ", where, ": also ",
                               draft.number(b), " of ", draft.group_of_tet(b), " and ",
                               draft.number(c), " of ", draft.group_of_tet(c)),
                        "volumes overlap: cut them with BooleanFragments before meshing");
    if (is_odd(a) != is_odd(b))
      throw ConfigError(draft.place_of_tet(is_odd(a) ? a : b),
                        concat("it is inverted: it lies on the same side of its face at ", where,
                               " as tetrahedron ", draft.number(is_odd(a) ? b : a)),
                        "optimise the mesh (Mesh.Optimize, Mesh.OptimizeNetgen), or mesh it again");
    throw ConfigError(draft.place_of_tet(a),
                      concat("it overlaps tetrahedron ", draft.number(b), " of ",
                             draft.group_of_tet(b), ": both lie on the same side of their face at ",
                             where),
                      "volumes overlap: cut them with BooleanFragments before meshing");
  }
  check_shapes(draft);
}

} // namespace foramen::field
