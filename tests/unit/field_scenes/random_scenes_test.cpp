// Does every legal scene mesh, and is the mesh good for the solver? A tetrahedron's quality bounds
// neither by itself; the iterations of the solve do.

#include "core/error.hpp"
#include "field/mesh_checks.hpp"
#include "field/mesher.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/unit_potentials.hpp"
#include "support/random_scene.hpp"

#include <Eigen/Eigenvalues>
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>

using namespace foramen::field;
using foramen::tests::Setting;

namespace {

struct Solved {
  MeshQuality quality;
  UnitPotentials potentials;
};

// Meshes and solves one random scene; prints counts, quality and time when FORAMEN_MESH_REPORT is
// set.
Solved solve_random_scene(std::uint64_t seed, const Resolution& resolution) {
  const Setting setting(seed);
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto seconds = [&start] {
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads, resolution);
  const TetMesh mesh = make_mesh(scene); // throws when anything is wrong with it
  const double meshed_s = seconds();
  Solved solved{mesh_quality(mesh), solve_unit_potentials(scene, mesh)};
  if (std::getenv("FORAMEN_MESH_REPORT") != nullptr)
    std::cout << setting.random.description << ": " << mesh.tets.size() << " tets, worst quality "
              << solved.quality.worst << ", mean " << solved.quality.mean
              << ", below 0.1: " << solved.quality.below_tenth << ", mesh " << meshed_s << " s, "
              << solved.potentials.report.n_unknowns << " unknowns, "
              << solved.potentials.report.iterations << " iterations, solve "
              << seconds() - meshed_s << " s\n";
  return solved;
}

void check(std::uint64_t seed, const Resolution& resolution) {
  const Solved solved = solve_random_scene(seed, resolution);
  INFO("seed " << seed);
  CHECK(solved.potentials.report.iterations <= 25);
  // z_ij - z_ji is x_j.r_i - x_i.r_j, r the residuals: each below the tolerance 1e-5 times the
  // energies of the two solutions, sqrt(z_ii z_jj).
  const Eigen::MatrixXd& z = solved.potentials.impedance;
  CHECK((z - z.transpose()).cwiseAbs().maxCoeff() < 2e-5 * z.diagonal().maxCoeff());
  CHECK(z.eigenvalues().real().minCoeff() >
        0.0); // work is done on the tissue, whatever the programme
}

} // namespace

TEST_CASE("random scenes mesh and solve", "[field][mesh]") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    check(seed, Resolution{}.scaled(2.0));
}

TEST_CASE("many random scenes mesh and solve at the default resolution", "[.long][field][mesh]") {
  for (std::uint64_t seed = 1; seed <= 36; ++seed)
    check(seed, Resolution{});
}
