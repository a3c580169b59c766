// Where the midpoints of edges go: onto the exact surfaces, and to quarter points at contact edges.
//
// An edge of a triangle on a surface has its node moved to the exact surface (Surface::project), as
// far as the elements stand it: where the Jacobian would fall below `least_jacobian` of the
// uncurved element's anywhere it is integrated, the curved edges are blended back in quarters. Both
// sides of a sheet stay the same in shape. Edges whose node the mesh gives (a user's quadratic
// elements) follow that instead, and no surface.
//
// Where a contact ends on an insulator the potential grows as the square root of the distance.
// Edges that leave such a line have their node at a quarter of their length from it, not at half:
// the quadratic element then holds that root exactly (Henshell & Shaw 1975,
// doi:10.1002/nme.1620090302; Barsoum 1976, doi:10.1002/nme.1620100103). In barycentric
// coordinates, with r the sum over the corners off the line, the element maps l_off -> l_off r,
// l_on -> l_on (1 + r), which is one to one.
#pragma once

#include "field/space.hpp"

#include <memory>
#include <span>

namespace foramen::field {

inline constexpr double least_jacobian = 0.2;

class EdgeCurving {
public:
  // Expects straight edges (nodes, elements, faces, sheet faces filled); fills `nodes`, `curved`,
  // `straightened`. Collective.
  EdgeCurving(const VolumeScene& scene, Space& space, const Ranks& ranks);
  ~EdgeCurving();
  EdgeCurving(const EdgeCurving&) = delete;
  EdgeCurving& operator=(const EdgeCurving&) = delete;

  // After vertices have moved, and the scene's surfaces with them: what a new EdgeCurving gives,
  // but only `edges` (with an end that may have moved) are projected and only `elements` (with such
  // an edge) looked at for curvature. One process.
  void follow(const VolumeScene& scene, Space& space, std::span<const int> edges,
              std::span<const int> elements);

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace foramen::field
