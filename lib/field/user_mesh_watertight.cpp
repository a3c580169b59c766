// Whether a user's mesh is watertight: no boundary where the tissue goes on.

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/point_location.hpp"
#include "field/points_in_boxes.hpp"
#include "field/reference_element.hpp"
#include "field/user_mesh_draft.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

constexpr double coincident = 1e-8; // of the mesh's extent: 2 nm in 200 mm
constexpr double beyond = 1e-3;     // of a face's size: where tissue behind it is looked for
constexpr double within = 1e-6;     // barycentric: how far inside a point must be

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
  const auto& corners = kept.mesh.tets[static_cast<std::size_t>(element)];
  std::array<double, 4> corner{}; // barycentric coordinates
  for (std::size_t a = 0; a < 4; ++a)
    for (const int v : face.nodes)
      if (kept.vertex[static_cast<std::size_t>(v)] == corners[a])
        corner[a] = 1.0 / 3.0;
  const auto shape = quadratic_values(Vector3d(corner[1], corner[2], corner[3]));
  const std::array<Vector3d, 10> nodes = nodes_of(kept, element);
  Vector3d p = Vector3d::Zero();
  for (std::size_t a = 0; a < 10; ++a)
    p += shape[a] * nodes[a];
  const Vector3d area = 0.5 * (x(1) - x(0)).cross(x(2) - x(0));
  return p + beyond * std::sqrt(area.norm()) * area.normalized();
}

// Of edge k as a quadratic Bezier curve.
Vector3d control_point(const std::array<Vector3d, 10>& x, std::size_t k) {
  return 2.0 * x[4 + k] - 0.5 * (x[static_cast<std::size_t>(tet_edges[k][0])] +
                                 x[static_cast<std::size_t>(tet_edges[k][1])]);
}

// A box around an element: a curved one lies within the hull of its corners and its edges' control
// points. Widened against rounding.
PointBox box_of(const Kept& kept, std::size_t element) {
  const auto& corners = kept.mesh.tets[element];
  const auto vertex = [&](std::size_t a) -> const Vector3d& {
    return kept.mesh.vertices[static_cast<std::size_t>(corners[a])];
  };
  PointBox box{vertex(0), vertex(0)};
  const auto include = [&](const Vector3d& p) {
    box.low = box.low.cwiseMin(p);
    box.high = box.high.cwiseMax(p);
  };
  for (std::size_t a = 1; a < 4; ++a)
    include(vertex(a));
  if (!kept.is_straight(element)) {
    const std::array<Vector3d, 10> x = nodes_of(kept, static_cast<int>(element));
    for (std::size_t k = 0; k < 6; ++k)
      include(control_point(x, k));
  }
  const Vector3d margin = Vector3d::Constant(1e-6 * (box.high - box.low).norm()) +
                          1e-12 * box.low.cwiseAbs().cwiseMax(box.high.cwiseAbs());
  return {box.low - margin, box.high + margin};
}

double depth(const Vector3d& x) {
  return std::min(x.minCoeff(), 1.0 - x.sum());
}

// Barycentric coordinates as if the element were straight that are the least of its hull's: none of
// a straight element is negative.
Eigen::Vector4d least_of_hull(const std::array<Vector3d, 10>& x) {
  Eigen::Vector4d least = Eigen::Vector4d::Zero();
  for (std::size_t k = 0; k < 6; ++k) {
    const Vector3d r = straight_coordinates(x, control_point(x, k));
    least = least.cwiseMin(Eigen::Vector4d(1.0 - r.sum(), r.x(), r.y(), r.z()));
  }
  return least;
}

// How deep a point is within an element; not positive where it is not.
double depth_in(const std::array<Vector3d, 10>& x, bool is_straight, const Eigen::Vector4d& hull,
                const Vector3d& p) {
  const Vector3d r = straight_coordinates(x, p);
  if (is_straight)
    return depth(r);
  if ((Eigen::Vector4d(1.0 - r.sum(), r.x(), r.y(), r.z()).array() < hull.array() - within).any())
    return -1.0;
  const std::optional<Vector3d> curved = reference_coordinates(x, p);
  return depth(curved ? *curved : r);
}

struct Hit {
  int point, element;
  double depth;
};

// The element that holds each point, the one in which it is deepest; -1: none.
std::vector<int> holders(const Kept& kept, const std::vector<Vector3d>& points) {
  constexpr std::size_t grain = 2048;
  const PointsInBoxes near(points);
  std::vector<std::vector<Hit>> hits((kept.tet.size() + grain - 1) / grain);
  core::parallel_chunks(kept.tet.size(), grain, [&](std::size_t begin, std::size_t end) {
    std::vector<int> inside;
    for (std::size_t e = begin; e < end; ++e) {
      inside.clear();
      near.find(box_of(kept, e), inside);
      if (inside.empty())
        continue;
      const std::array<Vector3d, 10> x = nodes_of(kept, static_cast<int>(e));
      const bool is_straight = kept.is_straight(e);
      const Eigen::Vector4d hull = is_straight ? Eigen::Vector4d::Zero() : least_of_hull(x);
      for (const int p : inside)
        if (const double d = depth_in(x, is_straight, hull, points[static_cast<std::size_t>(p)]);
            d > within)
          hits[begin / grain].push_back({p, static_cast<int>(e), d});
    }
  });
  std::vector<int> holder(points.size(), -1);
  std::vector<double> deepest(points.size(), 0.0);
  for (const std::vector<Hit>& list : hits) // by element: of two alike the first
    for (const Hit& hit : list)
      if (const auto p = static_cast<std::size_t>(hit.point); hit.depth > deepest[p]) {
        deepest[p] = hit.depth;
        holder[p] = hit.element;
      }
  return holder;
}

} // namespace

void check_watertight(const Draft& draft, const MeshFaces& faces, const Boundary& boundary,
                      const Kept& kept) {
  std::vector<int> open, insulated; // open: nothing of the mesh is known to lie beyond
  for (std::size_t f = 0; f < faces.faces.size(); ++f)
    if (boundary.kind[f] == FaceKind::insulated)
      insulated.push_back(static_cast<int>(f));
    else if (faces.faces[f].tet[1] < 0 && boundary.kind[f] != FaceKind::inside)
      open.push_back(static_cast<int>(f));
  check_coincidence(draft, faces, open, insulated);

  const auto own = [&](std::size_t i) {
    return kept
        .element[static_cast<std::size_t>(faces.faces[static_cast<std::size_t>(open[i])].tet[0])];
  };
  std::vector<Vector3d> points(open.size());
  core::parallel_for(open.size(), 256, [&](std::size_t i) {
    points[i] = just_beyond(draft, kept, faces.faces[static_cast<std::size_t>(open[i])], own(i));
  });
  std::vector<int> found = holders(kept, points);
  for (std::size_t i = 0; i < found.size(); ++i)
    found[i] =
        found[i] < 0 || found[i] == own(i) ? -1 : kept.tet[static_cast<std::size_t>(found[i])];
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
