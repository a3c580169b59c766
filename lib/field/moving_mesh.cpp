#include "field/moving_mesh.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/mesh_checks.hpp"

#include <Eigen/Geometry>

#include <atomic>

namespace foramen::field {
namespace {

constexpr double least_of_quality = 0.2; // that a tetrahedron may keep of it

std::array<Vector3d, 4> corners(const std::vector<Vector3d>& vertices,
                                const std::array<int, 4>& tet) {
  std::array<Vector3d, 4> x;
  for (std::size_t i = 0; i < 4; ++i)
    x[i] = vertices[static_cast<std::size_t>(tet[i])];
  return x;
}

// Columns: side, direction x side, direction.
Eigen::Matrix3d axes(const LeadShape& lead) {
  Eigen::Matrix3d m;
  m << lead.side, lead.direction.cross(lead.side), lead.direction;
  return m;
}

// A rigid motion must take the base's axis onto the pose's: both splines give it to rounding.
void require_same_bend(const LeadShape& base, const LeadShape& pose, const Eigen::Matrix3d& turn) {
  if (base.straight() && pose.straight())
    return;
  constexpr int samples = 64;
  double off = std::abs(pose.length - base.length);
  for (int i = 0; i <= samples; ++i) {
    const double s = base.length * i / samples;
    off = std::max(off, (pose.point(s) - pose.tip - turn * (base.point(s) - base.tip)).norm());
  }
  constexpr double rounding = 1e-8; // metres
  if (off > rounding)
    throw core::ConfigError("lead.shape",
                            core::concat("the lead is bent otherwise than in the base pose, by ",
                                         off * 1e3, " mm: a mesh follows rigid motions only"),
                            "mesh each pose afresh, or let the lead keep its bend");
}

} // namespace

MovingMesh::MovingMesh(const TetMesh& mesh, const LeadShape& lead,
                       const std::function<double(const Vector3d& p)>& distance_to_fixed)
    : mesh_(mesh), lead_(lead), weight_(mesh.vertices.size()), movable_(mesh.vertices.size()) {
  core::parallel_for(weight_.size(), 1024, [&](std::size_t v) {
    const Vector3d& p = mesh.vertices[v];
    double s = 0.0;
    const double d = std::max(0.0, lead.axis_distance(p, s) - lead.outer_radius());
    if (d >= morph_reach)
      return;
    const double f = std::min(distance_to_fixed(p), morph_reach - d);
    constexpr double touching = 1e-9; // metres: rounding of vertices on what stays
    weight_[v] = f > touching ? f / (d + f) : 0.0;
    movable_[v] = weight_[v] > 0.0 ? 1 : 0;
  });
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    if (std::any_of(mesh.tets[t].begin(), mesh.tets[t].end(),
                    [&](int v) { return movable_[static_cast<std::size_t>(v)] != 0; })) {
      tets_.push_back(static_cast<int>(t));
      quality_.push_back(tet_quality(corners(mesh.vertices, mesh.tets[t])));
    }
}

std::optional<std::vector<Vector3d>> MovingMesh::vertices(const LeadShape& pose) const {
  const Eigen::Matrix3d turn = axes(pose) * axes(lead_).transpose();
  require_same_bend(lead_, pose, turn);
  std::vector<Vector3d> moved = mesh_.vertices;
  core::parallel_for(moved.size(), 4096, [&](std::size_t v) {
    if (weight_[v] > 0.0) {
      const Vector3d target = pose.tip + turn * (moved[v] - lead_.tip);
      moved[v] += weight_[v] * (target - moved[v]);
    }
  });
  std::atomic<bool> sound = true;
  core::parallel_for(tets_.size(), 2048, [&](std::size_t i) {
    const auto& tet = mesh_.tets[static_cast<std::size_t>(tets_[i])];
    if (!(tet_quality(corners(moved, tet)) > least_of_quality * quality_[i]))
      sound = false;
  });
  if (!sound)
    return std::nullopt;
  return moved;
}

} // namespace foramen::field
