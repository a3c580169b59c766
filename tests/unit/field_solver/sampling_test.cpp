#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "field/point_location.hpp"
#include "field/reference_element.hpp"
#include "field/sampling.hpp"
#include "field/smooth_fit.hpp"
#include "field/space.hpp"
#include "scenes.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace foramen;
using namespace foramen::field;
using test::Bar;
using test::Coaxial;

namespace {

std::vector<Vector3d> random_points(int n, const char* purpose) {
  core::RandomStream random(3, purpose);
  std::vector<Vector3d> points;
  for (int i = 0; i < n; ++i)
    points.emplace_back(random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0),
                        random.uniform(-1.0, 1.0));
  return points;
}

double quartic(const Vector3d& p) {
  const double x = p.x(), y = p.y(), z = p.z();
  return 1.0 + x - 2.0 * y + x * z + y * y * z - 0.5 * x * x * y * z + z * z * z * z;
}

// Points between the cylinders of a coaxial resistor.
std::vector<Vector3d> gap_points(const Coaxial& c, int n) {
  core::RandomStream random(4, "gap");
  std::vector<Vector3d> points;
  for (int i = 0; i < n; ++i) {
    const double rho = random.uniform(c.a, c.b), angle = random.uniform(0.0, 6.2);
    points.emplace_back(rho * std::cos(angle), rho * std::sin(angle),
                        random.uniform(0.0, c.length));
  }
  return points;
}

} // namespace

TEST_CASE("points in curved elements are found with their reference coordinates", "[field]") {
  const Coaxial c;
  const Space space = build_space(test::coaxial_scene(c), test::coaxial_mesh(c, 2));
  const PointLocation location(space.nodes, space.elements);
  int found = 0;
  for (const Vector3d& p : gap_points(c, 500)) {
    const auto place = location.find(p);
    if (!place) // the quadratic surface deviates from the circle by (h / r)^4 / 400 or so
      continue;
    ++found;
    Vector3d x = Vector3d::Zero();
    const auto value = quadratic_values(place->reference);
    for (std::size_t a = 0; a < 10; ++a)
      x += value[a] * space.nodes[static_cast<std::size_t>(
                          space.elements[static_cast<std::size_t>(place->element)][a])];
    CHECK((x - p).norm() < 1e-12);
    CHECK(place->reference.minCoeff() > -1e-6);
    CHECK(place->reference.sum() < 1.0 + 1e-6);
  }
  CHECK(found > 490);
  CHECK_FALSE(location.find({0.0, 0.0, 0.5e-3}));
  CHECK_FALSE(location.find({0.0, 0.0, 1.0}));
}

TEST_CASE("the fit reproduces a quartic and its weights add to one", "[field]") {
  const std::vector<Vector3d> nodes = random_points(200, "nodes");
  const Vector3d centre(0.1, -0.05, 0.02);
  SmoothFit fit;
  REQUIRE(fit.compute(centre, 1.2, nodes));
  CHECK(fit.degree() == 4);
  double value = 0.0, sum = 0.0;
  for (std::size_t k = 0; k < fit.used().size(); ++k) {
    value += fit.weights()[k] * quartic(nodes[static_cast<std::size_t>(fit.used()[k])]);
    sum += fit.weights()[k];
  }
  CHECK(sum == Approx(1.0).epsilon(1e-10));
  CHECK(value == Approx(quartic(centre)).epsilon(1e-8)); // normal equations: half the digits
}

TEST_CASE("too few nodes lower the degree, nodes in a plane end at nothing", "[field]") {
  std::vector<Vector3d> nodes = random_points(25, "few");
  SmoothFit fit;
  REQUIRE(fit.compute(Vector3d::Zero(), 2.0, nodes));
  CHECK(fit.degree() <= 3);
  CHECK(fit.degree() >= 2);
  for (Vector3d& p : nodes)
    p.z() = 0.0;
  CHECK_FALSE(fit.compute(Vector3d::Zero(), 2.0, nodes));
  CHECK_FALSE(fit.compute(Vector3d::Zero(), 2.0, {}));
}

TEST_CASE("the smooth value is closer to the truth than the element's", "[field]") {
  const Coaxial c;
  const UnitPotentials u = solve_unit_potentials(test::coaxial_scene(c), test::coaxial_mesh(c, 4));
  const Sampler sampler(u);
  std::vector<Vector3d> points;
  for (const Vector3d& p : gap_points(c, 1500))
    if (std::abs(std::hypot(p.x(), p.y()) - 1.5e-3) < 0.2e-3 && std::abs(p.z() - 0.5e-3) < 0.2e-3)
      points.push_back(p);
  const Sampler::Values smooth = sampler.smooth(points), raw = sampler.raw(points);
  double smooth_error = 0.0, raw_error = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    smooth_error += std::abs(smooth(row, 0) - c.potential(points[i]));
    raw_error += std::abs(raw(row, 0) - c.potential(points[i]));
  }
  REQUIRE(points.size() > 100);
  CHECK(smooth_error < 0.7 * raw_error); // measured 0.5
}

TEST_CASE("the fit does not look across a sheet", "[field]") {
  // On both sides the potential is linear, which any fit of one side reproduces; it jumps between
  // them.
  const Bar bar{.cells = {6, 6, 8}, .sheet = 0.06};
  const UnitPotentials u =
      solve_unit_potentials(test::bar_scene(bar), test::bar_mesh(bar),
                            {.relative_tolerance = 1e-10, .max_iterations = 60});
  const Sampler sampler(u);
  std::vector<Vector3d> points;
  for (int i = 1; i < 40; ++i)
    points.emplace_back(0.9e-3, 1.4e-3, bar.size.z() * (i + 0.3) / 41.0);
  const Sampler::Values smooth = sampler.smooth(points);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool below = points[i].z() < 0.5 * bar.size.z();
    CHECK(sampler.region_at(points[i]) == (below ? 0 : 1));
    CHECK(smooth(static_cast<Eigen::Index>(i), 0) ==
          Approx((bar.size.z() - points[i].z()) / (bar.sigma * bar.area()) +
                 (below ? bar.sheet / bar.area() : 0.0))
              .epsilon(1e-7));
  }
}

TEST_CASE("a point just across a sheet takes the values of the region it belongs to", "[field]") {
  const Bar bar{.cells = {6, 6, 8}, .sheet = 0.06};
  const UnitPotentials u =
      solve_unit_potentials(test::bar_scene(bar), test::bar_mesh(bar),
                            {.relative_tolerance = 1e-10, .max_iterations = 60});
  const Sampler sampler(u);
  const Vector3d p(0.9e-3, 1.4e-3, 0.5 * bar.size.z() + 0.05e-3);
  const std::array<Vector3d, 2> points{p, p};
  const std::array<int, 2> regions{0, 1};
  const Sampler::Values smooth = sampler.smooth(points, regions);
  const double above = (bar.size.z() - p.z()) / (bar.sigma * bar.area());
  CHECK(smooth(0, 0) == Approx(above + bar.sheet / bar.area()).epsilon(1e-7)); // continued
  CHECK(smooth(1, 0) == Approx(above).epsilon(1e-7));
}

TEST_CASE("sampling gives the same bits on one thread and on two", "[field]") {
  const Coaxial c;
  const UnitPotentials u = solve_unit_potentials(test::coaxial_scene(c), test::coaxial_mesh(c, 3));
  const Sampler sampler(u);
  std::vector<Vector3d> points;
  for (const Vector3d& p : gap_points(c, 2000))
    if (sampler.contains(p))
      points.push_back(p);
  const std::size_t before = core::thread_count();
  core::set_thread_count(1);
  const Sampler::Values one = sampler.smooth(points);
  core::set_thread_count(2);
  const Sampler::Values two = sampler.smooth(points);
  core::set_thread_count(before);
  CHECK(one == two);
}

TEST_CASE("a point outside the mesh is refused with its distance", "[field]") {
  const Bar bar;
  const UnitPotentials u = solve_unit_potentials(test::bar_scene(bar), test::bar_mesh(bar));
  const Sampler sampler(u);
  CHECK(sampler.region_at({0.0, 0.0, -1e-3}) == -1);
  const Vector3d outside[] = {Vector3d(1e-3, 1e-3, 1e-3), Vector3d(0.0, 0.0, -1e-3)};
  try {
    sampler.smooth(outside);
    FAIL("accepted");
  } catch (const core::WorldError& e) {
    CHECK(e.place() == "point (0, 0, -1) mm");
    CHECK(e.cause() == "it is outside the mesh, 1 mm from the nearest node");
  }
}
