#include "field/mesh_faces.hpp"

#include <algorithm>

namespace foramen::field {
namespace {

// Of a tetrahedron of positive volume, oriented outwards; face k is opposite corner k.
constexpr std::array<std::array<std::size_t, 3>, 4> outward = {
    {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}}};

struct Side {
  std::array<int, 3> key; // sorted nodes
  int tet;
  bool even; // the outward order is an even permutation of the sorted one
};

Side side_of(const std::array<int, 4>& tet, int t, std::size_t k) {
  std::array<int, 3> n;
  for (std::size_t i = 0; i < 3; ++i)
    n[i] = tet[outward[k][i]];
  const int inversions = (n[0] > n[1]) + (n[0] > n[2]) + (n[1] > n[2]);
  std::sort(n.begin(), n.end());
  return {n, t, inversions % 2 == 0};
}

std::array<int, 4> sorted(std::array<int, 4> tet) {
  std::sort(tet.begin(), tet.end());
  return tet;
}

} // namespace

MeshFaces::MeshFaces(const std::vector<std::array<int, 4>>& tets) {
  std::vector<Side> sides;
  sides.reserve(4 * tets.size());
  for (std::size_t t = 0; t < tets.size(); ++t)
    for (std::size_t k = 0; k < 4; ++k)
      sides.push_back(side_of(tets[t], static_cast<int>(t), k));
  std::sort(sides.begin(), sides.end(), [](const Side& a, const Side& b) {
    return a.key != b.key ? a.key < b.key : a.tet < b.tet;
  });
  for (std::size_t i = 0; i < sides.size();) {
    std::size_t end = i + 1;
    while (end < sides.size() && sides[end].key == sides[i].key)
      ++end;
    const Side& a = sides[i];
    const auto& [p, q, r] = a.key;
    faces.push_back({a.even ? a.key : std::array<int, 3>{p, r, q}, {a.tet, -1}});
    if (end > i + 1) {
      const Side& b = sides[i + 1];
      faces.back().tet[1] = b.tet;
      const auto corners = [&](const Side& s) {
        return sorted(tets[static_cast<std::size_t>(s.tet)]);
      };
      if (corners(a) == corners(b))
        faults.push_back({Fault::Kind::duplicate, a.key, {a.tet, b.tet, -1}});
      else if (end > i + 2)
        faults.push_back({Fault::Kind::shared_by_three, a.key, {a.tet, b.tet, sides[i + 2].tet}});
      else if (a.even == b.even)
        faults.push_back({Fault::Kind::same_side, a.key, {a.tet, b.tet, -1}});
    }
    i = end;
  }
}

int MeshFaces::find(std::array<int, 3> nodes) const {
  std::sort(nodes.begin(), nodes.end());
  const auto key = [](const Face& face) {
    std::array<int, 3> k = face.nodes;
    std::sort(k.begin(), k.end());
    return k;
  };
  const auto it = std::lower_bound(faces.begin(), faces.end(), nodes,
                                   [&](const Face& face, const auto& n) { return key(face) < n; });
  return it != faces.end() && key(*it) == nodes ? static_cast<int>(it - faces.begin()) : -1;
}

} // namespace foramen::field
