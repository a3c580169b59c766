// Started by mpirun on one, two and three ranks: every rank runs every test.

#include "core/error.hpp"
#include "field/ranks.hpp"
#include "unit/field_solver/scenes.hpp"

#include <catch2/catch.hpp>

#include <numeric>

namespace {

using namespace foramen;
using namespace foramen::field;
using test::Bar;

// 20 000 unknowns in ten chunks; levels of 300 rows and more are shared out.
const SolverOptions many_levels{.relative_tolerance = 1e-6, .shared_level_rows = 300};
const Bar bar{.cells = {12, 12, 16}, .sheet = 0.06};

VolumeScene uneven_bar() {
  VolumeScene scene = test::bar_scene(bar);
  scene.region_is_uniform = {false, true};
  scene.conductivity = [](int, const Vector3d& p) {
    return Matrix3d((0.1 + 200.0 * p.x()) * Matrix3d::Identity());
  };
  return scene;
}

std::string message_of(const auto& action) {
  try {
    action();
  } catch (const core::Error& e) {
    return e.place() + " | " + e.cause();
  }
  return "";
}

} // namespace

TEST_CASE("ranks share items in whole chunks, evenly", "[field][ranks]") {
  const Ranks& ranks = Ranks::all();
  for (const std::size_t n : {0, 1, 99, 100, 1234}) {
    const std::vector<std::size_t> bounds = ranks.split(n, 100);
    REQUIRE(bounds.size() == ranks.count() + 1);
    CHECK(bounds.front() == 0);
    CHECK(bounds.back() == n);
    for (std::size_t r = 0; r < ranks.count(); ++r) {
      CHECK(bounds[r] <= bounds[r + 1]);
      CHECK((bounds[r] % 100 == 0 || bounds[r] == n));
      CHECK(bounds[r + 1] - bounds[r] <= (n / 100 / ranks.count() + 1) * 100);
    }
  }
}

TEST_CASE("what ranks send arrives", "[field][ranks]") {
  const Ranks& ranks = Ranks::all();
  const auto me = static_cast<int>(ranks.mine());
  const std::vector<int> mine(ranks.mine() + 1, me); // one 0, two 1s, three 2s
  const std::vector<int> all = ranks.join(std::span<const int>(mine));
  const std::vector<int> at_first = ranks.join_at_first(std::span<const int>(mine));
  CHECK(all.size() == ranks.count() * (ranks.count() + 1) / 2);
  CHECK(std::is_sorted(all.begin(), all.end()));
  CHECK(at_first == (ranks.first() ? all : std::vector<int>{}));

  std::vector<double> squares(10, -1.0);
  const std::vector<std::size_t> bounds = ranks.split(10);
  for (std::size_t i = bounds[ranks.mine()]; i < bounds[ranks.mine() + 1]; ++i)
    squares[i] = static_cast<double>(i * i);
  ranks.gather(std::span(squares), bounds);
  for (std::size_t i = 0; i < 10; ++i)
    CHECK(squares[i] == static_cast<double>(i * i));

  std::vector<int> from_first = ranks.first() ? std::vector<int>{4, 5, 6} : std::vector<int>{};
  ranks.broadcast(from_first);
  CHECK(from_first == std::vector<int>{4, 5, 6});
  std::vector<int> numbers(10);
  std::iota(numbers.begin(), numbers.end(), 0);
  const std::vector<int> part = ranks.scatter(std::span<const int>(numbers), bounds);
  REQUIRE(part.size() == bounds[ranks.mine() + 1] - bounds[ranks.mine()]);
  for (std::size_t i = 0; i < part.size(); ++i)
    CHECK(part[i] == static_cast<int>(bounds[ranks.mine()] + i));

  std::vector<std::vector<int>> to(ranks.count());
  for (std::size_t r = 0; r < ranks.count(); ++r)
    to[r].assign(r, 10 * me + static_cast<int>(r)); // nothing to the first
  const std::vector<std::vector<int>> from = ranks.exchange(to);
  for (std::size_t r = 0; r < ranks.count(); ++r)
    CHECK(from[r] == std::vector<int>(ranks.mine(), 10 * static_cast<int>(r) + me));
}

TEST_CASE("potentials are the same to the bit on any number of ranks", "[field][ranks]") {
  const VolumeScene scene = uneven_bar();
  const TetMesh mesh = test::bar_mesh(bar);
  const UnitPotentials alone =
      solve_unit_potentials(scene, mesh, many_levels, silent(), Ranks::alone());
  const UnitPotentials shared =
      solve_unit_potentials(scene, mesh, many_levels, silent(), Ranks::all());
  REQUIRE(alone.report.n_unknowns > 6 * 2048); // every rank has some
  CHECK(shared.report.n_unknowns == alone.report.n_unknowns);
  CHECK(shared.report.iterations == alone.report.iterations);
  CHECK(shared.report.residual == alone.report.residual);
  if (!Ranks::all().first()) {
    CHECK(shared.phi.size() == 0);
    return;
  }
  CHECK(shared.phi == alone.phi);
  CHECK(shared.impedance == alone.impedance);
}

TEST_CASE("contacts with an interface are shared too", "[field][ranks]") {
  VolumeScene scene = uneven_bar();
  scene.electrodes[0].surface_resistance = 0.006;
  const TetMesh mesh = test::bar_mesh(bar);
  const UnitPotentials alone =
      solve_unit_potentials(scene, mesh, many_levels, silent(), Ranks::alone());
  const UnitPotentials shared =
      solve_unit_potentials(scene, mesh, many_levels, silent(), Ranks::all());
  if (Ranks::all().first()) {
    CHECK(shared.phi == alone.phi);
    CHECK(shared.impedance == alone.impedance);
  }
}

TEST_CASE("curved surfaces are shared too", "[field][ranks]") {
  const test::Coaxial c;
  const VolumeScene scene = test::coaxial_scene(c);
  const TetMesh mesh = test::coaxial_mesh(c, 4);
  const UnitPotentials alone = solve_unit_potentials(scene, mesh, many_levels);
  const UnitPotentials shared =
      solve_unit_potentials(scene, mesh, many_levels, silent(), Ranks::all());
  if (Ranks::all().first()) {
    CHECK(shared.nodes == alone.nodes);
    CHECK(shared.phi == alone.phi);
  }
}

TEST_CASE("an error of one rank is the error of all", "[field][ranks]") {
  VolumeScene scene = uneven_bar();
  scene.conductivity = [](int, const Vector3d& p) { // wrong in one corner
    return Matrix3d((p.norm() < 0.3e-3 ? -1.0 : 0.2) * Matrix3d::Identity());
  };
  const std::string message = message_of([&] {
    solve_unit_potentials(scene, test::bar_mesh(bar), many_levels, silent(), Ranks::all());
  });
  CHECK_THAT(message, Catch::Contains("conductivity of region 'bar'") &&
                          Catch::Contains("is not symmetric positive definite"));
  const std::string limit = message_of([&] {
    solve_unit_potentials(uneven_bar(), test::bar_mesh(bar),
                          {.relative_tolerance = 1e-6, .max_iterations = 2}, silent(),
                          Ranks::all());
  });
  CHECK_THAT(limit, Catch::Contains("no convergence") && Catch::Contains("after 2 iterations"));
}
