#include "field/curved_edges.hpp"

#include "core/parallel.hpp"
#include "field/reference_element.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <limits>

namespace foramen::field {
namespace {

constexpr std::uint8_t full_blend = 4; // quarters of the displacement

// Per edge: what moves it. The edges inside a sheet follow their twins outside.
struct Curving {
  std::vector<int> surface, patch, leader;
  std::vector<Vector3d> offset;
  std::vector<std::uint8_t> blend; // of the leader
};

Curving find_edges(const Space& space) {
  const std::size_t n = space.edge_ends.size();
  Curving c{std::vector<int>(n, -1), std::vector<int>(n, 0), std::vector<int>(n),
            std::vector<Vector3d>(n, Vector3d::Zero()), std::vector<std::uint8_t>(n, full_blend)};
  const auto edge = [&](int node) { return static_cast<std::size_t>(node - space.n_vertices); };
  for (std::size_t e = 0; e < n; ++e)
    c.leader[e] = static_cast<int>(e);
  for (std::size_t f = 0; f < space.faces.size(); ++f)
    for (std::size_t k = 3; k < 6; ++k) {
      const std::size_t e = edge(space.faces[f][k]);
      const int s = space.face_surface[f], p = space.face_patch[f];
      if (c.surface[e] < 0) {
        c.surface[e] = s;
        c.patch[e] = p;
      } else if (c.surface[e] == s) {
        c.patch[e] = std::min(c.patch[e], p);
      }
    }
  for (const Space::SheetFace& pair : space.sheet_faces)
    for (std::size_t k = 3; k < 6; ++k)
      c.leader[edge(pair.inside[k])] = static_cast<int>(edge(pair.outside[k]));
  return c;
}

// Smallest det J, relative to the straight element's, where the element will be integrated and at
// its corners.
double smallest_jacobian(const Space& space, const std::array<int, 10>& element) {
  std::array<Vector3d, 10> x;
  for (std::size_t a = 0; a < 10; ++a)
    x[a] = space.nodes[static_cast<std::size_t>(element[a])];
  Matrix3d j;
  j << x[1] - x[0], x[2] - x[0], x[3] - x[0];
  const double straight = j.determinant();
  static const std::array<std::array<Vector3d, 10>, 4> corners = {
      quadratic_gradients(Vector3d::Zero()), quadratic_gradients(Vector3d::UnitX()),
      quadratic_gradients(Vector3d::UnitY()), quadratic_gradients(Vector3d::UnitZ())};
  double least = std::numeric_limits<double>::infinity();
  const auto visit = [&](const std::array<Vector3d, 10>& gradient) {
    j.setZero();
    for (std::size_t a = 0; a < 10; ++a)
      j += x[a] * gradient[a].transpose();
    least = std::min(least, j.determinant() / straight);
  };
  for (const auto& gradient : tet_rule_degree_5().gradient)
    visit(gradient);
  for (const auto& gradient : corners)
    visit(gradient);
  return least;
}

void place(Space& space, const Curving& c) {
  core::parallel_for(c.leader.size(), 4096, [&](std::size_t e) {
    const auto [a, b] = space.edge_ends[e];
    const auto leader = static_cast<std::size_t>(c.leader[e]);
    const Vector3d chord =
        0.5 * (space.nodes[static_cast<std::size_t>(a)] + space.nodes[static_cast<std::size_t>(b)]);
    space.nodes[static_cast<std::size_t>(space.n_vertices) + e] =
        chord + (static_cast<double>(c.blend[leader]) / full_blend) * c.offset[leader];
  });
}

} // namespace

void curve_edges(const VolumeScene& scene, Space& space) {
  Curving c = find_edges(space);
  const auto n_vertices = static_cast<std::size_t>(space.n_vertices);
  core::parallel_for(c.surface.size(), 256, [&](std::size_t e) {
    if (c.surface[e] < 0)
      return;
    const auto& project = scene.surfaces[static_cast<std::size_t>(c.surface[e])].surface.project;
    const Vector3d& chord = space.nodes[n_vertices + e];
    if (project)
      c.offset[e] = project(chord, c.patch[e]) - chord;
  });
  place(space, c);

  std::vector<int> suspects; // elements with a curved edge
  space.curved.assign(space.elements.size(), 0);
  for (std::size_t t = 0; t < space.elements.size(); ++t)
    for (std::size_t k = 4; k < 10; ++k) {
      const auto e = static_cast<std::size_t>(space.elements[t][k]) - n_vertices;
      const Vector3d& offset = c.offset[static_cast<std::size_t>(c.leader[e])];
      const auto [a, b] = space.edge_ends[e];
      const double length =
          (space.nodes[static_cast<std::size_t>(b)] - space.nodes[static_cast<std::size_t>(a)])
              .norm();
      if (offset.norm() > 1e-9 * length && !space.curved[t]) { // else rounding on a plane
        space.curved[t] = 1;
        suspects.push_back(static_cast<int>(t));
      }
    }

  std::vector<std::uint8_t> bad(suspects.size());
  std::vector<std::uint8_t> blended(suspects.size(), 0);
  for (int round = 0; round < full_blend; ++round) {
    core::parallel_for(suspects.size(), 1024, [&](std::size_t i) {
      const auto t = static_cast<std::size_t>(suspects[i]);
      bad[i] = smallest_jacobian(space, space.elements[t]) < least_jacobian;
      blended[i] |= bad[i];
    });
    if (std::count(bad.begin(), bad.end(), 1) == 0)
      break;
    const auto allowed = static_cast<std::uint8_t>(full_blend - 1 - round);
    for (std::size_t i = 0; i < suspects.size(); ++i)
      for (std::size_t k = 4; bad[i] && k < 10; ++k) {
        const int node = space.elements[static_cast<std::size_t>(suspects[i])][k];
        const int leader = c.leader[static_cast<std::size_t>(node) - n_vertices];
        std::uint8_t& blend = c.blend[static_cast<std::size_t>(leader)];
        blend = std::min(blend, allowed);
      }
    place(space, c);
  }
  // An element that only touches blended edges of others may now be bent the wrong way: a chord is
  // always sound, so straighten whatever is left until nothing is.
  for (bool again = true; again;) {
    again = false;
    core::parallel_for(suspects.size(), 1024, [&](std::size_t i) {
      const auto t = static_cast<std::size_t>(suspects[i]);
      bad[i] = smallest_jacobian(space, space.elements[t]) < least_jacobian;
    });
    for (std::size_t i = 0; i < suspects.size(); ++i)
      for (std::size_t k = 4; bad[i] && k < 10; ++k) {
        blended[i] = 1;
        const int node = space.elements[static_cast<std::size_t>(suspects[i])][k];
        const int leader = c.leader[static_cast<std::size_t>(node) - n_vertices];
        std::uint8_t& blend = c.blend[static_cast<std::size_t>(leader)];
        again = again || blend > 0;
        blend = 0;
      }
    place(space, c);
  }
  space.straightened = static_cast<int>(std::count(blended.begin(), blended.end(), 1));
}

} // namespace foramen::field
