#include "geometry/surface_measures.hpp"
#include "geometry/triangulated_tube.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>
#include <set>

using namespace foramen::geometry;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double degree = pi / 180.0;

std::shared_ptr<const Curve> straight(double length) {
  return std::make_shared<const Curve>(
      std::vector<Vector3d>{Vector3d::Zero(), length * Vector3d(1.0, 2.0, -2.0) / 3.0});
}

// A gentle S in space, radius of curvature above 15 mm.
std::shared_ptr<const Curve> bent() {
  std::vector<Vector3d> points;
  for (int i = 0; i <= 20; ++i) {
    const double t = i / 20.0;
    points.emplace_back(40e-3 * t, 4e-3 * std::sin(4.0 * t), 3e-3 * std::cos(3.0 * t));
  }
  return std::make_shared<const Curve>(points);
}

TubeMeshing uniform(double size) {
  TubeMeshing meshing;
  meshing.size = [size](double, double) { return RingSize{size, size}; };
  return meshing;
}

void check_closed(const Surface& surface) {
  const SurfaceTopology shape = topology(surface);
  CHECK(shape.closed);
  CHECK(shape.oriented);
  CHECK(shape.euler == 2);
  CHECK(enclosed_volume(surface) > 0.0);
  CHECK(surface.patch.size() == surface.triangles.size());
}

} // namespace

TEST_CASE("a tube's triangulation is closed, oriented and a sphere by topology", "[geometry]") {
  const auto axis = bent();
  TubeMeshing meshing = uniform(0.5e-3);
  SECTION("flat caps") {}
  SECTION("round caps") {
    meshing.start = meshing.end = Cap::round;
  }
  SECTION("bands and discs") {
    meshing.bands = {{3e-3, 6e-3, 1}, {10e-3, 13e-3, 2}};
    meshing.start_discs = {{0.5e-3, 3}, {1.0e-3, 4}};
  }
  SECTION("counts that change strongly from ring to ring") {
    meshing.size = [](double s, double) {
      const double h = graded_size(std::abs(s - 10e-3), 0.1e-3, 0.6, 2e-3);
      return RingSize{h, h};
    };
  }
  check_closed(triangulate_tube({axis, 1e-3, 30e-3, 0.3e-3, -0.5e-3, 1.5e-3}, meshing));
}

TEST_CASE("triangles of a uniform tube are well shaped", "[geometry]") {
  // Staggered rings make nearly equilateral triangles; where the vertex count changes towards the
  // centre of a cap the angle-merge leaves right-angled ones. 25 degrees keeps clear of both.
  const Surface surface =
      triangulate_tube({bent(), 1e-3, 30e-3, 0.0, 0.0, 1.5e-3}, uniform(0.4e-3));
  CHECK(smallest_angle(surface) > 25.0 * degree);
}

TEST_CASE("area and volume of a tube converge with second order", "[geometry]") {
  const double r = 1.3e-3, length = 9e-3;
  const double exact_area = 2.0 * pi * r * length + 2.0 * pi * r * r;
  const double exact_volume = pi * r * r * length;
  const auto axis = straight(12e-3);
  double area_error = 0.0, volume_error = 0.0;
  for (const double size : {0.4e-3, 0.2e-3, 0.1e-3}) {
    const Surface surface =
        triangulate_tube({axis, 1e-3, 1e-3 + length, 0.0, 0.0, r}, uniform(size));
    const double a = exact_area - area(surface), v = exact_volume - enclosed_volume(surface);
    CHECK(a > 0.0); // inscribed
    CHECK(v > 0.0);
    if (area_error > 0.0) {
      // Error / 4 per halving; vertex counts are rounded up to multiples of 2 or 4, at most 4
      // in 24.
      CHECK(area_error / a > 3.2);
      CHECK(volume_error / v > 3.2);
    }
    area_error = a;
    volume_error = v;
  }
}

TEST_CASE("a bent tube has the volume of a straight one of its centre line's length",
          "[geometry]") {
  // Pappus: the normal cross-section pi r^2 times the length of the curve through the centres.
  const auto axis = bent();
  const double r = 1.0e-3;
  double error = 0.0;
  for (const double size : {0.3e-3, 0.15e-3}) {
    const Surface s = triangulate_tube({axis, 2e-3, 32e-3, 0.0, 0.0, r}, uniform(size));
    const double e = pi * r * r * 30e-3 - enclosed_volume(s);
    if (error != 0.0)
      CHECK(error / e > 3.2);
    error = e;
  }
  CHECK(std::abs(error) < 0.01 * pi * r * r * 30e-3);
}

TEST_CASE("contact bands begin and end on rings and have a cylinder's area", "[geometry]") {
  const double r = 0.65e-3;
  TubeMeshing meshing;
  meshing.bands = {{2e-3, 5e-3, 1}, {9e-3, 12e-3, 2}};
  meshing.size = [](double s, double) {
    const double edge =
        std::min({std::abs(s - 2e-3), std::abs(s - 5e-3), std::abs(s - 9e-3), std::abs(s - 12e-3)});
    return RingSize{graded_size(edge, 0.06e-3, 0.3, 0.5e-3), 0.2e-3};
  };
  const Surface surface = triangulate_tube({straight(20e-3), 0.5e-3, 18e-3, 0.0, 0.0, r}, meshing);
  check_closed(surface);
  // ceil(2 pi 0.65 / 0.2) = 21 vertices around, rounded up to 22.
  const double polygon_area = 2.0 * 22 * r * std::sin(pi / 22) * 3e-3;
  // Staggered flat strips are a little shorter than the prism: each triangle is tilted inwards by
  // up to the sagitta r (1 - cos(pi/22)) over the strip's height; on the coarse strips below 1e-3
  // relative.
  CHECK(area(surface, 1) == Approx(polygon_area).epsilon(5e-3));
  CHECK(area(surface, 2) == Approx(area(surface, 1)).epsilon(1e-12));
  const Vector3d along = Vector3d(1.0, 2.0, -2.0) / 3.0;
  double low = 1.0, high = 0.0;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t)
    if (surface.patch[t] == 1)
      for (const int v : surface.triangles[t]) {
        const double s = along.dot(surface.points[static_cast<std::size_t>(v)]);
        low = std::min(low, s);
        high = std::max(high, s);
      }
  CHECK(low == Approx(2e-3).epsilon(1e-9));
  CHECK(high == Approx(5e-3).epsilon(1e-9));
}

TEST_CASE("triangles stay usable where rings are graded to a contact's edge", "[geometry]") {
  TubeMeshing meshing;
  meshing.bands = {{8e-3, 11e-3, 1}};
  meshing.size = [](double s, double) {
    const double edge = std::min(std::abs(s - 8e-3), std::abs(s - 11e-3));
    return RingSize{graded_size(edge, 0.08e-3, 0.3, 1e-3), graded_size(edge, 0.25e-3, 0.3, 0.6e-3)};
  };
  const Surface surface =
      triangulate_tube({straight(30e-3), 1e-3, 25e-3, 0.0, 0.0, 0.65e-3}, meshing);
  // Rings 0.08 mm apart with 0.25-mm edges: atan(0.08 / 0.125) = 33 degrees when staggered, down to
  // atan(0.08 / 0.25) = 18 where the vertices of two rings face each other.
  CHECK(smallest_angle(surface) > 15.0 * degree);
}

TEST_CASE("a tube's projector puts points onto the exact surface", "[geometry]") {
  const auto axis = bent();
  const Tube tube{axis, 1e-3, 30e-3, 0.4e-3, 0.2e-3, 1.1e-3};
  TubeMeshing meshing = uniform(0.4e-3);
  meshing.end = Cap::round;
  meshing.start_discs = {{0.6e-3, 7}};
  const Surface surface = triangulate_tube(tube, meshing);
  for (std::size_t t = 0; t < surface.triangles.size(); t += 7) {
    const auto& triangle = surface.triangles[t];
    const int patch = surface.patch[t];
    const Vector3d middle = 0.5 * (surface.points[static_cast<std::size_t>(triangle[0])] +
                                   surface.points[static_cast<std::size_t>(triangle[1])]);
    const Vector3d p = surface.project(middle, patch);
    CHECK((p - middle).norm() < 0.06e-3); // sagitta of a 0.7-mm chord on a 1.1-mm circle
    if (patch == 0) {
      const double s = axis->closest(p).s;
      CHECK((p - axis->at(s, 0.4e-3, 0.2e-3)).norm() == Approx(1.1e-3).epsilon(1e-6));
    } else if (patch == end_cap_patch) {
      CHECK((p - axis->at(30e-3, 0.4e-3, 0.2e-3)).norm() == Approx(1.1e-3).epsilon(1e-12));
    } else if (patch == start_cap_patch) {
      CHECK(p == middle);
    }
  }
}

TEST_CASE("the rim of a disc on a cap is curved onto its circle", "[geometry]") {
  const double a = 0.5e-3;
  TubeMeshing meshing;
  meshing.start_discs = {{a, 1}};
  meshing.size = [&](double, double rho) {
    const double h = graded_size(std::abs(rho - a), 0.03e-3, 0.3, 0.4e-3);
    return RingSize{h, std::max(h, 0.1e-3)};
  };
  const Surface surface = triangulate_tube({straight(10e-3), 0.0, 4e-3, 0.0, 0.0, 2e-3}, meshing);
  check_closed(surface);
  std::set<std::pair<int, int>> disc_edges, rim;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t)
    if (surface.patch[t] == 1)
      for (std::size_t k = 0; k < 3; ++k)
        disc_edges.emplace(surface.triangles[t][k], surface.triangles[t][(k + 1) % 3]);
  int on_rim = 0;
  for (const auto& [i, j] : disc_edges) {
    const Vector3d middle = 0.5 * (surface.points[static_cast<std::size_t>(i)] +
                                   surface.points[static_cast<std::size_t>(j)]);
    const Vector3d p = surface.project(middle, 1);
    if (disc_edges.count({j, i}) == 0) {
      CHECK(p.norm() == Approx(a).epsilon(1e-12));
      ++on_rim;
    } else {
      CHECK(p == middle);
    }
  }
  CHECK(on_rim >= 2.0 * pi * a / 0.1e-3);
}

TEST_CASE("waved rings are not plane but stay on the tube", "[geometry]") {
  TubeMeshing meshing = uniform(0.3e-3);
  meshing.wave = 0.2;
  meshing.start = meshing.end = Cap::round;
  const double r = 0.4e-3, first = 2e-3, last = 8e-3;
  const Surface surface = triangulate_tube({straight(10e-3), first, last, 0.0, 0.0, r}, meshing);
  check_closed(surface);
  CHECK(smallest_angle(surface) > 25.0 * degree);
  const Vector3d along = Vector3d(1.0, 2.0, -2.0) / 3.0;
  double low = 1.0, high = 0.0; // of the ring next to the middle of the tube
  for (const Vector3d& p : surface.points) {
    const double s = along.dot(p);
    if (s < first || s > last)
      continue;
    CHECK((p - s * along).norm() == Approx(r).epsilon(1e-12));
    if (std::abs(s - 5e-3) < 0.149e-3) {
      low = std::min(low, s);
      high = std::max(high, s);
    }
  }
  CHECK(high - low > 0.2 * 0.3e-3); // twice the amplitude, wave * distance, nearly
}
