// A vertex on no surface, with the tetrahedra around it: it may go where the worst of them is best.
//
// A pattern search on the worst quality (signed_quality in mesh_checks.hpp), which also undoes
// inverted tetrahedra. Metres. Deterministic. Cost: 27 places per step, some five steps, and about
// 1 us per place, for most are given up at the first tetrahedron that is worse than the best
// place's worst.
#pragma once

#include <Eigen/Core>

#include <array>
#include <span>
#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

class VertexStar {
public:
  // What is given must stay alive and in place. `around`: the tetrahedra with the vertex.
  VertexStar(std::vector<Vector3d>& vertices, std::span<const std::array<int, 4>> tets, int vertex,
             std::span<const std::size_t> around)
      : vertices_(vertices), tets_(tets), position_(vertices[static_cast<std::size_t>(vertex)]),
        around_(around) {}

  double worst() const { return worst_above(-1.0); }
  // Steps to and fro along axes and diagonals, shorter ones where none helps, until the worst
  // quality is `enough` or no step helps. Returns whether the vertex moved.
  bool improve(double enough = 1.0);

private:
  // The worst quality, or some quality that is not above `floor`.
  double worst_above(double floor) const;
  double mean_edge() const;

  std::vector<Vector3d>& vertices_;
  std::span<const std::array<int, 4>> tets_;
  Vector3d& position_;
  std::span<const std::size_t> around_;
};

} // namespace foramen::field
