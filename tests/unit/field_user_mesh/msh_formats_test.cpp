// A sphere electrode (1 mm, E1) at the centre of a grounded sphere (4 mm) in a medium of 0.2 S/m:
//   R = (1/a - 1/b) / (4 pi sigma),  phi(r) = (1/r - 1/b) / (4 pi sigma)
// meshed by Gmsh, written in every format, read and solved.
#include "field/msh_file.hpp"
#include "field/sampling.hpp"
#include "field/user_mesh.hpp"
#include "gmsh_session.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <numbers>

using namespace foramen::field;
using foramen::test::GmshSession;
using foramen::test::MshFormat;
using foramen::tests::TemporaryFolder;

namespace {

constexpr double sigma = 0.2, inner = 1e-3, outer = 4e-3; // S/m, m
const MeshNaming naming{.tissues = {"fat"}, .contacts = {"E1"}, .given = {}};

double exact(double r) {
  return (1.0 / r - 1.0 / outer) / (4.0 * std::numbers::pi * sigma);
}

// `fineness`: edge over distance from the centre.
void mesh_spheres(const GmshSession& session, double fineness, int order) {
  gmsh::clear();
  gmsh::model::occ::addSphere(0, 0, 0, 4.0, 1);
  gmsh::model::occ::addSphere(0, 0, 0, 1.0, 2);
  gmsh::vectorpair cut, boundary;
  std::vector<gmsh::vectorpair> map;
  gmsh::model::occ::cut({{3, 1}}, {{3, 2}}, cut, map, 3);
  gmsh::model::occ::synchronize();
  session.group(3, {3}, "fat");
  gmsh::model::getBoundary({{3, 3}}, boundary, false, false);
  for (const auto& [dimension, tag] : boundary) {
    double x0, y0, z0, x1, y1, z1;
    gmsh::model::getBoundingBox(dimension, tag, x0, y0, z0, x1, y1, z1);
    session.group(2, {tag}, x1 > 2.0 ? "ground" : "E1");
  }
  session.size(std::to_string(fineness) + "*sqrt(x*x+y*y+z*z)");
  session.mesh(order);
}

UnitPotentials solve(const UserMesh& mesh, double tolerance = 1e-10) {
  VolumeScene scene;
  scene.surfaces = {{"fat", {}, -1, false, 0.0}, {"boundary", {}, 0, true, 0.0}};
  scene.electrodes = {{"E1", 1, {1}}};
  scene.conductivity = [](int, const Vector3d&) { return Matrix3d(sigma * Matrix3d::Identity()); };
  scene.region_is_uniform = {true, true};
  return solve_unit_potentials(scene, mesh.mesh, {.relative_tolerance = tolerance});
}

} // namespace

TEST_CASE("every format and version gives the same potentials", "[field][user mesh]") {
  const TemporaryFolder folder;
  const GmshSession session;
  for (const int order : {1, 2}) {
    mesh_spheres(session, 0.5, order);
    std::vector<UnitPotentials> solved;
    for (const MshFormat format : {MshFormat{4.1, false}, MshFormat{4.1, true},
                                   MshFormat{2.2, false}, MshFormat{2.2, true}}) {
      const std::string path = folder / "sphere.msh";
      session.write(path, format);
      const MshContent content = read_msh_file(path);
      const UserMesh mesh = make_user_mesh({path}, content, naming);
      CHECK(mesh.quadratic == (order == 2));
      CHECK(mesh.mesh.bent_edges.empty() == (order == 1));
      solved.push_back(solve(mesh));
    }
    for (const UnitPotentials& other : solved) {
      REQUIRE(other.phi.rows() == solved[0].phi.rows());
      CHECK(other.elements == solved[0].elements);
      // ASCII has 16 digits, so that coordinates may differ in the last bit; solved to 1e-10.
      CHECK((other.phi - solved[0].phi).cwiseAbs().maxCoeff() <
            1e-9 * solved[0].phi.cwiseAbs().maxCoeff());
      CHECK(other.impedance(0, 0) == Approx(solved[0].impedance(0, 0)).epsilon(1e-9));
    }
  }
}

TEST_CASE("curved elements converge as their theory says, straight ones with their facets",
          "[field][user mesh]") {
  const TemporaryFolder folder;
  const GmshSession session;
  std::array<std::array<double, 2>, 2> error{}, size{}; // by order and level
  for (const int order : {1, 2})
    for (const std::size_t level : {0u, 1u}) {
      mesh_spheres(session, level == 0 ? 0.3 : 0.15, order);
      const std::string path = folder / "sphere.msh";
      session.write(path, {4.1, true});
      const UserMesh mesh = make_user_mesh({path}, read_msh_file(path), naming);
      const UnitPotentials u = solve(mesh);
      const auto k = static_cast<std::size_t>(order - 1);
      error[k][level] = std::abs(u.impedance(0, 0) / exact(inner) - 1.0);
      size[k][level] = std::cbrt(1.0 / static_cast<double>(u.elements.size()));
      CHECK(u.report.straightened_elements == 0);
      CAPTURE(order, level, u.elements.size(), error[k][level]);
      if (order == 2 && level == 1) { // measured 1e-4 and 4e-4
        const std::vector<Vector3d> points = {Vector3d(2e-3, 0, 0),
                                              Vector3d(0.7e-3, 1e-3, -1.2e-3)};
        const auto phi = Sampler(u).raw(points);
        for (std::size_t i = 0; i < points.size(); ++i)
          CHECK(phi(static_cast<Eigen::Index>(i), 0) ==
                Approx(exact(points[i].norm())).epsilon(1e-3));
      }
    }
  const auto measured = [&](std::size_t k) {
    return std::log(error[k][0] / error[k][1]) / std::log(size[k][0] / size[k][1]);
  };
  CAPTURE(error[0][0], error[0][1], error[1][0], error[1][1]);
  // Facets of size h lie h^2 within the sphere: order 2, measured 1.75. The energy of quadratic
  // elements on curved ones has order 4, measured 4.07. Unstructured meshes scatter by some tenths.
  CHECK(measured(0) == Approx(2.0).margin(0.5));
  CHECK(measured(1) == Approx(4.0).margin(0.5));
  CHECK(error[1][1] < 0.1 * error[0][1]); // measured 9.5e-5 and 2.4e-3
}
