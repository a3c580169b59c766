#include "core/error.hpp"
#include "field/mesh_checks.hpp"
#include "field/mesher.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "random_scene.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>

using namespace foramen::field;
using foramen::tests::RandomScene;

namespace {

// Meshes one random scene; prints counts, quality and time when FORAMEN_MESH_REPORT is set.
MeshQuality mesh_random_scene(std::uint64_t seed, const Resolution& resolution) {
  const RandomScene scene = foramen::tests::random_scene(seed);
  INFO(scene.description);
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const VolumeScene volume =
      fit_surfaces(scene.nerve, scene.leads, Eigen::Vector3d::Zero(), 60e-3, resolution);
  const double surfaces_s = std::chrono::duration<double>(Clock::now() - start).count();
  const TetMesh mesh = make_mesh(volume); // throws when anything is wrong with it
  const double total_s = std::chrono::duration<double>(Clock::now() - start).count();
  const MeshQuality quality = mesh_quality(mesh);
  if (std::getenv("FORAMEN_MESH_REPORT") != nullptr) {
    std::cout << scene.description << ": " << mesh.faces.size() << " triangles, "
              << mesh.tets.size() << " tets, " << mesh.vertices.size() << " vertices, worst "
              << quality.worst << ", mean " << quality.mean
              << ", below 0.1: " << quality.below_tenth << ", surfaces " << surfaces_s
              << " s, total " << total_s << " s\n";
  }
  return quality;
}

} // namespace

TEST_CASE("random scenes mesh without failure", "[field][mesh]") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    CHECK(mesh_random_scene(seed, Resolution{}.scaled(2.0)).worst > 1e-5);
}

TEST_CASE("many random scenes mesh at the default resolution", "[.long][field][mesh]") {
  for (std::uint64_t seed = 1; seed <= 36; ++seed)
    CHECK(mesh_random_scene(seed, Resolution{}).worst > 1e-5);
}
