#include "field/moving_mesh.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/edge_cut.hpp"
#include "field/mesh_checks.hpp"
#include "field/vertex_star.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <numeric>

namespace foramen::field {
namespace {

// Columns: side, direction x side, direction.
Eigen::Matrix3d axes(const LeadShape& lead) {
  Eigen::Matrix3d m;
  m << lead.side, lead.direction.cross(lead.side), lead.direction;
  return m;
}

void require_same_bend(const LeadShape& base, const LeadShape& pose) {
  const double off = lead::bend_difference(base, pose);
  if (off > lead::same_bend)
    throw core::ConfigError("lead.shape",
                            core::concat("the lead is bent otherwise than in the base pose, by ",
                                         off * 1e3, " mm: a mesh follows rigid motions only"),
                            "mesh each pose afresh, or let the lead keep its bend");
}

std::vector<double> morph_weights(const std::vector<Vector3d>& vertices, const LeadShape& lead,
                                  const std::function<double(const Vector3d& p)>& distance) {
  std::vector<double> weight(vertices.size(), 0.0);
  core::parallel_for(weight.size(), 1024, [&](std::size_t v) {
    const Vector3d& p = vertices[v];
    double s = 0.0;
    const double d = std::max(0.0, lead.axis_distance(p, s) - lead.outer_radius());
    if (d >= morph_reach)
      return;
    const double f = std::min(distance(p), morph_reach - d);
    constexpr double touching = 1e-9; // metres: rounding of vertices on what stays
    weight[v] = f > touching ? f / (d + f) : 0.0;
  });
  return weight;
}

std::vector<std::uint8_t> on_surface(const TetMesh& mesh) {
  std::vector<std::uint8_t> on(mesh.vertices.size(), 0);
  for (const auto& face : mesh.faces)
    for (const int v : face)
      on[static_cast<std::size_t>(v)] = 1;
  return on;
}

// Edges from the moving tube to what stays.
void cut_spanning_edges(TetMesh& mesh, const std::vector<double>& weight) {
  const std::vector<std::uint8_t> fixed = on_surface(mesh);
  constexpr double rounding = 1e-6; // of weights on the tube
  cut_edges(mesh, [&](int a, int b) {
    const auto v = static_cast<std::size_t>(a), w = static_cast<std::size_t>(b);
    return fixed[v] && fixed[w] && std::min(weight[v], weight[w]) == 0.0 &&
           std::max(weight[v], weight[w]) > 1.0 - rounding;
  });
}

} // namespace

MovingMesh::MovingMesh(TetMesh mesh, const LeadShape& lead,
                       const std::function<double(const Vector3d& p)>& distance_to_fixed)
    : mesh_(std::move(mesh)), lead_(lead),
      weight_(morph_weights(mesh_.vertices, lead, distance_to_fixed)) {
  const std::size_t given = mesh_.vertices.size();
  cut_spanning_edges(mesh_, weight_);
  const std::vector<double> added = morph_weights(
      {mesh_.vertices.begin() + static_cast<std::ptrdiff_t>(given), mesh_.vertices.end()}, lead,
      distance_to_fixed);
  weight_.insert(weight_.end(), added.begin(), added.end());
  for (const double w : weight_)
    movable_.push_back(w > 0.0 ? 1 : 0);
  for (std::size_t t = 0; t < mesh_.tets.size(); ++t)
    if (std::any_of(mesh_.tets[t].begin(), mesh_.tets[t].end(),
                    [&](int v) { return movable_[static_cast<std::size_t>(v)] != 0; })) {
      tets_.push_back(t);
      quality_.push_back(tet_quality(tet_corners(mesh_.vertices, mesh_.tets[t])));
    }
  find_stars();
}

void MovingMesh::find_stars() {
  std::vector<std::uint8_t> free = movable_;
  const std::vector<std::uint8_t> on = on_surface(mesh_);
  for (std::size_t v = 0; v < free.size(); ++v)
    free[v] = free[v] && !on[v];
  first_of_star_.assign(free.size() + 1, 0);
  const auto each = [&](const auto& body) {
    for (const std::size_t t : tets_)
      for (const int v : mesh_.tets[t])
        if (free[static_cast<std::size_t>(v)])
          body(static_cast<std::size_t>(v), t);
  };
  each([&](std::size_t v, std::size_t) { ++first_of_star_[v + 1]; });
  std::partial_sum(first_of_star_.begin(), first_of_star_.end(), first_of_star_.begin());
  stars_.resize(first_of_star_.back());
  std::vector<std::size_t> next = first_of_star_;
  each([&](std::size_t v, std::size_t t) { stars_[next[v]++] = t; });
}

std::vector<std::size_t> MovingMesh::tets_below(double limit,
                                                const std::vector<Vector3d>& vertices) const {
  std::vector<std::uint8_t> below(tets_.size());
  core::parallel_for(tets_.size(), 2048, [&](std::size_t i) {
    const double quality = signed_quality(tet_corners(vertices, mesh_.tets[tets_[i]]));
    below[i] = !(quality >= std::min(limit, 0.5 * quality_[i]));
  });
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < tets_.size(); ++i)
    if (below[i])
      list.push_back(tets_[i]);
  return list;
}

void MovingMesh::relax(std::vector<Vector3d>& vertices) const {
  constexpr int most_sweeps = 8; // what one vertex leaves a neighbour may mend
  // More are no matter of single vertices; some 0.3 s. At the corners of 1 mm x 1 mm x 1 mm of
  // poses 1 mm from the nerve there are 50.
  constexpr std::size_t most_bad = 500;
  std::vector<std::size_t> bad = tets_below(relaxed_quality, vertices);
  bool moved = bad.size() <= most_bad;
  for (int i = 0; i < most_sweeps && moved && !bad.empty(); ++i) {
    moved = false;
    for (const std::size_t t : bad)
      for (const int v : mesh_.tets[t])
        if (const auto around = star(static_cast<std::size_t>(v)); !around.empty())
          moved |= VertexStar(vertices, mesh_.tets, v, around).improve(relaxed_quality);
    bad = tets_below(relaxed_quality, vertices);
  }
}

std::optional<std::vector<Vector3d>> MovingMesh::vertices(const LeadShape& pose) const {
  require_same_bend(lead_, pose);
  const Eigen::Matrix3d turn = axes(pose) * axes(lead_).transpose();
  std::vector<Vector3d> moved = mesh_.vertices;
  core::parallel_for(moved.size(), 4096, [&](std::size_t v) {
    if (weight_[v] > 0.0) {
      const Vector3d target = pose.tip + turn * (moved[v] - lead_.tip);
      moved[v] += weight_[v] * (target - moved[v]);
    }
  });
  relax(moved);
  if (!tets_below(remeshed_quality, moved).empty())
    return std::nullopt;
  return moved;
}

} // namespace foramen::field
