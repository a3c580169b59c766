// The pieces of tissue of a user's mesh: regions, what a sheet encloses, what is cut off.

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/user_mesh_draft.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

class Unions {
public:
  explicit Unions(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0); }
  int root(int i) {
    auto& p = parent_;
    while (p[static_cast<std::size_t>(i)] != i)
      i = p[static_cast<std::size_t>(i)] =
          p[static_cast<std::size_t>(p[static_cast<std::size_t>(i)])];
    return i;
  }
  void join(int a, int b) { parent_[static_cast<std::size_t>(root(a))] = root(b); }

private:
  std::vector<int> parent_;
};

std::vector<double> volumes_of(const Draft& draft) {
  std::vector<double> volume(draft.tets.size());
  core::parallel_for(volume.size(), 4096, [&](std::size_t t) {
    const auto p = [&](std::size_t k) -> const Vector3d& {
      return draft.x[static_cast<std::size_t>(draft.tets[t][k])];
    };
    volume[t] = (p(1) - p(0)).cross(p(2) - p(0)).dot(p(3) - p(0)) / 6.0;
  });
  return volume;
}

// Tetrahedra connected through faces that are no sheet.
struct Pieces {
  std::vector<int> of_tet; // -1: left out
  std::vector<double> volume;
  std::vector<int> first_tet;
  std::size_t size() const { return volume.size(); }
};

bool both_tissue(const Draft& draft, const MeshFaces::Face& face) {
  return face.tet[1] >= 0 && draft.is_tissue(face.tet[0]) && draft.is_tissue(face.tet[1]);
}

Pieces find_pieces(const Draft& draft, const MeshFaces& faces, const Boundary& boundary,
                   const std::vector<double>& volume) {
  Unions unions(draft.tets.size());
  for (std::size_t f = 0; f < faces.faces.size(); ++f)
    if (boundary.kind[f] != FaceKind::sheet && both_tissue(draft, faces.faces[f]))
      unions.join(faces.faces[f].tet[0], faces.faces[f].tet[1]);
  Pieces pieces;
  pieces.of_tet.assign(draft.tets.size(), -1);
  std::vector<int> number(draft.tets.size(), -1); // of a root
  for (std::size_t t = 0; t < draft.tets.size(); ++t) {
    if (!draft.is_tissue(static_cast<int>(t)))
      continue;
    int& piece = number[static_cast<std::size_t>(unions.root(static_cast<int>(t)))];
    if (piece < 0) {
      piece = static_cast<int>(pieces.size());
      pieces.volume.push_back(0.0);
      pieces.first_tet.push_back(static_cast<int>(t));
    }
    pieces.of_tet[t] = piece;
    pieces.volume[static_cast<std::size_t>(piece)] += volume[t];
  }
  return pieces;
}

// Per face, the tetrahedron inside its sheet; marks the pieces that are inside one.
std::vector<int> find_insides(const Draft& draft, const MeshFaces& faces, const Boundary& boundary,
                              const Pieces& pieces, std::vector<std::uint8_t>& is_inside) {
  std::vector<int> inner(faces.faces.size(), -1);
  for (std::size_t f = 0; f < faces.faces.size(); ++f) {
    if (boundary.kind[f] != FaceKind::sheet)
      continue;
    const auto [s, t] = faces.faces[f].tet;
    const int a = pieces.of_tet[static_cast<std::size_t>(s)];
    const int b = pieces.of_tet[static_cast<std::size_t>(t)];
    if (a == b)
      throw ConfigError(
          concat(draft.source.path, ", perineurium face at ",
                 draft.at(draft.centre(faces.faces[f].nodes))),
          concat("the sheet is open: around its rim the tissue goes on from one side, ",
                 draft.group_of_tet(s), ", to the other, ", draft.group_of_tet(t)),
          "close it: put the fascicle's end faces into the same group, or let the fascicle end at "
          "the mesh's boundary");
    const double va = pieces.volume[static_cast<std::size_t>(a)];
    const double vb = pieces.volume[static_cast<std::size_t>(b)];
    inner[f] = va < vb ? s : t;
    is_inside[static_cast<std::size_t>(va < vb ? a : b)] = 1;
  }
  return inner;
}

void check_connected(const Draft& draft, const MeshFaces& faces, const Boundary& boundary,
                     const Pieces& pieces) {
  const auto n_contacts = static_cast<std::size_t>(
      1 + *std::max_element(boundary.contact.begin(), boundary.contact.end()));
  const int ground = static_cast<int>(pieces.size() + n_contacts);
  Unions unions(static_cast<std::size_t>(ground) + 1);
  for (std::size_t f = 0; f < faces.faces.size(); ++f)
    for (const int t : faces.faces[f].tet) {
      if (boundary.kind[f] == FaceKind::inside || t < 0 || !draft.is_tissue(t))
        continue;
      const int piece = pieces.of_tet[static_cast<std::size_t>(t)];
      const auto [s, u] = faces.faces[f].tet;
      if (boundary.kind[f] == FaceKind::ground)
        unions.join(piece, ground);
      else if (boundary.kind[f] == FaceKind::contact)
        unions.join(piece, static_cast<int>(pieces.size()) + boundary.contact[f]);
      else if (boundary.kind[f] == FaceKind::sheet)
        unions.join(pieces.of_tet[static_cast<std::size_t>(s)],
                    pieces.of_tet[static_cast<std::size_t>(u)]);
    }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (unions.root(static_cast<int>(i)) == unions.root(ground))
      continue;
    const auto n = std::count(pieces.of_tet.begin(), pieces.of_tet.end(), static_cast<int>(i));
    throw ConfigError(draft.place_of_tet(pieces.first_tet[i]),
                      concat("its piece of ", n, " tetrahedra (", pieces.volume[i] * 1e9,
                             " mm3) is orphaned: no face connects it with the tissue that reaches "
                             "the ground"),
                      "connect it (BooleanFragments before meshing), leave it out, or check which "
                      "surfaces are \"ground\"");
  }
}

} // namespace

Regions find_regions(const Draft& draft, const MeshFaces& faces, const Boundary& boundary) {
  const std::vector<double> volume = volumes_of(draft);
  const Pieces pieces = find_pieces(draft, faces, boundary, volume);
  check_connected(draft, faces, boundary, pieces);
  std::vector<std::uint8_t> is_inside(pieces.size(), 0);
  Regions result;
  result.inner_tet = find_insides(draft, faces, boundary, pieces, is_inside);

  // Outside the sheets one region per group, in the file's order; then one per inside.
  std::map<std::pair<int, int>, int> region; // of an inside or -1, and a group
  std::pair<int, int> last(-2, -2);          // most have the region of the one before
  for (const bool inside : {false, true})
    for (std::size_t t = 0; t < draft.tets.size(); ++t) {
      const int piece = pieces.of_tet[t];
      if (piece < 0 || (is_inside[static_cast<std::size_t>(piece)] != 0) != inside)
        continue;
      const int group = draft.group[t];
      const auto key = std::pair(inside ? piece : -1, group);
      if (key == last || region.contains(key)) {
        last = key;
        continue;
      }
      if (const auto other = region.lower_bound({piece, -1});
          inside && other != region.end() && other->first.first == piece)
        throw ConfigError(draft.place_of_tet(static_cast<int>(t)),
                          concat("the inside of a perineurium has two tissues: also \"",
                                 result.regions[static_cast<std::size_t>(other->second)].group,
                                 '"'),
                          "give the inside of each perineurium one tissue");
      region[key] = static_cast<int>(result.regions.size());
      const MshContent::Group& g = draft.content.groups[static_cast<std::size_t>(group)];
      result.regions.push_back(
          {group_name(g), draft.roles[static_cast<std::size_t>(group)].tissue, inside, 0, 0.0});
    }
  result.of_tet.assign(draft.tets.size(), -1);
  last = {-2, -2};
  int last_region = -1;
  for (std::size_t t = 0; t < draft.tets.size(); ++t) {
    const int piece = pieces.of_tet[t];
    if (piece < 0)
      continue;
    const bool inside = is_inside[static_cast<std::size_t>(piece)] != 0;
    if (const auto key = std::pair(inside ? piece : -1, draft.group[t]); key != last) {
      last = key;
      last_region = region.at(key);
    }
    result.of_tet[t] = last_region;
    UserMesh::Region& r = result.regions[static_cast<std::size_t>(last_region)];
    ++r.n_tets;
    r.volume += volume[t];
  }
  return result;
}

} // namespace foramen::field
