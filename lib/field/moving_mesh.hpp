// A mesh that follows its lead to nearby poses.
//
// The lead moves rigidly, its encapsulation with it; nerve, outer boundary and other leads stay. A
// vertex at the distance d from the moving tube moves by the weight
//
//   w = f / (d + f),   f = min(distance to what stays, reach - d),   0 where f <= 0,
//
// times the rigid motion of its place: linear across a gap, so that its layers of tetrahedra are
// pressed or stretched alike. Vertices on tubes stay on them exactly. Metres.
//
// Cost: 0.1 s once for 80 000 vertices, a millisecond per pose.
#pragma once

#include "field/lead_surface.hpp"
#include "field/tet_mesh.hpp"

#include <optional>

namespace foramen::field {

inline constexpr double morph_reach = 12e-3; // from the moving tube

class MovingMesh {
public:
  // `distance_to_fixed(p)`: from a point to the nearest surface that stays, at most 0 inside it.
  MovingMesh(const TetMesh& mesh, const LeadShape& lead,
             const std::function<double(const Vector3d& p)>& distance_to_fixed);

  // The vertices for the same lead in another pose; nothing when a tetrahedron would lose more than
  // four fifths of its quality (mesh_checks.hpp): time for a new mesh. A bent lead moves as it is:
  // throws ConfigError for a pose in which it is bent otherwise.
  std::optional<std::vector<Vector3d>> vertices(const LeadShape& pose) const;
  // Vertices that may move, as 1.
  const std::vector<std::uint8_t>& movable() const { return movable_; }

private:
  const TetMesh& mesh_;
  LeadShape lead_;
  std::vector<double> weight_;
  std::vector<std::uint8_t> movable_;
  std::vector<int> tets_;       // with a movable vertex
  std::vector<double> quality_; // theirs
};

} // namespace foramen::field
