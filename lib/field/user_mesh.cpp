#include "field/user_mesh.hpp"

#include "core/error.hpp"
#include "field/mesh_order.hpp"
#include "field/user_mesh_draft.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <numeric>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

void add_faces(const MeshFaces& faces, const Boundary& boundary, const Regions& regions,
               const Kept& kept, UserMesh& mesh) {
  const int rest = static_cast<int>(regions.regions.size());
  for (std::size_t f = 0; f < faces.faces.size(); ++f) {
    int surface = rest, patch = 0;
    switch (boundary.kind[f]) {
    case FaceKind::inside:
      continue;
    case FaceKind::ground:
      surface = 0;
      ++mesh.n_ground;
      break;
    case FaceKind::insulated:
      ++mesh.n_insulated;
      break;
    case FaceKind::unnamed:
      ++mesh.n_unnamed;
      break;
    case FaceKind::contact:
      patch = 1 + boundary.contact[f];
      break;
    case FaceKind::sheet:
      surface = regions.of_tet[static_cast<std::size_t>(regions.inner_tet[f])];
      ++mesh.n_sheet;
      break;
    }
    std::array<int, 3> nodes{};
    for (std::size_t k = 0; k < 3; ++k)
      nodes[k] = kept.vertex[static_cast<std::size_t>(faces.faces[f].nodes[k])];
    mesh.mesh.faces.push_back(nodes);
    mesh.mesh.face_surface.push_back(surface);
    mesh.mesh.face_patch.push_back(patch);
  }
}

// Parts of a contact whose faces share no vertex.
int count_pieces(const MeshFaces& faces, const std::vector<int>& which) {
  const std::vector<int> vertices = vertices_of(faces, which);
  std::vector<int> parent(vertices.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int v) {
    auto i =
        static_cast<int>(std::lower_bound(vertices.begin(), vertices.end(), v) - vertices.begin());
    while (parent[static_cast<std::size_t>(i)] != i)
      i = parent[static_cast<std::size_t>(i)];
    return i;
  };
  auto pieces = static_cast<int>(vertices.size());
  for (const int f : which)
    for (std::size_t k = 1; k < 3; ++k) {
      const auto& nodes = faces.faces[static_cast<std::size_t>(f)].nodes;
      const int a = root(nodes[0]), b = root(nodes[k]);
      if (a != b)
        --pieces;
      parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    }
  return pieces;
}

// The faces of each contact.
std::vector<std::vector<int>> contact_faces(const Boundary& boundary, std::size_t n_contacts) {
  std::vector<std::vector<int>> which(n_contacts);
  for (std::size_t f = 0; f < boundary.kind.size(); ++f)
    if (boundary.kind[f] == FaceKind::contact)
      which[static_cast<std::size_t>(boundary.contact[f])].push_back(static_cast<int>(f));
  return which;
}

UserMesh::Contact describe_contact(const Draft& draft, const MeshFaces& faces,
                                   const std::string& name, const std::vector<int>& which) {
  UserMesh::Contact contact{.name = name};
  for (const int f : which) {
    const MeshFaces::Face& face = faces.faces[static_cast<std::size_t>(f)];
    const auto x = [&](std::size_t k) -> const Vector3d& {
      return draft.x[static_cast<std::size_t>(face.nodes[k])];
    };
    const double area = 0.5 * (x(1) - x(0)).cross(x(2) - x(0)).norm();
    contact.area += area;
    contact.centre += area * draft.centre(face.nodes);
    contact.n_foil +=
        face.tet[1] >= 0 && draft.is_tissue(face.tet[0]) && draft.is_tissue(face.tet[1]) ? 1 : 0;
  }
  if (which.empty())
    throw ConfigError(concat(draft.source.path, ", contact \"", name, "\""),
                      "none of its faces is at tissue",
                      "the contact must be part of the boundary of a tissue: check its physical "
                      "surface, and which volumes are \"insulator\"");
  contact.n_faces = which.size();
  contact.centre /= contact.area;
  contact.n_pieces = count_pieces(faces, which);
  return contact;
}

} // namespace

UserMesh make_user_mesh(const MeshSource& source, const MshContent& content,
                        const MeshNaming& naming) {
  Draft draft = make_draft(source, content, naming);
  const std::vector<std::uint8_t> odd = turn_to_positive(draft);
  const MeshFaces faces(corners_of(draft.tets));
  check_faces(draft, faces, odd);
  Kept kept = keep_tissue(draft);
  const Boundary boundary = find_boundary(draft, faces);
  check_watertight(draft, faces, boundary, kept);
  Regions regions = find_regions(draft, faces, boundary);

  UserMesh result;
  result.mesh = std::move(kept.mesh);
  result.mesh.region.reserve(kept.tet.size());
  for (const int t : kept.tet)
    result.mesh.region.push_back(regions.of_tet[static_cast<std::size_t>(t)]);
  add_faces(faces, boundary, regions, kept, result);
  sort_mesh(result.mesh);
  const auto which = contact_faces(boundary, naming.contacts.size());
  for (std::size_t i = 0; i < naming.contacts.size(); ++i)
    result.contacts.push_back(describe_contact(draft, faces, naming.contacts[i], which[i]));
  result.regions = std::move(regions.regions);
  result.n_left_out = draft.tets.size() - kept.tet.size();
  std::vector<std::uint8_t> used(draft.x.size(), 0);
  for (const auto& tet : draft.tets) {
    for (const int v : tet)
      if (v >= 0)
        used[static_cast<std::size_t>(v)] = 1;
    result.quadratic = result.quadratic || tet[4] >= 0;
  }
  result.n_unused = static_cast<std::size_t>(std::count(used.begin(), used.end(), 0));
  return result;
}

} // namespace foramen::field
