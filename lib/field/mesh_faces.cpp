#include "field/mesh_faces.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <span>

namespace foramen::field {
namespace {

constexpr std::size_t grain = 1024; // lowest nodes in a parallel chunk

// Of a tetrahedron of positive volume, oriented outwards; face k is opposite corner k.
constexpr std::array<std::array<std::size_t, 3>, 4> outward = {
    {{1, 2, 3}, {0, 3, 2}, {0, 1, 3}, {0, 2, 1}}};

// A side of a tetrahedron, among those of one lowest node.
struct Side {
  std::uint64_t key;  // the middle node and the highest
  std::uint32_t what; // tetrahedron, k, and whether the outward order is an even permutation

  std::size_t tet() const { return what >> 3; }
  std::size_t opposite() const { return what >> 1 & 3; }
  bool even() const { return (what & 1) != 0; }
};

std::uint64_t upper_nodes(int middle, int highest) {
  return static_cast<std::uint64_t>(middle) << 32 | static_cast<std::uint64_t>(highest);
}

// All sides of all tetrahedra, in buckets by their lowest node.
struct Buckets {
  std::vector<std::uint32_t> begin; // per node, and one more
  std::unique_ptr<Side[]> sides;    // in each ascending with the tetrahedron
};

int count_nodes(const std::vector<std::array<int, 4>>& tets) {
  int last = -1;
  for (const auto& [a, b, c, d] : tets)
    last = std::max(last, std::max(std::max(a, b), std::max(c, d)));
  return last + 1;
}

Buckets bucket_sides(const std::vector<std::array<int, 4>>& tets) {
  const int n_nodes = count_nodes(tets);
  Buckets buckets{std::vector<std::uint32_t>(static_cast<std::size_t>(n_nodes) + 2, 0), {}};
  std::uint32_t* next = buckets.begin.data() + 1; // becomes the end of each bucket
  // A tetrahedron's lowest node is that of three sides, its next one that of the fourth.
  for (const auto& [a, b, c, d] : tets) {
    const int low = std::min(a, b), high = std::max(a, b);
    const int low_2 = std::min(c, d), high_2 = std::max(c, d);
    next[std::min(low, low_2) + 1] += 3;
    next[std::min(std::max(low, low_2), std::min(high, high_2)) + 1] += 1;
  }
  for (int v = 0; v < n_nodes; ++v)
    next[v + 1] += next[v];
  buckets.sides = std::make_unique_for_overwrite<Side[]>(4 * tets.size());
  for (std::size_t t = 0; t < tets.size(); ++t)
    for (std::size_t k = 0; k < 4; ++k) {
      const int a = tets[t][outward[k][0]], b = tets[t][outward[k][1]], c = tets[t][outward[k][2]];
      const int low = std::min(a, b), high = std::max(a, b);
      const int middle = std::max(low, std::min(high, c));
      const unsigned inversions = static_cast<unsigned>(a > b) + static_cast<unsigned>(a > c) +
                                  static_cast<unsigned>(b > c);
      buckets.sides[next[std::min(low, c)]++] = {
          upper_nodes(middle, std::max(high, c)),
          static_cast<std::uint32_t>(8 * t + 2 * k + (1 - inversions % 2))};
    }
  return buckets;
}

// The face of these sides, which are one, and what is wrong with it.
MeshFaces::Face face_of(const std::vector<std::array<int, 4>>& tets, int lowest,
                        std::span<const Side> sides, std::vector<MeshFaces::Fault>& faults) {
  const auto tet = [&](std::size_t i) { return static_cast<int>(sides[i].tet()); };
  const std::array<int, 3> key = {lowest, static_cast<int>(sides[0].key >> 32),
                                  static_cast<int>(sides[0].key & 0xffffffffu)};
  MeshFaces::Face face{key, {tet(0), -1}};
  if (!sides[0].even())
    std::swap(face.nodes[1], face.nodes[2]);
  if (sides.size() == 1)
    return face;
  face.tet[1] = tet(1);
  const auto fourth = [&](std::size_t i) { return tets[sides[i].tet()][sides[i].opposite()]; };
  using Kind = MeshFaces::Fault::Kind;
  if (fourth(0) == fourth(1))
    faults.push_back({Kind::duplicate, key, {tet(0), tet(1), -1}});
  else if (sides.size() > 2)
    faults.push_back({Kind::shared_by_three, key, {tet(0), tet(1), tet(2)}});
  else if (sides[0].even() == sides[1].even())
    faults.push_back({Kind::same_side, key, {tet(0), tet(1), -1}});
  return face;
}

} // namespace

MeshFaces::MeshFaces(const std::vector<std::array<int, 4>>& tets) {
  FORAMEN_EXPECT(tets.size() < (std::size_t{1} << 29), "tets = ", tets.size());
  Buckets buckets = bucket_sides(tets);
  const std::size_t n_nodes = buckets.begin.size() - 2;
  Side* const sides = buckets.sides.get();
  begin_.assign(n_nodes + 1, 0);
  core::parallel_for(n_nodes, grain, [&](std::size_t v) {
    Side* const first = sides + buckets.begin[v];
    Side* const last = sides + buckets.begin[v + 1];
    std::sort(first, last, [](const Side& a, const Side& b) {
      return a.key != b.key ? a.key < b.key : a.what < b.what;
    });
    for (const Side* s = first; s != last; ++s)
      begin_[v + 1] += s == first || s->key != s[-1].key ? 1 : 0;
  });
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  faces.resize(static_cast<std::size_t>(begin_[n_nodes]));

  std::vector<std::vector<Fault>> found((n_nodes + grain - 1) / grain);
  core::parallel_chunks(n_nodes, grain, [&](std::size_t v_begin, std::size_t v_end) {
    auto face = faces.begin() + begin_[v_begin];
    for (std::size_t v = v_begin; v < v_end; ++v)
      for (const Side* s = sides + buckets.begin[v]; s != sides + buckets.begin[v + 1];) {
        const Side* end = s + 1;
        while (end != sides + buckets.begin[v + 1] && end->key == s->key)
          ++end;
        *face++ = face_of(tets, static_cast<int>(v), {s, end}, found[v_begin / grain]);
        s = end;
      }
  });
  for (const std::vector<Fault>& list : found)
    faults.insert(faults.end(), list.begin(), list.end());
}

int MeshFaces::find(std::array<int, 3> nodes) const {
  std::sort(nodes.begin(), nodes.end());
  if (nodes[0] < 0 || static_cast<std::size_t>(nodes[0]) + 1 >= begin_.size())
    return -1;
  const auto v = static_cast<std::size_t>(nodes[0]);
  const auto upper = [](const Face& face) { // the first of `nodes` is the lowest
    return upper_nodes(std::min(face.nodes[1], face.nodes[2]),
                       std::max(face.nodes[1], face.nodes[2]));
  };
  const std::uint64_t key = upper_nodes(nodes[1], nodes[2]);
  const auto first = faces.begin() + begin_[v], last = faces.begin() + begin_[v + 1];
  const auto it = std::lower_bound(
      first, last, key, [&](const Face& face, std::uint64_t k) { return upper(face) < k; });
  return it != last && upper(*it) == key ? static_cast<int>(it - faces.begin()) : -1;
}

std::vector<int> vertices_of(const MeshFaces& faces, const std::vector<int>& which) {
  std::vector<int> vertices;
  for (const int f : which)
    for (const int v : faces.faces[static_cast<std::size_t>(f)].nodes)
      vertices.push_back(v);
  std::sort(vertices.begin(), vertices.end());
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  return vertices;
}

} // namespace foramen::field
