#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/reference_element.hpp"
#include "field/unit_potentials.hpp"
#include "scenes.hpp"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include <functional>

using namespace foramen;
using namespace foramen::field;
using test::Bar;
using test::Coaxial;

namespace {

constexpr SolverOptions tight{.relative_tolerance = 1e-10, .max_iterations = 60};

// A grounded box with n x n square electrodes on its insulated floor, half a cell apart from each
// other.
struct Floor {
  int n = 3;
  double sigma = 0.2;
};
TetMesh floor_mesh(const Floor& f) {
  test::Grid grid;
  grid.cells = {2 * f.n + 1, 2 * f.n + 1, 4};
  grid.position = [](int i, int j, int k) { return Vector3d(1e-3 * Vector3d(i, j, 2 * k)); };
  const auto cells = grid.cells;
  grid.label = [cells, f](int axis, int plane, int i, int j, int) {
    const int last = cells[static_cast<std::size_t>(axis)];
    if (plane != 0 && plane != last)
      return test::Grid::Label{};
    if (axis != 2 || plane != 0)
      return test::Grid::Label{0, 0};
    if (i % 2 == 1 && j % 2 == 1)
      return test::Grid::Label{0, 10 + (i / 2) * f.n + j / 2};
    return test::Grid::Label{0, 1};
  };
  return test::grid_mesh(grid);
}
VolumeScene floor_scene(const Floor& f) {
  VolumeScene scene;
  scene.surfaces.push_back({"box", {}, -1, false, 0.0});
  for (int i = 0; i < f.n * f.n; ++i)
    scene.electrodes.push_back({"E" + std::to_string(i + 1), 0, {10 + i}});
  scene.insulated_outer_patches = {1};
  scene.conductivity = test::everywhere(test::isotropic(f.sigma));
  scene.region_is_uniform = {true};
  return scene;
}

// place | cause of whatever is thrown.
std::string message(const std::function<void()>& action) {
  try {
    action();
  } catch (const core::Error& e) {
    return e.place() + " | " + e.cause();
  }
  return "";
}

} // namespace

TEST_CASE("a bar between plates has the resistance L / (sigma A)", "[field]") {
  const Bar bar;
  const UnitPotentials u = solve_unit_potentials(test::bar_scene(bar), test::bar_mesh(bar), tight);
  CHECK(u.impedance(0, 0) == Approx(bar.resistance()).epsilon(1e-9));
  for (std::size_t i = 0; i < u.nodes.size(); ++i)
    CHECK(u.phi(static_cast<Eigen::Index>(i), 0) ==
          Approx((bar.size.z() - u.nodes[i].z()) / (bar.sigma * bar.area())).margin(1e-6));
}

TEST_CASE("a sheet across a bar adds Rp / A, and the potential jumps by that", "[field]") {
  const Bar bar{.sheet = 0.06};
  const UnitPotentials u = solve_unit_potentials(test::bar_scene(bar), test::bar_mesh(bar), tight);
  CHECK(u.impedance(0, 0) == Approx(bar.resistance()).epsilon(1e-9));
  for (std::size_t t = 0; t < u.elements.size(); ++t)
    for (const int node : u.elements[t]) {
      const double z = u.nodes[static_cast<std::size_t>(node)].z();
      const double jump = u.region[t] == 0 ? bar.sheet / bar.area() : 0.0;
      CHECK(
          u.phi(node, 0) ==
          Approx((bar.size.z() - z) / (bar.sigma * bar.area()) + jump).epsilon(1e-8).margin(1e-5));
    }
}

TEST_CASE("a coaxial resistor converges with order 3 in L2, 2 in energy, 4 in resistance",
          "[field][verification]") {
  const Coaxial c;
  struct Errors {
    double l2, energy, resistance;
  };
  const auto errors = [&](int n) {
    const UnitPotentials u =
        solve_unit_potentials(test::coaxial_scene(c), test::coaxial_mesh(c, n), tight);
    const TetRule& rule = tet_rule_degree_5();
    Errors e{0.0, 0.0, std::abs(u.impedance(0, 0) - c.potential({c.a, 0.0, 0.0}))};
    for (const auto& element : u.elements)
      for (std::size_t q = 0; q < rule.weight.size(); ++q) {
        Vector3d x = Vector3d::Zero(), slope = Vector3d::Zero();
        Matrix3d j = Matrix3d::Zero();
        double phi = 0.0;
        for (std::size_t a = 0; a < 10; ++a) {
          x += rule.value[q][a] * u.nodes[static_cast<std::size_t>(element[a])];
          j += u.nodes[static_cast<std::size_t>(element[a])] * rule.gradient[q][a].transpose();
          phi += rule.value[q][a] * u.phi(element[a], 0);
          slope += rule.gradient[q][a] * u.phi(element[a], 0);
        }
        const double weight = rule.weight[q] * j.determinant();
        const double rho2 = x.head<2>().squaredNorm();
        const double unit = c.potential({c.a, 0.0, 0.0}) / std::log(c.b / c.a);
        const Vector3d exact = -unit / rho2 * Vector3d(x.x(), x.y(), 0.0);
        e.l2 += weight * std::pow(phi - c.potential(x), 2);
        e.energy += weight * (j.inverse().transpose() * slope - exact).squaredNorm();
      }
    return Errors{std::sqrt(e.l2), std::sqrt(e.energy), e.resistance};
  };
  const Errors coarse = errors(3), fine = errors(6);
  // Orders from one halving, before the asymptotic range: 0.25 is allowed below theory.
  CHECK(std::log2(coarse.l2 / fine.l2) > 2.75);
  CHECK(std::log2(coarse.energy / fine.energy) > 1.75);
  CHECK(std::log2(coarse.resistance / fine.resistance) > 3.75);
  CHECK(fine.resistance / c.potential({c.a, 0.0, 0.0}) < 1e-4);
}

TEST_CASE("impedances are reciprocal and currents balance, also beyond 16 contacts", "[field]") {
  const Floor f{.n = 5}; // 25 contacts: two batches
  const UnitPotentials u = solve_unit_potentials(floor_scene(f), floor_mesh(f), tight);
  REQUIRE(u.impedance.rows() == 25);
  // Entries are right to the square of the tolerance; rounding of 25 sums remains.
  CHECK((u.impedance - u.impedance.transpose()).cwiseAbs().maxCoeff() <
        1e-8 * u.impedance.cwiseAbs().maxCoeff());
  CHECK(u.report.current_imbalance < 1e-8);
  CHECK(u.impedance.minCoeff() > 0.0);
  // The mesh is its own mirror image in the diagonal x = y: contacts (0, 1) and (1, 0).
  CHECK(u.impedance(1, 1) == Approx(u.impedance(5, 5)).epsilon(1e-8));
}

TEST_CASE("the default tolerance balances currents to 1e-4", "[field]") {
  const Floor f;
  const UnitPotentials u = solve_unit_potentials(floor_scene(f), floor_mesh(f));
  CHECK(u.report.residual <= 1e-5);
  CHECK(u.report.current_imbalance < 1e-4);
}

TEST_CASE("conductivities c times larger give potentials c times smaller", "[field]") {
  const UnitPotentials one = solve_unit_potentials(floor_scene({}), floor_mesh({}), tight);
  const UnitPotentials two =
      solve_unit_potentials(floor_scene({.sigma = 0.4}), floor_mesh({}), tight);
  CHECK((one.phi - 2.0 * two.phi).cwiseAbs().maxCoeff() < 1e-8 * one.phi.maxCoeff());
}

TEST_CASE("two patches of one electrode act as the two wired together", "[field]") {
  // Superposition: currents x and 1 - x through contacts 1 and 9 that make their potentials equal.
  const UnitPotentials apart = solve_unit_potentials(floor_scene({}), floor_mesh({}), tight);
  VolumeScene wired = floor_scene({});
  wired.electrodes[0].patches = {10, 18};
  wired.electrodes.erase(wired.electrodes.begin() + 8);
  const UnitPotentials joined = solve_unit_potentials(wired, floor_mesh({}), tight);
  const Eigen::MatrixXd& z = apart.impedance;
  const double x = (z(8, 8) - z(0, 8)) / (z(0, 0) + z(8, 8) - z(0, 8) - z(8, 0));
  CHECK(joined.impedance(0, 0) == Approx(x * z(0, 0) + (1.0 - x) * z(0, 8)).epsilon(1e-8));
  CHECK(joined.impedance(3, 0) == Approx(x * z(3, 0) + (1.0 - x) * z(3, 8)).epsilon(1e-8));
}

TEST_CASE("one thread and two give the same bits", "[field]") {
  const std::size_t before = core::thread_count();
  core::set_thread_count(1);
  const UnitPotentials one = solve_unit_potentials(floor_scene({.n = 6}), floor_mesh({.n = 6}));
  core::set_thread_count(2);
  const UnitPotentials two = solve_unit_potentials(floor_scene({.n = 6}), floor_mesh({.n = 6}));
  core::set_thread_count(before);
  CHECK(one.phi == two.phi);
  CHECK(one.impedance == two.impedance);
}

TEST_CASE("iterations hardly grow as the mesh is refined", "[field]") {
  int iterations[2] = {};
  for (const int level : {0, 1}) {
    const int n = level == 0 ? 6 : 12;
    const Coaxial c;
    iterations[level] =
        solve_unit_potentials(test::coaxial_scene(c), test::coaxial_mesh(c, n)).report.iterations;
  }
  CHECK(iterations[1] <= 15);
  CHECK(iterations[1] <= iterations[0] + 3);
}

TEST_CASE("an open boundary is exact for a point source far inside", "[field]") {
  // A spherical shell would be exact; a cylinder only nearly: the electrode is a ring, not a point.
  Coaxial c{.a = 0.5e-3, .b = 8e-3, .length = 1e-3, .sigma = 0.2};
  VolumeScene scene = test::coaxial_scene(c);
  scene.outer = OuterBoundary::open;
  const UnitPotentials u = solve_unit_potentials(scene, test::coaxial_mesh(c, 4), tight);
  CHECK(u.report.current_imbalance < 1e-8); // all of it leaves through the open mantle
  CHECK(u.impedance(0, 0) > c.potential({c.a, 0.0, 0.0})); // beyond b there is more resistance
}

TEST_CASE("a scene that cannot be solved is refused with cause and place", "[field]") {
  const Bar bar;
  const TetMesh mesh = test::bar_mesh(bar);
  const auto solve = [&](const std::function<void(VolumeScene&)>& change,
                         const SolverOptions& options = {}) {
    VolumeScene scene = test::bar_scene(bar);
    change(scene);
    return message([&] { solve_unit_potentials(scene, mesh, options); });
  };
  CHECK(solve([](VolumeScene& s) { s.electrodes.clear(); }) ==
        "volume scene | it has no electrode");
  CHECK(solve([](VolumeScene& s) { s.electrodes[0].patches = {77}; }) ==
        "electrode 'plate' | the mesh has no face on its patches");
  CHECK(solve([](VolumeScene& s) {
          s.electrodes.push_back({"side", 0, {1}});
        }) == "electrode 'side' | it touches electrode 'plate'");
  CHECK(solve([](VolumeScene& s) {
          s.insulated_outer_patches = {2, 3, 4};
        }) == "electrode 'plate' | it touches the grounded outer boundary");
  CHECK(solve([](VolumeScene& s) {
          s.insulated_outer_patches = {1, 2, 3, 4, 6};
        }) ==
        "region 'bar' | no current can flow from it to the outer boundary, so its potential is "
        "undetermined");
  CHECK(message([&] {
          solve_unit_potentials(floor_scene({.n = 5}), floor_mesh({.n = 5}),
                                {.relative_tolerance = 1e-12, .max_iterations = 2});
        }).find("| no convergence: residual ") != std::string::npos);
}

TEST_CASE("a region that a perfect insulator cuts off is named", "[field]") {
  // Two halves that share no vertex.
  const Bar bar{.sheet = 1.0};
  VolumeScene scene = test::bar_scene(bar);
  scene.surfaces[1].sheet_resistance = 0.0;
  TetMesh mesh = test::bar_mesh(bar);
  const auto n = static_cast<int>(mesh.vertices.size());
  std::vector<Vector3d> copies = mesh.vertices;
  mesh.vertices.insert(mesh.vertices.end(), copies.begin(), copies.end());
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    if (mesh.region[t] == 0)
      for (int& v : mesh.tets[t])
        v += n;
  TetMesh outer = mesh;
  outer.faces.clear();
  outer.face_surface.clear();
  outer.face_patch.clear();
  for (std::size_t f = 0; f < mesh.faces.size(); ++f) {
    std::array<int, 3> face = mesh.faces[f];
    double z = 0.0;
    for (const int v : face)
      z += mesh.vertices[static_cast<std::size_t>(v)].z() / 3.0;
    if (mesh.face_surface[f] != 0)
      continue;
    if (z < 0.5 * bar.size.z())
      for (int& v : face)
        v += n;
    outer.faces.push_back(face);
    outer.face_surface.push_back(0);
    outer.face_patch.push_back(mesh.face_patch[f]);
  }
  CHECK(message([&] { solve_unit_potentials(scene, outer); }).find("region 'bar' | no current") ==
        0);
}
