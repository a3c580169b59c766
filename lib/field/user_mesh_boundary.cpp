// Which face of a user's mesh is a contact, ground, sheet or plain boundary, and whether the mesh
// is watertight.

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/point_location.hpp"
#include "field/reference_element.hpp"
#include "field/user_mesh_draft.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using Kind = GroupRole::Kind;

constexpr int no_group = -1;
constexpr double coincident = 1e-8; // of the mesh's extent: 2 nm in 200 mm
constexpr double beyond = 1e-3;     // of a face's size: where tissue behind it is looked for

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

// The vertices of these faces, each once.
std::vector<int> vertices_of(const MeshFaces& faces, const std::vector<int>& which) {
  std::vector<int> vertices;
  for (const int f : which)
    for (const int v : faces.faces[static_cast<std::size_t>(f)].nodes)
      vertices.push_back(v);
  std::sort(vertices.begin(), vertices.end());
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  return vertices;
}

double extent(const Draft& draft, const std::vector<int>& nodes) {
  Vector3d low = Vector3d::Constant(std::numeric_limits<double>::infinity()), high = -low;
  for (const int v : nodes) {
    low = low.cwiseMin(draft.x[static_cast<std::size_t>(v)]);
    high = high.cwiseMax(draft.x[static_cast<std::size_t>(v)]);
  }
  return nodes.empty() ? 0.0 : (high - low).norm();
}

// Two boundary nodes at one place; those of faces that insulate by name may be at a crack's rim.
void check_coincidence(const Draft& draft, const MeshFaces& faces, const std::vector<int>& open,
                       const std::vector<int>& insulated) {
  const std::vector<int> all = vertices_of(faces, open), meant = vertices_of(faces, insulated);
  std::vector<int> nodes;
  std::set_difference(all.begin(), all.end(), meant.begin(), meant.end(),
                      std::back_inserter(nodes));
  const auto x = [&](int v) -> const Vector3d& { return draft.x[static_cast<std::size_t>(v)]; };
  std::sort(nodes.begin(), nodes.end(), [&](int a, int b) { return x(a).x() < x(b).x(); });
  const double reach = coincident * extent(draft, nodes);
  std::size_t pairs = 0;
  std::array<int, 2> first = {-1, -1};
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (std::size_t j = i + 1; j < nodes.size() && x(nodes[j]).x() - x(nodes[i]).x() <= reach; ++j)
      if ((x(nodes[j]) - x(nodes[i])).norm() <= reach && pairs++ == 0)
        first = {nodes[i], nodes[j]};
  if (pairs > 0)
    throw ConfigError(
        concat(draft.source.path, ", nodes ", draft.node(first[0]), " and ", draft.node(first[1]),
               " at ", draft.at(x(first[0]))),
        concat("the mesh is not watertight: they lie at one place, as do ", pairs,
               " pairs of boundary nodes, so that the tissues beside them are not connected"),
        "share the nodes: BooleanFragments (or Coherence) before meshing, or Coherence Mesh "
        "after it; where no current shall pass, put the faces in a group \"insulated\"");
}

// Where a face of an element is met half way between its corners, and where its outside begins.
Vector3d just_beyond(const Draft& draft, const Kept& kept, const MeshFaces::Face& face,
                     int element) {
  const auto x = [&](std::size_t k) -> const Vector3d& {
    return draft.x[static_cast<std::size_t>(face.nodes[k])];
  };
  const auto& nodes = kept.elements.elements[static_cast<std::size_t>(element)];
  std::array<double, 4> corner{}; // barycentric coordinates
  for (std::size_t a = 0; a < 4; ++a)
    for (const int v : face.nodes)
      if (kept.vertex[static_cast<std::size_t>(v)] == nodes[a])
        corner[a] = 1.0 / 3.0;
  const auto shape = quadratic_values(Vector3d(corner[1], corner[2], corner[3]));
  Vector3d p = Vector3d::Zero();
  for (std::size_t a = 0; a < 10; ++a)
    p += shape[a] * kept.elements.nodes[static_cast<std::size_t>(nodes[a])];
  const Vector3d area = 0.5 * (x(1) - x(0)).cross(x(2) - x(0));
  return p + beyond * std::sqrt(area.norm()) * area.normalized();
}

} // namespace

Boundary find_boundary(const Draft& draft, const MeshFaces& faces) {
  const std::vector<int> group = groups_of_faces(draft, faces);
  const std::size_t n = faces.faces.size();
  Boundary boundary{std::vector<FaceKind>(n, FaceKind::inside), std::vector<int>(n, -1)};
  for (std::size_t f = 0; f < n; ++f) {
    const auto [first, second] = faces.faces[f].tet;
    const int other = draft.is_tissue(first) ? second : first; // -1: none
    const int sides =
        (draft.is_tissue(first) ? 1 : 0) + (second >= 0 && draft.is_tissue(second) ? 1 : 0);
    if (sides == 0)
      continue;
    const GroupRole role =
        group[f] == no_group ? GroupRole{} : draft.roles[static_cast<std::size_t>(group[f])];
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

void check_watertight(const Draft& draft, const MeshFaces& faces, const Boundary& boundary,
                      const Kept& kept) {
  std::vector<int> open, insulated; // open: nothing of the mesh is known to lie beyond
  for (std::size_t f = 0; f < faces.faces.size(); ++f)
    if (boundary.kind[f] == FaceKind::insulated)
      insulated.push_back(static_cast<int>(f));
    else if (faces.faces[f].tet[1] < 0 && boundary.kind[f] != FaceKind::inside)
      open.push_back(static_cast<int>(f));
  check_coincidence(draft, faces, open, insulated);

  const PointLocation location(kept.elements.nodes, kept.elements.elements);
  std::vector<int> found(open.size(), -1);
  core::parallel_for(open.size(), 256, [&](std::size_t i) {
    const MeshFaces::Face& face = faces.faces[static_cast<std::size_t>(open[i])];
    const int own = kept.element[static_cast<std::size_t>(face.tet[0])];
    const auto place = location.find(just_beyond(draft, kept, face, own));
    if (!place || place->element == own)
      return;
    const Vector3d& r = place->reference;
    if (std::min(r.minCoeff(), 1.0 - r.sum()) > 1e-6) // truly inside
      found[i] = kept.tet[static_cast<std::size_t>(place->element)];
  });
  const auto first = std::find_if(found.begin(), found.end(), [](int t) { return t >= 0; });
  if (first == found.end())
    return;
  const auto count = std::count_if(found.begin(), found.end(), [](int t) { return t >= 0; });
  const MeshFaces::Face& face =
      faces.faces[static_cast<std::size_t>(open[static_cast<std::size_t>(first - found.begin())])];
  throw ConfigError(
      draft.place_of_tet(face.tet[0]),
      concat("the mesh is not watertight: just beyond its face at ",
             draft.at(draft.centre(face.nodes)), " lies tetrahedron ", draft.number(*first), " of ",
             draft.group_of_tet(*first), ", which does not share the face's nodes; so it is at ",
             count, " of ", open.size(), " boundary faces"),
      "mesh touching volumes together: BooleanFragments (or Coherence) before meshing; where no "
      "current shall pass, put the faces in a group \"insulated\"");
}

} // namespace foramen::field
