#include "field/vertex_star.hpp"

#include "field/mesh_checks.hpp"

#include <algorithm>

namespace foramen::field {

double VertexStar::worst_above(double floor) const {
  double least = 1.0;
  for (const std::size_t t : around_) {
    least = std::min(least, signed_quality(tet_corners(vertices_, tets_[t])));
    if (!(least > floor))
      break;
  }
  return least;
}

bool VertexStar::improve(double enough) {
  constexpr double first_step = 0.2, last_step = 0.005; // of the edges' mean length
  const double length = mean_edge();
  double best = worst();
  bool moved = false;
  for (double step = first_step; step > last_step && best < enough;) {
    const Vector3d start = position_;
    Vector3d to = start;
    for (int i = -1; i <= 1; ++i)
      for (int j = -1; j <= 1; ++j)
        for (int k = -1; k <= 1; ++k) {
          position_ = start + step * length * Vector3d(i, j, k);
          if (const double here = worst_above(best); here > best) {
            best = here;
            to = position_;
          }
        }
    position_ = to;
    if (to == start)
      step *= 0.5;
    else
      moved = true;
  }
  return moved;
}

double VertexStar::mean_edge() const {
  double sum = 0.0;
  for (const std::size_t t : around_)
    for (const int v : tets_[t]) // the vertex itself adds nothing, of four
      sum += (vertices_[static_cast<std::size_t>(v)] - position_).norm();
  return sum / (3.0 * static_cast<double>(around_.size()));
}

} // namespace foramen::field
