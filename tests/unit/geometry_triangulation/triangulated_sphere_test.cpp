#include "geometry/surface_measures.hpp"
#include "geometry/triangulated_sphere.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace foramen::geometry;

namespace {
constexpr double pi = std::numbers::pi;
}

TEST_CASE("a triangulated sphere is closed, oriented and evenly cut", "[geometry]") {
  const Vector3d centre(1e-3, -2e-3, 5e-3);
  const double radius = 4e-3, size = 0.7e-3;
  const Surface surface = triangulate_sphere(centre, radius, size, 5);
  const SurfaceTopology shape = topology(surface);
  CHECK(shape.closed);
  CHECK(shape.oriented);
  CHECK(shape.euler == 2);
  CHECK(smallest_angle(surface) > 50.0 * pi / 180.0);
  CHECK(std::all_of(surface.patch.begin(), surface.patch.end(), [](int p) { return p == 5; }));
  double longest = 0.0;
  for (const auto& t : surface.triangles)
    for (std::size_t k = 0; k < 3; ++k)
      longest = std::max(longest, (surface.points[static_cast<std::size_t>(t[k])] -
                                   surface.points[static_cast<std::size_t>(t[(k + 1) % 3])])
                                      .norm());
  CHECK(longest <= size);
  CHECK(longest > 0.7 * size);
}

TEST_CASE("a sphere's area converges with second order to 4 pi r^2", "[geometry]") {
  const double radius = 3e-3;
  double error = 0.0;
  for (const double size : {1.26 * radius / 4, 1.26 * radius / 8, 1.26 * radius / 16}) {
    const double e =
        4.0 * pi * radius * radius - area(triangulate_sphere(Vector3d::Zero(), radius, size));
    CHECK(e > 0.0);
    if (error > 0.0) // error / 4 per halving of the size
      CHECK(error / e == Approx(4.0).epsilon(0.05));
    error = e;
  }
}

TEST_CASE("a sphere's projector restores the radius", "[geometry]") {
  const Vector3d centre(1e-3, 0.0, 0.0);
  const Surface surface = triangulate_sphere(centre, 2e-3, 1e-3);
  const Vector3d p = surface.project(centre + Vector3d(0.3e-3, 1.7e-3, -0.4e-3), 0);
  CHECK((p - centre).norm() == Approx(2e-3).epsilon(1e-14));
}
