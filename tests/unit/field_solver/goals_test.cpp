// Adjoint potentials, elements' indicators, and the sizes that follow from them.

#include "core/parallel.hpp"
#include "core/random.hpp"
#include "field/goal_indicators.hpp"
#include "field/goal_refinement.hpp"
#include "field/sampling.hpp"
#include "field/space.hpp"
#include "scenes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

using namespace foramen;
using namespace foramen::field;
using test::Bar;
using test::Coaxial;

namespace {

// phi at the nodes of a bar's elements, without a solve.
UnitPotentials nodes_of(const Bar& bar) {
  const VolumeScene scene = test::bar_scene(bar);
  const Space space = build_space(scene, test::bar_mesh(bar));
  UnitPotentials u;
  u.nodes = space.nodes;
  u.elements = space.elements;
  u.region = space.region;
  return u;
}

template <class F> NodeValues values(const UnitPotentials& u, const F& f) {
  NodeValues v(static_cast<Eigen::Index>(u.nodes.size()), 1);
  for (std::size_t i = 0; i < u.nodes.size(); ++i)
    v(static_cast<Eigen::Index>(i), 0) = f(1e3 * u.nodes[i]);
  return v;
}

} // namespace

TEST_CASE("an adjoint gives at the contact what its goal sees of the contact's field", "[field]") {
  const Coaxial c;
  const VolumeScene scene = test::coaxial_scene(c);
  const TetMesh mesh = test::coaxial_mesh(c, 2);
  const SolverOptions options{.relative_tolerance = 1e-10};
  const UnitPotentials u = solve_unit_potentials(scene, mesh, options);
  const Sampler sampler(u);
  core::RandomStream random(5, "goal points");
  std::vector<Goal> goals;
  std::vector<double> seen;
  for (const char* name : {"first", "second", "third"}) {
    std::vector<Vector3d> points;
    std::vector<double> coefficients;
    for (int i = 0; i < 5; ++i) {
      const double rho = random.uniform(1.1e-3, 1.9e-3), angle = random.uniform(0.0, 6.2);
      points.emplace_back(rho * std::cos(angle), rho * std::sin(angle),
                          random.uniform(0.1e-3, 0.9e-3));
      coefficients.push_back(random.normal());
    }
    goals.push_back({name, sampler.weights(points, {}, coefficients)});
    const Sampler::Values smooth = sampler.smooth(points);
    seen.push_back(
        std::inner_product(coefficients.begin(), coefficients.end(), smooth.data(), 0.0));
  }
  const NodeValues z = adjoint_potentials(scene, mesh, goals, options);
  REQUIRE(z.rows() == u.phi.rows());
  const auto inner = std::min_element(u.nodes.begin(), u.nodes.end(), [](auto& a, auto& b) {
    return std::hypot(a.x(), a.y()) < std::hypot(b.x(), b.y());
  });
  for (std::size_t g = 0; g < goals.size(); ++g) { // a(u, z) = J(u), and = 1 A z(contact)
    const double weighted = std::accumulate(
        goals[g].weight.begin(), goals[g].weight.end(), 0.0,
        [&](double sum, const auto& w) { return sum + w.second * u.phi(w.first, 0); });
    CHECK(weighted == Approx(seen[g]).epsilon(1e-12));
    CHECK(z(inner - u.nodes.begin(), static_cast<Eigen::Index>(g)) ==
          Approx(seen[g]).epsilon(1e-8));
  }
  const std::size_t threads = core::thread_count();
  core::set_thread_count(threads == 1 ? 2 : 1);
  CHECK(adjoint_potentials(scene, mesh, goals, options) == z);
  core::set_thread_count(threads);
}

TEST_CASE("elements have no indicator where the potential is quadratic, and one of fourth order "
          "where not",
          "[field]") {
  const auto quadratic = [](const Vector3d& p) {
    return 1.0 + p.x() - 3.0 * p.y() * p.z() + p.z() * p.z() - 0.5 * p.x() * p.x();
  };
  const auto smooth = [](const Vector3d& p) { return std::sin(p.x() + 0.5 * p.y() - 0.3 * p.z()); };
  std::vector<double> total;
  for (const int n : {4, 8, 16}) {
    const Bar bar{.size = Vector3d::Constant(2e-3), .cells = {n, n, n}};
    const UnitPotentials u = nodes_of(bar);
    const VolumeScene scene = test::bar_scene(bar);
    const NodeValues s = values(u, smooth), q = values(u, quadratic);
    CHECK(goal_indicators(u, scene, q, s).maxCoeff() <
          1e-10 * goal_indicators(u, scene, s, s).maxCoeff());
    total.push_back(goal_indicators(u, scene, s, s).sum());
  }
  // e = |.|^2, and gradients of quadratic elements are wrong by O(h^2).
  CHECK(std::log2(total[0] / total[1]) == Approx(4.0).margin(0.5));
  CHECK(std::log2(total[1] / total[2]) == Approx(4.0).margin(0.3));
}

TEST_CASE("gradients that jump between tissues are no error", "[field]") {
  const Bar bar{.size = Vector3d::Constant(2e-3), .cells = {4, 4, 4}};
  const UnitPotentials one = nodes_of(bar);
  UnitPotentials u = one; // regions 0 below and 1 above half height
  for (std::size_t t = 0; t < u.elements.size(); ++t)
    for (std::size_t i = 0; i < 4; ++i)
      if (u.nodes[static_cast<std::size_t>(u.elements[t][i])].z() > 1.01e-3)
        u.region[t] = 1;
  const auto kink = [](const Vector3d& p) {
    return p.x() + (p.z() > 1.0 ? 3.0 : 1.0) * (p.z() - 1.0);
  };
  const auto smooth = [](const Vector3d& p) { return std::sin(p.x() + p.y() - p.z()); };
  VolumeScene scene = test::bar_scene(bar);
  const NodeValues k = values(u, kink), s = values(u, smooth);
  const double scale = goal_indicators(u, scene, s, s).maxCoeff();
  CHECK(goal_indicators(u, scene, k, s).maxCoeff() < 1e-10 * scale);

  scene.region_is_uniform = {false};
  scene.conductivity = [](int, const Vector3d& p) {
    return test::isotropic(p.z() > 1e-3 ? 0.1 : 0.3);
  };
  CHECK(goal_indicators(one, scene, k, s).maxCoeff() > 1e-3 * scale);
  scene.region_has_jumps = {true};
  CHECK(goal_indicators(one, scene, k, s).maxCoeff() < 1e-10 * scale);
}

TEST_CASE("sizes follow from the indicators with the fewest elements", "[field]") {
  const Bar bar{.size = Vector3d::Constant(2e-3), .cells = {16, 16, 16}};
  const UnitPotentials u = nodes_of(bar);
  const std::size_t n = u.elements.size();
  const auto centre_x = [&](std::size_t t) {
    double x = 0.0;
    for (std::size_t i = 0; i < 4; ++i)
      x += 0.25e3 * u.nodes[static_cast<std::size_t>(u.elements[t][i])].x();
    return x;
  };

  SECTION("the same everywhere: sizes shrink everywhere alike") {
    const GoalRefinement all = refine_for_goals(u, std::vector<double>(n, 0.1), 0.4);
    CHECK(all.error == Approx(0.4).epsilon(1e-6));
    CHECK(all.elements == Approx(1.0 / 0.4).epsilon(1e-6));
    for (const double x : {0.1e-3, 0.7e-3, 1.9e-3})
      CHECK(all.factor.at(Vector3d(x, 1.1e-3, 0.3e-3)) == Approx(std::cbrt(0.4)).epsilon(1e-6));
  }
  SECTION("where there is none they stay") {
    std::vector<double> indicator(n, 0.0);
    for (std::size_t t = 0; t < n; ++t)
      indicator[t] = centre_x(t) < 1.0 ? 1.0 : 0.0;
    const GoalRefinement half = refine_for_goals(u, indicator, 0.4);
    CHECK(half.error == Approx(0.4).epsilon(1e-6));
    CHECK(half.elements == Approx(0.5 + 0.5 / 0.4).epsilon(1e-6));
    CHECK(half.factor.at(Vector3d(0.2e-3, 1e-3, 1e-3)) == Approx(std::cbrt(0.4)).epsilon(1e-6));
    CHECK(half.factor.at(Vector3d(1.8e-3, 1e-3, 1e-3)) == 1.0);
  }
  SECTION("64 times the indicator: half the size, and no other choice has fewer elements") {
    std::vector<double> indicator(n);
    for (std::size_t t = 0; t < n; ++t)
      indicator[t] = centre_x(t) < 1.0 ? 64.0 : 1.0;
    const GoalRefinement best = refine_for_goals(u, indicator, 0.1, 0.01);
    const double left = best.factor.at(Vector3d(0.2e-3, 1e-3, 1e-3));
    const double right = best.factor.at(Vector3d(1.8e-3, 1e-3, 1e-3));
    CHECK(left == Approx(0.5 * right).epsilon(1e-6));
    CHECK((64.0 * std::pow(left, 3.0) + std::pow(right, 3.0)) / 65.0 == Approx(0.1).epsilon(1e-6));
    const double elements = 0.5 / std::pow(left, 3.0) + 0.5 / std::pow(right, 3.0);
    CHECK(best.elements == Approx(elements).epsilon(1e-6));
    for (const double other : {0.95 * left, 1.05 * left}) { // of the same error
      const double rest = 65.0 * 0.1 - 64.0 * std::pow(other, 3.0);
      if (rest > 0.0)
        CHECK(0.5 / std::pow(other, 3.0) + 0.5 / rest > elements);
    }
  }
  SECTION("no further than the least factor, and that is said") {
    const GoalRefinement bound = refine_for_goals(u, std::vector<double>(n, 1.0), 0.05);
    CHECK(bound.error == Approx(0.125));
    CHECK(bound.elements == Approx(8.0));
  }
  SECTION("nothing to gain: nothing changes") {
    const GoalRefinement none = refine_for_goals(u, std::vector<double>(n, 0.0), 0.5);
    CHECK(none.elements == 1.0);
    CHECK(none.factor.at(Vector3d(1e-3, 1e-3, 1e-3)) == 1.0);
  }
}
