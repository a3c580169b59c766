// A mesh that follows its lead to nearby poses.
//
// The lead moves rigidly, its encapsulation with it; nerve, outer boundary and other leads stay. A
// vertex at the distance d from the moving tube moves by the weight
//
//   w = f / (d + f),   f = min(distance to what stays, reach - d),   0 where f <= 0,
//
// times the rigid motion of its place: linear across a gap, so that its layers of tetrahedra are
// pressed or stretched alike. Vertices on tubes stay on them exactly. Where that leaves a
// tetrahedron flat or inverted, vertices on no surface give way (vertex_star.hpp). Every edge that
// would span the gap from tube to tube is cut beforehand, so that each tetrahedron there has such a
// vertex. Metres.
//
// What moving costs a mesh, and the two limits, are measured in this folder's README. The vertices
// depend on the pose alone: not on poses before it, nor on the number of threads.
//
// Cost: 0.03 s per pose for 160 000 tetrahedra in reach, 0.08 s where 55 of them have become flat.
#pragma once

#include "field/lead_surface.hpp"
#include "field/tet_mesh.hpp"

#include <functional>
#include <optional>
#include <span>

namespace foramen::field {

inline constexpr double morph_reach = 12e-3; // from the moving tube

// Of tetrahedra (tet_quality in mesh_checks.hpp), or half of their base quality where that is less.
inline constexpr double relaxed_quality = 0.03;  // below it vertices give way
inline constexpr double remeshed_quality = 3e-3; // below it the solver takes more iterations

class MovingMesh {
public:
  // `distance_to_fixed(p)`: from a point to the nearest surface that stays, at most 0 inside it.
  MovingMesh(TetMesh mesh, const LeadShape& lead,
             const std::function<double(const Vector3d& p)>& distance_to_fixed);

  // In the base pose: the mesh that was given, and a vertex on each edge that spanned the gap.
  const TetMesh& mesh() const { return mesh_; }
  // The vertices for the same lead in another pose; nothing when a tetrahedron would be worse than
  // `remeshed_quality`: time for a new mesh. A bent lead moves as it is: throws ConfigError for a
  // pose in which it is bent otherwise.
  std::optional<std::vector<Vector3d>> vertices(const LeadShape& pose) const;
  // Vertices that may move, as 1.
  const std::vector<std::uint8_t>& movable() const { return movable_; }

private:
  void find_stars();
  std::vector<std::size_t> tets_below(double limit, const std::vector<Vector3d>& vertices) const;
  void relax(std::vector<Vector3d>& vertices) const;
  std::span<const std::size_t> star(std::size_t v) const {
    return std::span(stars_).subspan(first_of_star_[v], first_of_star_[v + 1] - first_of_star_[v]);
  }

  TetMesh mesh_;
  LeadShape lead_;
  std::vector<double> weight_;
  std::vector<std::uint8_t> movable_;
  std::vector<std::size_t> tets_;                  // with a movable vertex
  std::vector<double> quality_;                    // theirs
  std::vector<std::size_t> stars_, first_of_star_; // tetrahedra around free vertices; else empty
};

} // namespace foramen::field
