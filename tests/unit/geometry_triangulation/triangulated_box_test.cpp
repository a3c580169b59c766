#include "core/error.hpp"
#include "geometry/solid.hpp"
#include "geometry/surface_measures.hpp"
#include "geometry/triangulated_box.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen::geometry;

namespace {

constexpr double pi = std::numbers::pi;

RoundedBox tilted(const Vector3d& half_size, double rounding) {
  return {Vector3d(3e-3, -70e-3, 20e-3), half_size,
          Eigen::AngleAxisd(0.7, Vector3d(1.0, 2.0, -0.5).normalized()).toRotationMatrix(),
          rounding};
}

// Steiner: the inner box grown by a ball.
double exact_area(const RoundedBox& box) {
  const Vector3d e = 2.0 * (box.half_size - Vector3d::Constant(box.rounding));
  return 2.0 * (e.x() * e.y() + e.y() * e.z() + e.z() * e.x()) + 2.0 * pi * box.rounding * e.sum() +
         4.0 * pi * box.rounding * box.rounding;
}
double exact_volume(const RoundedBox& box) {
  const Vector3d e = 2.0 * (box.half_size - Vector3d::Constant(box.rounding));
  const double r = box.rounding;
  return e.prod() + 2.0 * r * (e.x() * e.y() + e.y() * e.z() + e.z() * e.x()) +
         pi * r * r * e.sum() + 4.0 / 3.0 * pi * r * r * r;
}

} // namespace

TEST_CASE("a rounded box is closed, points outwards and lies on its solid's surface",
          "[geometry][box]") {
  for (const RoundedBox& box :
       {tilted({25e-3, 20e-3, 5e-3}, 5e-3), tilted({25e-3, 20e-3, 6e-3}, 2e-3),
        tilted({5e-3, 5e-3, 5e-3}, 5e-3), tilted({30e-3, 5e-3, 5e-3}, 5e-3)}) {
    const Surface surface = triangulate_box(box, 3e-3, 7);
    const SurfaceTopology form = topology(surface);
    CHECK(form.closed);
    CHECK(form.oriented);
    CHECK(enclosed_volume(surface) > 0.0);
    CHECK(surface.patch == std::vector<int>(surface.triangles.size(), 7));
    const SolidPtr solid =
        foramen::geometry::box(box.centre, box.half_size, box.axes, box.rounding);
    for (const Vector3d& p : surface.points)
      CHECK(std::abs(solid->distance(p)) < 1e-15);
    double longest = 0.0, sharpest = 1.0;
    for (const auto& t : surface.triangles)
      for (std::size_t k = 0; k < 3; ++k) {
        const auto at = [&](std::size_t i) {
          return surface.points[static_cast<std::size_t>(t[(k + i) % 3])];
        };
        const Vector3d a = at(1) - at(0), b = at(2) - at(0);
        longest = std::max(longest, a.norm());
        sharpest = std::min(sharpest, a.cross(b).norm() / (a.norm() * b.norm()));
      }
    CHECK(longest < 1.5 * std::sqrt(2.0) * 3e-3); // diagonals of the squares
    CHECK(sharpest > std::sin(25.0 * pi / 180.0));
  }
}

TEST_CASE("area and volume of a rounded box converge with the square of the size",
          "[geometry][box]") {
  const RoundedBox box = tilted({25e-3, 20e-3, 7e-3}, 4e-3);
  std::vector<double> area, volume;
  for (const double size : {3.2e-3, 1.6e-3, 0.8e-3}) {
    const Surface surface = triangulate_box(box, size);
    area.push_back(exact_area(box) - foramen::geometry::area(surface, 0));
    volume.push_back(exact_volume(box) - enclosed_volume(surface));
  }
  CHECK(area[1] < 0.01 * exact_area(box));
  for (const auto& off : {area, volume})
    for (std::size_t i = 0; i + 1 < off.size(); ++i) {
      CHECK(off[i] > 0.0); // inscribed
      CHECK(off[i] / off[i + 1] == Approx(4.0).epsilon(0.1));
    }
}

TEST_CASE("a rounded box's projection is the nearest point, its reach the farthest",
          "[geometry][box]") {
  const RoundedBox box = tilted({25e-3, 20e-3, 7e-3}, 4e-3);
  const SolidPtr solid = foramen::geometry::box(box.centre, box.half_size, box.axes, box.rounding);
  const Vector3d from(10e-3, 0.0, 0.0);
  double reach = 0.0;
  for (const Vector3d& p : triangulate_box(box, 1e-3).points)
    reach = std::max(reach, (p - from).norm());
  CHECK(box.reach(from) >= reach);
  CHECK(box.reach(from) < reach + 0.1e-3); // sagitta of the farthest corner's triangles
  for (int i = 0; i < 50; ++i) {
    const Vector3d p = box.centre + 40e-3 * Vector3d(std::sin(1.3 * i), std::cos(2.1 * i),
                                                     std::sin(0.7 * i + 1.0));
    if (solid->distance(p) <= 0.0)
      continue;
    CHECK((box.onto_surface(p) - p).norm() == Approx(solid->distance(p)));
    CHECK(std::abs(solid->distance(box.onto_surface(p))) < 1e-15);
  }
}
