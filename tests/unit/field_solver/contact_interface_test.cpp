// Contacts whose metal meets the tissue through a surface resistance.

#include "field/unit_potentials.hpp"
#include "scenes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace foramen;
using namespace foramen::field;
using test::Bar;

namespace {

constexpr SolverOptions tight{.relative_tolerance = 1e-8, .max_iterations = 2000};
constexpr double sigma = 0.2; // S/m

// A square contact of side 2 mm on the insulated floor of a half space, of which a quarter is
// meshed up to 30 mm and open there.
constexpr double side = 2e-3;

std::vector<double> graded(double edge, double finest, double far) {
  const auto step = [&](double away) { return std::max(finest, 0.5 * away); };
  std::vector<double> x{edge};
  while (x.back() > 1.5 * step(edge - x.back()))
    x.push_back(x.back() - step(edge - x.back()));
  if (x.back() > 0.0)
    x.push_back(0.0);
  std::reverse(x.begin(), x.end());
  while (x.back() < far)
    x.push_back(x.back() + step(x.back() - edge));
  return x;
}

TetMesh square_mesh(double finest) {
  const std::vector<double> x = graded(0.5 * side, finest, 30e-3), z = graded(0.0, finest, 30e-3);
  test::Grid grid;
  const int n = static_cast<int>(x.size()) - 1, n_z = static_cast<int>(z.size()) - 1;
  grid.cells = {n, n, n_z};
  const auto at = [](const std::vector<double>& list, int i) {
    return list[static_cast<std::size_t>(i)];
  };
  grid.position = [=](int i, int j, int k) { return Vector3d(at(x, i), at(x, j), at(z, k)); };
  grid.label = [=](int axis, int plane, int i, int j, int) {
    if (plane == (axis == 2 ? n_z : n))
      return test::Grid::Label{0, 0};
    if (plane != 0)
      return test::Grid::Label{};
    const bool contact = axis == 2 && at(x, i) < 0.499 * side && at(x, j) < 0.499 * side;
    return test::Grid::Label{0, contact ? 10 : 1};
  };
  return test::grid_mesh(grid);
}

VolumeScene square_scene(double surface_resistance) {
  VolumeScene scene;
  scene.surfaces = {{"half space", {}, -1, false, 0.0}};
  scene.electrodes = {{"square", 0, {10}, surface_resistance}};
  scene.outer = OuterBoundary::open;
  scene.insulated_outer_patches = {1};
  scene.conductivity = test::everywhere(test::isotropic(sigma));
  scene.region_is_uniform = {true};
  return scene;
}

// In units of 1 / (sigma side), without the interface's own resistance.
double access_resistance(const TetMesh& mesh, double layer) { // metres: rho_c sigma
  const UnitPotentials u = solve_unit_potentials(square_scene(layer / sigma), mesh, tight);
  return 0.25 * u.impedance(0, 0) * sigma * side - layer / side; // of a quarter: 1 A enters it
}

// Three square contacts in a row on the floor of a grounded box.
TetMesh row_mesh() {
  test::Grid grid;
  grid.cells = {7, 3, 4};
  grid.position = [](int i, int j, int k) { return Vector3d(1e-3 * Vector3d(i, j, k)); };
  grid.label = [](int axis, int plane, int i, int j, int) {
    const int last = axis == 0 ? 7 : axis == 1 ? 3 : 4;
    if (plane != 0 && plane != last)
      return test::Grid::Label{};
    if (axis != 2 || plane != 0)
      return test::Grid::Label{0, 0};
    return test::Grid::Label{0, i % 2 == 1 && j == 1 ? 10 + i / 2 : 1};
  };
  return test::grid_mesh(grid);
}
VolumeScene row_scene(std::vector<Electrode> electrodes) {
  VolumeScene scene;
  scene.surfaces = {{"box", {}, -1, false, 0.0}};
  scene.electrodes = std::move(electrodes);
  scene.insulated_outer_patches = {1};
  for (int patch = 10; patch < 13; ++patch) // what is no contact insulates
    scene.insulated_outer_patches.push_back(patch);
  scene.conductivity = test::everywhere(test::isotropic(sigma));
  scene.region_is_uniform = {true};
  return scene;
}

} // namespace

TEST_CASE("a contact over the end of a bar adds rho_c / A", "[field]") {
  const Bar bar;
  VolumeScene scene = test::bar_scene(bar);
  scene.electrodes[0].surface_resistance = 0.006;
  const double interface = 0.006 / bar.area();
  const UnitPotentials u = solve_unit_potentials(scene, test::bar_mesh(bar), tight);
  // The impedance is right to the square of the tolerance.
  CHECK(u.impedance(0, 0) == Approx(bar.resistance() + interface).epsilon(1e-9));
  for (std::size_t i = 0; i < u.nodes.size(); ++i) // the tissue at the contact is rho_c / A lower
    CHECK(u.phi(static_cast<Eigen::Index>(i), 0) ==
          Approx((bar.size.z() - u.nodes[i].z()) / (bar.sigma * bar.area())).margin(1e-3));
}

TEST_CASE("an interface goes from a perfect conductor to an even current density",
          "[field][verification]") {
  const TetMesh mesh = square_mesh(0.2e-3);
  const double perfect = access_resistance(mesh, 0.0);
  // A layer of a nanometre of tissue: its resistance is taken off, what is left is of first order
  // in layer over the smallest element.
  CHECK(access_resistance(mesh, 1e-9) == Approx(perfect).epsilon(1e-4));
  double before = perfect;
  for (const double layer : {1e-5, 1e-4, 1e-3}) {
    const double now = access_resistance(mesh, layer);
    CHECK(now > 1.005 * before);
    before = now;
  }
  // Uniform density over a unit square: the mean of 1 / (2 pi r) over its pairs of points. The mesh
  // is 0.12 % off, one of 0.05 mm 0.03 %.
  const double root = std::sqrt(2.0);
  const double uniform =
      4.0 * (std::log(1.0 + root) + (1.0 - root) / 3.0) / (2.0 * 3.14159265358979323846);
  CHECK(access_resistance(mesh, 1.0) == Approx(uniform).epsilon(2e-3));
  CHECK(uniform > 1.08 * perfect);
}

TEST_CASE("contacts with interfaces are reciprocal and their currents balance", "[field]") {
  const UnitPotentials u = solve_unit_potentials(
      row_scene({{"E1", 0, {10}, 1e-3}, {"E2", 0, {11}}, {"E3", 0, {12}, 5e-3}}), row_mesh(),
      tight);
  CHECK(u.report.current_imbalance < 1e-6);
  const double largest = u.impedance.cwiseAbs().maxCoeff();
  CHECK((u.impedance - u.impedance.transpose()).cwiseAbs().maxCoeff() < 1e-7 * largest);
  // E1 and E3 lie alike: the self impedances differ by more than what the interfaces differ by
  // times the contact's 1 mm^2, for the higher one also spreads the current.
  CHECK(u.impedance(2, 2) - u.impedance(0, 0) > 4e-3 / 1e-6);
  CHECK(u.impedance(2, 2) - u.impedance(0, 0) < 1.02 * 4e-3 / 1e-6);
}

TEST_CASE("an idle contact draws the potential down less the higher its interface", "[field]") {
  const TetMesh mesh = row_mesh();
  const auto beside = [&](double surface_resistance) { // potential of E1 beside such an E2
    return solve_unit_potentials(row_scene({{"E1", 0, {10}}, {"E2", 0, {11}, surface_resistance}}),
                                 mesh, tight)
        .impedance(0, 0);
  };
  const double insulating = beside(1e6); // lets next to no current in and out
  const double perfect = insulating - beside(0.0), low = insulating - beside(1e-8),
               physiological = insulating - beside(5e-3);
  CHECK(perfect > 0.005 * insulating);
  CHECK(low == Approx(perfect).epsilon(1e-3)); // 1e-8 ohm m^2: as a layer of 2 nm of tissue
  CHECK(physiological > 0.0);
  CHECK(physiological < 0.2 * perfect); // as a layer of 1 mm, the contact's own size
}

TEST_CASE("a surface resistance that is none is refused", "[field]") {
  for (const double wrong : {-1.0, std::numeric_limits<double>::infinity()}) {
    VolumeScene scene = test::bar_scene({});
    scene.electrodes[0].surface_resistance = wrong;
    CHECK_THROWS_WITH(solve_unit_potentials(scene, test::bar_mesh({})),
                      Catch::Contains("electrode 'plate'") &&
                          Catch::Contains("its surface resistance is") &&
                          Catch::Contains("ohm*m^2"));
  }
}
