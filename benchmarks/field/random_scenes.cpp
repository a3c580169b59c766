// Does every legal scene mesh and solve, and what does it cost?
//
//   FORAMEN_MESHER=.../foramen-mesher random_scenes [FIRST LAST [THREADS]]  > random_scenes.csv
//
// One row per seed of tests::catalogue_scene (500 by default; any lead of the catalogue, 1 to 30
// fascicles), at the default resolution: what was drawn, tetrahedra, their worst and mean quality,
// which attempt of the mesher was kept, unknowns, iterations, seconds of meshing and of the field;
// or the message of what failed; the mesher's notes go to standard error. Lengths in mm, angles in
// degrees. A failure stops nothing.
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/progress.hpp"
#include "core/provenance.hpp"
#include "core/stopwatch.hpp"
#include "field/mesh_checks.hpp"
#include "field/mesher.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/unit_potentials.hpp"
#include "support/random_scene.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

using namespace foramen;
using namespace foramen::field;

namespace {

// Remembers which of its attempts the mesher spoke of last: "mesh: HXT: 3000 tetrahedra, ...". What
// it says goes to standard error.
struct LastAttempt : core::Progress {
  std::uint64_t seed = 0;
  std::string name;
  void note(const std::string& line) override {
    std::cerr << "seed " << seed << ": " << line << std::endl;
    const std::size_t start = line.find(": "), end = line.find(':', start + 1);
    if (start != std::string::npos && end != std::string::npos)
      name = line.substr(start + 2, end - start - 2);
  }
};

std::string quoted(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::replace(text.begin(), text.end(), '"', '\'');
  return '"' + text + '"';
}

constexpr std::size_t n_cells = 14; // before the failure
// Of wall-clock time: far above the default, so that work beside this run fails no scene; what
// meshing took is in its column.
constexpr double mesher_limit_s = 3600.0;
struct Row {
  std::vector<std::string> cells;
  template <class... Values> void add(const Values&... values) {
    (cells.push_back(core::concat(values)), ...);
  }
};

void solve(std::uint64_t seed, Row& row) {
  row.add(seed);
  const tests::Setting setting(tests::catalogue_scene(seed));
  const tests::RandomScene& drawn = setting.random;
  row.add(drawn.leads[0].model.name, drawn.nerve.fascicles.size(), drawn.clearance * 1e3,
          drawn.tilt_deg, drawn.leads[0].encapsulation.thickness * 1e3);
  LastAttempt attempt;
  attempt.seed = seed;
  core::Stopwatch clock;
  const VolumeScene scene = make_volume_scene(*setting.body, drawn.leads);
  MesherOptions mesher;
  mesher.time_limit_s = mesher_limit_s;
  const TetMesh mesh = make_mesh(scene, mesher, attempt);
  const double mesh_s = clock.lap();
  const MeshQuality quality = mesh_quality(mesh);
  row.add(mesh.tets.size(), quality.worst, quality.mean, attempt.name);
  clock.lap();
  const UnitPotentials u = solve_unit_potentials(scene, mesh);
  row.add(u.report.n_unknowns, u.report.iterations, mesh_s, clock.lap());
}

void print(std::uint64_t seed) {
  Row row;
  std::string failure;
  try {
    solve(seed, row);
  } catch (const std::exception& error) {
    failure = quoted(error.what());
  }
  row.cells.resize(n_cells); // empty where it did not get
  for (const std::string& cell : row.cells)
    std::cout << cell << ',';
  std::cout << failure << ',' << core::source_commit() << std::endl;
}

} // namespace

int main(int argc, char** argv) {
  const auto argument = [&](int i, unsigned long fallback) {
    return argc > i ? std::strtoul(argv[i], nullptr, 10) : fallback;
  };
  const std::uint64_t first = argument(1, 1), last = argument(2, 500);
  if (argc > 3)
    core::set_thread_count(std::max<std::size_t>(1, argument(3, 1)));
  std::cout << "seed,lead,fascicles,clearance_mm,tilt_deg,shell_mm,tetrahedra,worst_quality,"
               "mean_quality,mesher,unknowns,iterations,mesh_s,field_s,failure,commit\n";
  for (std::uint64_t seed = first; seed <= last; ++seed)
    print(seed);
}
