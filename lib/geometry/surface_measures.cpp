#include "geometry/surface_measures.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace foramen::geometry {
namespace {

std::array<Vector3d, 3> corners(const Surface& surface, std::size_t t) {
  const auto& [a, b, c] = surface.triangles[t];
  return {surface.points[static_cast<std::size_t>(a)], surface.points[static_cast<std::size_t>(b)],
          surface.points[static_cast<std::size_t>(c)]};
}

double triangle_area(const Surface& surface, std::size_t t) {
  const auto [a, b, c] = corners(surface, t);
  return 0.5 * (b - a).cross(c - a).norm();
}

} // namespace

SurfaceTopology topology(const Surface& surface) {
  std::map<std::pair<int, int>, std::pair<int, int>> edges; // uses forwards, backwards
  std::set<int> used;
  for (const auto& triangle : surface.triangles)
    for (std::size_t k = 0; k < 3; ++k) {
      const int a = triangle[k], b = triangle[(k + 1) % 3];
      used.insert(a);
      auto& uses = edges[{std::min(a, b), std::max(a, b)}];
      ++(a < b ? uses.first : uses.second);
    }
  SurfaceTopology result{true, true, 0};
  for (const auto& [edge, uses] : edges) {
    result.closed = result.closed && uses.first + uses.second == 2;
    result.oriented = result.oriented && uses.first == 1 && uses.second == 1;
  }
  result.euler = static_cast<int>(used.size()) - static_cast<int>(edges.size()) +
                 static_cast<int>(surface.triangles.size());
  return result;
}

double area(const Surface& surface) {
  double sum = 0.0;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t)
    sum += triangle_area(surface, t);
  return sum;
}

double area(const Surface& surface, int patch) {
  double sum = 0.0;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t)
    if (surface.patch[t] == patch)
      sum += triangle_area(surface, t);
  return sum;
}

double enclosed_volume(const Surface& surface) {
  if (surface.points.empty())
    return 0.0;
  const Vector3d origin = surface.points.front(); // near the surface: less cancellation
  double sum = 0.0;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t) {
    const auto [a, b, c] = corners(surface, t);
    sum += (a - origin).dot((b - origin).cross(c - origin)) / 6.0;
  }
  return sum;
}

double smallest_angle(const Surface& surface) {
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < surface.triangles.size(); ++t) {
    const auto p = corners(surface, t);
    for (std::size_t k = 0; k < 3; ++k) {
      const Vector3d e = p[(k + 1) % 3] - p[k], f = p[(k + 2) % 3] - p[k];
      smallest = std::min(smallest, std::atan2(e.cross(f).norm(), e.dot(f)));
    }
  }
  return smallest;
}

} // namespace foramen::geometry
