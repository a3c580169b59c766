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

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <set>

using namespace foramen::field;
using foramen::tests::Setting;

namespace {

struct Solved {
  MeshQuality quality;
  UnitPotentials potentials;
};

// Meshes and solves one random scene; prints counts, quality and time when FORAMEN_MESH_REPORT is
// set.
Solved solve_scene(const Setting& setting, const Resolution& resolution) {
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

void check(const Setting& setting, const Resolution& resolution) {
  INFO(setting.random.description);
  const Solved solved = solve_scene(setting, resolution);
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
    check(Setting(seed), Resolution{}.scaled(2.0));
}

TEST_CASE("many random scenes mesh and solve at the default resolution", "[.long][field][mesh]") {
  for (std::uint64_t seed = 1; seed <= 36; ++seed)
    check(Setting(seed), Resolution{});
}

TEST_CASE("every lead is drawn beside some nerve, and none cuts it", "[field][mesh]") {
  std::set<std::string> leads;
  std::size_t most_fascicles = 0;
  double least = 1.0, steepest = 0.0;
  int bare = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const foramen::tests::RandomScene scene = foramen::tests::catalogue_scene(seed);
    INFO(scene.description);
    const foramen::lead::PlacedLead& placed = scene.leads[0];
    const double gap = foramen::lead::smallest_gap(scene.nerve, placed);
    CHECK(gap >= foramen::lead::mesh_gap.si());
    CHECK(gap < 4.1e-3); // where the lead bridges a bend, the last steps are small
    CHECK(scene.clearance == Approx(gap + placed.encapsulation.thickness));
    leads.insert(placed.model.name);
    most_fascicles = std::max(most_fascicles, scene.nerve.fascicles.size());
    least = std::min(least, gap);
    steepest = std::max(steepest, scene.tilt_deg);
    bare += placed.encapsulation.thickness > 0.0 ? 0 : 1;
  }
  // Of n scenes a lead of eleven is missing with probability 11 (10/11)^n: 4 % for 60. The seeds
  // are fixed, and with these none is.
  CHECK(leads.size() == foramen::lead::lead_names().size());
  CHECK(most_fascicles >= 28);
  CHECK(least < 0.1e-3);
  CHECK(steepest > 85.0);
  CHECK(bare > 10);
}

TEST_CASE("scenes of the catalogue mesh and solve", "[field][mesh]") {
  for (const std::uint64_t seed : {2, 4})
    check(Setting(foramen::tests::catalogue_scene(seed)), Resolution{}.scaled(2.0));
}
