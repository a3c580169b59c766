#include "geometry/triangulated_sphere.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace foramen::geometry {
namespace {

// Corners of an icosahedron with one corner at the north pole, and its faces, outwards.
std::array<Vector3d, 12> icosahedron_corners() {
  std::array<Vector3d, 12> c;
  const double z = 1.0 / std::sqrt(5.0), r = 2.0 / std::sqrt(5.0);
  c[0] = Vector3d::UnitZ();
  c[11] = -Vector3d::UnitZ();
  for (int i = 0; i < 5; ++i) {
    const double upper = 2.0 * std::numbers::pi * i / 5.0, lower = upper + std::numbers::pi / 5.0;
    c[1 + i] = {r * std::cos(upper), r * std::sin(upper), z};
    c[6 + i] = {r * std::cos(lower), r * std::sin(lower), -z};
  }
  return c;
}

std::vector<std::array<int, 3>> icosahedron_faces() {
  std::vector<std::array<int, 3>> faces;
  for (int i = 0; i < 5; ++i) {
    const int j = (i + 1) % 5;
    faces.push_back({0, 1 + i, 1 + j});
    faces.push_back({1 + i, 6 + i, 1 + j});
    faces.push_back({1 + j, 6 + i, 6 + j});
    faces.push_back({11, 6 + j, 6 + i});
  }
  return faces;
}

} // namespace

Surface triangulate_sphere(const Vector3d& centre, double radius, double size, int patch) {
  FORAMEN_EXPECT(radius > 0.0 && size > 0.0, "radius ", radius, ", size ", size);
  // The longest edge of the geodesic sphere, at a face's centre, is 1.26 radius / n or a little
  // less.
  const int n = std::max(1, static_cast<int>(std::ceil(1.26 * radius / size)));
  const std::array<Vector3d, 12> corner = icosahedron_corners();
  Surface surface;
  // A grid point is named by its weights on the icosahedron's corners, so that faces share their
  // edges.
  std::map<std::array<std::pair<int, int>, 3>, int> known;
  auto vertex = [&](const std::array<int, 3>& face, int i, int j) {
    std::array<std::pair<int, int>, 3> key{{{face[0], n - i - j}, {face[1], i}, {face[2], j}}};
    Vector3d p = Vector3d::Zero();
    for (auto& [at, weight] : key) {
      p += weight * corner[static_cast<std::size_t>(at)];
      if (weight == 0)
        at = -1;
    }
    std::sort(key.begin(), key.end());
    const auto [it, is_new] = known.emplace(key, static_cast<int>(surface.points.size()));
    if (is_new)
      surface.points.push_back(centre + radius * p.normalized());
    return it->second;
  };
  for (const std::array<int, 3>& face : icosahedron_faces())
    for (int i = 0; i < n; ++i)
      for (int j = 0; i + j < n; ++j) {
        surface.triangles.push_back(
            {vertex(face, i, j), vertex(face, i + 1, j), vertex(face, i, j + 1)});
        if (i + j + 1 < n)
          surface.triangles.push_back(
              {vertex(face, i + 1, j), vertex(face, i + 1, j + 1), vertex(face, i, j + 1)});
      }
  surface.patch.assign(surface.triangles.size(), patch);
  surface.project = [centre, radius](const Vector3d& p, int) {
    return Vector3d(centre + (p - centre) * (radius / (p - centre).norm()));
  };
  return surface;
}

} // namespace foramen::geometry
