#include "field/curved_edges.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/contact_edges.hpp"
#include "field/element_shapes.hpp"

#include <algorithm>
#include <numeric>

namespace foramen::field {
namespace {

constexpr std::uint8_t full_blend = 4; // quarters of the offset

// The edges that may leave the middle of their chord: on surfaces, on sheets' insides, at contacts'
// edges, or with a node given; most edges are none. Where their node would be without curving, and
// what the surface adds to that; edges inside a sheet follow their twins outside.
struct Curving {
  std::vector<int> edge;                // of the space
  std::vector<int> of_edge;             // per edge of the space: which of these it is, or -1
  std::vector<int> surface, patch;      // the surface may be -1
  std::vector<int> leader;              // one of these
  std::vector<std::uint8_t> on_line;    // per vertex: on a contact's edge
  std::vector<Vector3d> base, offset;   // metres
  std::vector<std::uint8_t> blend;      // of the leader
  std::vector<std::uint8_t> off_middle; // whether it is to leave the middle of its chord

  std::size_t size() const { return edge.size(); }
  int at_node(const Space& space, int node) const { // -1: always in the middle
    return of_edge[static_cast<std::size_t>(node - space.n_vertices)];
  }
};

std::vector<int> all_of(std::size_t n) {
  std::vector<int> list(n);
  std::iota(list.begin(), list.end(), 0);
  return list;
}

template <class Body> void each(std::span<const int> list, std::size_t grain, const Body& body) {
  core::parallel_for(list.size(), grain,
                     [&](std::size_t i) { body(static_cast<std::size_t>(list[i])); });
}

std::array<std::size_t, 2> ends_of(const Space& space, std::size_t edge) {
  const auto [a, b] = space.edge_ends[edge];
  return {static_cast<std::size_t>(a), static_cast<std::size_t>(b)};
}

void find_edges(const Space& space, Curving& c) {
  const std::size_t n = space.edge_ends.size();
  std::vector<std::uint8_t> may_leave(n, 0);
  core::parallel_for(n, 8192, [&](std::size_t e) {
    const auto [a, b] = ends_of(space, e);
    may_leave[e] =
        c.on_line[a] != c.on_line[b] || (!space.bend.empty() && !space.bend[e].isZero(0.0));
  });
  const auto mark = [&](const std::array<int, 6>& face) {
    for (std::size_t k = 3; k < 6; ++k)
      may_leave[static_cast<std::size_t>(face[k] - space.n_vertices)] = 1;
  };
  for (const auto& face : space.faces)
    mark(face);
  for (const Space::SheetFace& pair : space.sheet_faces)
    mark(pair.inside);
  c.of_edge.assign(n, -1);
  for (std::size_t e = 0; e < n; ++e)
    if (may_leave[e]) {
      c.of_edge[e] = static_cast<int>(c.edge.size());
      c.edge.push_back(static_cast<int>(e));
    }
}

Curving find_surfaces(const VolumeScene& scene, const Space& space) {
  Curving c;
  c.on_line = contact_edge_vertices(scene, space);
  find_edges(space, c);
  const std::size_t n = c.size();
  c.surface.assign(n, -1);
  c.patch.assign(n, 0);
  c.leader = all_of(n);
  c.base.resize(n);
  c.offset.assign(n, Vector3d::Zero());
  c.blend.assign(n, full_blend);
  c.off_middle.assign(n, 0);
  const auto at = [&](int node) { return static_cast<std::size_t>(c.at_node(space, node)); };
  for (std::size_t f = 0; f < space.faces.size(); ++f)
    for (std::size_t k = 3; k < 6; ++k) {
      const std::size_t i = at(space.faces[f][k]);
      const int s = space.face_surface[f], p = space.face_patch[f];
      if (s > c.surface[i]) { // where surfaces touch, the inner one is followed
        c.surface[i] = s;
        c.patch[i] = p;
      } else if (c.surface[i] == s) {
        c.patch[i] = std::min(c.patch[i], p);
      }
    }
  for (const Space::SheetFace& pair : space.sheet_faces)
    for (std::size_t k = 3; k < 6; ++k)
      c.leader[at(pair.inside[k])] = static_cast<int>(at(pair.outside[k]));
  return c;
}

// Half-way points, or quarter points where one end is on a contact's edge.
void place_base(const Space& space, Curving& c, std::size_t i) {
  const auto [a, b] = ends_of(space, static_cast<std::size_t>(c.edge[i]));
  const double to_b = c.on_line[a] == c.on_line[b] ? 0.5 : c.on_line[a] ? 0.25 : 0.75;
  c.base[i] = space.nodes[a] + to_b * (space.nodes[b] - space.nodes[a]);
}

void place(Space& space, const Curving& c) {
  core::parallel_for(c.size(), 4096, [&](std::size_t i) {
    const auto leader = static_cast<std::size_t>(c.leader[i]);
    space.nodes[static_cast<std::size_t>(space.n_vertices + c.edge[i])] =
        c.base[i] + (static_cast<double>(c.blend[leader]) / full_blend) * c.offset[leader];
  });
}

// Elements of which an edge is off its chord's middle; those of a plane surface only by rounding.
void mark_curved(Space& space, Curving& c, std::span<const int> elements) {
  core::parallel_for(c.size(), 4096, [&](std::size_t i) {
    const auto [a, b] = ends_of(space, static_cast<std::size_t>(c.edge[i]));
    const Vector3d &p = space.nodes[a], &q = space.nodes[b];
    const Vector3d target = c.base[i] + c.offset[static_cast<std::size_t>(c.leader[i])];
    c.off_middle[i] = (target - 0.5 * (p + q)).norm() > 1e-9 * (q - p).norm() ? 1 : 0;
  });
  space.curved.resize(space.elements.size(), 0);
  each(elements, 4096, [&](std::size_t t) {
    const auto& element = space.elements[t];
    space.curved[t] = std::any_of(element.begin() + 4, element.end(), [&](int node) {
      const int i = c.at_node(space, node);
      return i >= 0 && c.off_middle[static_cast<std::size_t>(i)] != 0;
    });
  });
}

// Which of the elements are bent too far: 1, else 0.
std::vector<std::uint8_t> find_unsound(const Space& space, const Curving& c,
                                       const std::vector<int>& elements, const Ranks& ranks) {
  std::vector<std::uint8_t> unsound(elements.size());
  const std::vector<std::size_t> bounds = ranks.split(elements.size());
  const std::size_t mine = bounds[ranks.mine()], end = bounds[ranks.mine() + 1];
  constexpr std::size_t width = ElementShapes::width;
  core::parallel_for((end - mine + width - 1) / width, 128, [&](std::size_t batch) {
    const std::size_t first = mine + batch * width;
    ElementShapes shapes;
    for (std::size_t l = 0; l < width; ++l) { // the last batch repeats its last element
      const auto t = static_cast<std::size_t>(elements[std::min(first + l, end - 1)]);
      for (std::size_t a = 0; a < 10; ++a) {
        const auto node = static_cast<std::size_t>(space.elements[t][a]);
        const Vector3d& x = space.nodes[node];
        const int i = a < 4 ? -1 : c.at_node(space, space.elements[t][a]);
        shapes.set(l, a, x, i < 0 ? x : c.base[static_cast<std::size_t>(i)]);
      }
    }
    const auto least = least_jacobian_ratios(shapes);
    for (std::size_t i = first; i < std::min(first + width, end); ++i)
      unsound[i] = least[i - first] < least_jacobian;
  });
  ranks.gather(std::span(unsound), bounds);
  return unsound;
}

// One round: blends the edges of the unsound ones of `list` down to `allowed` quarters. Returns
// whether any moved.
bool blend_back(Space& space, Curving& c, const std::vector<int>& list,
                const std::vector<std::uint8_t>& unsound, std::uint8_t allowed,
                std::vector<std::uint8_t>& blended) {
  bool moved = false;
  for (std::size_t i = 0; i < list.size(); ++i)
    for (std::size_t k = 4; unsound[i] && k < 10; ++k) {
      const auto t = static_cast<std::size_t>(list[i]);
      blended[t] = 1;
      const int edge = c.at_node(space, space.elements[t][k]);
      if (edge < 0)
        continue;
      std::uint8_t& blend =
          c.blend[static_cast<std::size_t>(c.leader[static_cast<std::size_t>(edge)])];
      moved = moved || blend > allowed;
      blend = std::min(blend, allowed);
    }
  if (moved)
    place(space, c);
  return moved;
}

// The parabola through an edge's ends and its given node, where the base is: a + t (b - a) has the
// offset 4 t (1 - t) of the middle's.
void follow_given_nodes(const Space& space, Curving& c) {
  if (space.bend.empty())
    return;
  core::parallel_for(c.size(), 4096, [&](std::size_t i) {
    const auto e = static_cast<std::size_t>(c.edge[i]);
    if (space.bend[e].isZero(0.0))
      return;
    const auto [first, last] = ends_of(space, e);
    const Vector3d &a = space.nodes[first], &b = space.nodes[last];
    const double t = (c.base[i] - a).norm() / (b - a).norm();
    c.offset[i] = 4.0 * t * (1.0 - t) * space.bend[e];
  });
}

Vector3d projected_offset(const VolumeScene& scene, const Curving& c, std::size_t i) {
  const auto& project = scene.surfaces[static_cast<std::size_t>(c.surface[i])].surface.project;
  return project ? project(c.base[i], c.patch[i]) - c.base[i] : Vector3d(Vector3d::Zero());
}

void project_bases(const VolumeScene& scene, Curving& c, const Ranks& ranks) {
  const std::vector<std::size_t> bounds = ranks.split(c.size());
  const std::size_t mine = bounds[ranks.mine()];
  ranks.together([&] {
    core::parallel_for(bounds[ranks.mine() + 1] - mine, 256, [&](std::size_t i) {
      if (c.surface[mine + i] >= 0)
        c.offset[mine + i] = projected_offset(scene, c, mine + i);
    });
  });
  if (!ranks.several())
    return;
  std::vector<std::size_t> numbers; // three to a point
  for (const std::size_t b : bounds)
    numbers.push_back(3 * b);
  ranks.gather(std::span(c.offset.data()->data(), 3 * c.offset.size()), numbers);
}

// Elements with a blended edge, among those listed.
std::vector<int> with_blended_edge(const Space& space, const Curving& c, std::vector<int> list) {
  std::erase_if(list, [&](int t) {
    const auto& element = space.elements[static_cast<std::size_t>(t)];
    return std::none_of(element.begin() + 4, element.end(), [&](int node) {
      const int i = c.at_node(space, node);
      return i >= 0 &&
             c.blend[static_cast<std::size_t>(c.leader[static_cast<std::size_t>(i)])] < full_blend;
    });
  });
  return list;
}

// Blends until every element is sound; counts those that needed it. `unsound`: per element, with
// nothing blended yet.
int make_sound(Space& space, Curving& c, const std::vector<std::uint8_t>& unsound,
               const Ranks& ranks) {
  std::vector<int> suspects, bad;
  for (std::size_t t = 0; t < space.elements.size(); ++t) {
    if (space.curved[t])
      suspects.push_back(static_cast<int>(t));
    if (unsound[t])
      bad.push_back(static_cast<int>(t));
  }
  if (bad.empty())
    return 0;
  std::vector<std::uint8_t> blended(space.elements.size(), 0);
  blend_back(space, c, bad, std::vector<std::uint8_t>(bad.size(), 1), full_blend - 1, blended);
  // From now on only elements with a blended edge can be bad.
  const auto again = [&](int quarters) {
    const std::vector<int> list = with_blended_edge(space, c, suspects);
    return blend_back(space, c, list, find_unsound(space, c, list, ranks),
                      static_cast<std::uint8_t>(quarters), blended);
  };
  for (int quarters = full_blend - 2; quarters > 0; --quarters)
    again(quarters);
  // An element that only shares blended edges may now be bent the wrong way: uncurve whatever is
  // left until nothing is.
  while (again(0))
    ;
  return static_cast<int>(std::count(blended.begin(), blended.end(), 1));
}

// Of those of `elements` that are curved, which are bent too far with nothing blended.
void mark_unsound(const Space& space, const Curving& c, std::span<const int> elements,
                  std::vector<std::uint8_t>& unsound, const Ranks& ranks) {
  std::vector<int> list;
  for (const int t : elements) {
    unsound[static_cast<std::size_t>(t)] = 0;
    if (space.curved[static_cast<std::size_t>(t)])
      list.push_back(t);
  }
  const std::vector<std::uint8_t> found = find_unsound(space, c, list, ranks);
  for (std::size_t i = 0; i < list.size(); ++i)
    unsound[static_cast<std::size_t>(list[i])] = found[i];
}

} // namespace

struct EdgeCurving::State {
  Curving curving;
  std::vector<std::uint8_t> unsound; // per element: with nothing blended
};

EdgeCurving::EdgeCurving(const VolumeScene& scene, Space& space, const Ranks& ranks)
    : state_(std::make_unique<State>(
          State{find_surfaces(scene, space), std::vector<std::uint8_t>(space.elements.size())})) {
  auto& [c, unsound] = *state_;
  core::parallel_for(c.size(), 4096, [&](std::size_t i) { place_base(space, c, i); });
  follow_given_nodes(space, c);
  if (space.bend.empty())
    project_bases(scene, c, ranks);
  const std::vector<int> elements = all_of(space.elements.size());
  mark_curved(space, c, elements);
  place(space, c);
  mark_unsound(space, c, elements, unsound, ranks);
  space.straightened = make_sound(space, c, unsound, ranks);
}
EdgeCurving::~EdgeCurving() = default;

void EdgeCurving::follow(const VolumeScene& scene, Space& space, std::span<const int> edges,
                         std::span<const int> elements) {
  FORAMEN_EXPECT(space.bend.empty(), "a user's mesh does not move");
  auto& [c, unsound] = *state_;
  each(edges, 512, [&](std::size_t e) {
    if (c.of_edge[e] < 0) {
      const auto [a, b] = ends_of(space, e);
      space.nodes[static_cast<std::size_t>(space.n_vertices) + e] =
          middle(space.nodes[a], space.nodes[b]);
      return;
    }
    const auto i = static_cast<std::size_t>(c.of_edge[e]);
    place_base(space, c, i);
    if (c.surface[i] >= 0)
      c.offset[i] = projected_offset(scene, c, i);
  });
  mark_curved(space, c, elements);
  std::fill(c.blend.begin(), c.blend.end(), full_blend);
  place(space, c);
  mark_unsound(space, c, elements, unsound, Ranks::alone());
  space.straightened = make_sound(space, c, unsound, Ranks::alone());
}

} // namespace foramen::field
