// What does a field solve cost, by number of unknowns? Eight encapsulated rings in a homogeneous
// medium.
//
//   FORAMEN_MESHER=.../foramen-mesher field_solve [threads]  > field_solve.csv
//
// One row per resolution: mesh, set-up (numbering, curving), assembly, multigrid set-up, solve for
// all eight contacts (minimum of three), iterations, and the rate of smooth sampling on lines along
// the lead.
#include "core/parallel.hpp"
#include "field/mesher.hpp"
#include "field/sampling.hpp"
#include "field/verification_scenes.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

using namespace foramen;
using namespace foramen::field;

namespace {

double seconds(const auto& action) {
  const auto start = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<Vector3d> lines_along_the_lead() {
  std::vector<Vector3d> points;
  for (int line = 0; line < 100; ++line)
    for (int i = 0; i < 1000; ++i)
      points.emplace_back(2e-3 + 1e-4 * (line % 10), 1e-4 * (line / 10), 25e-3 * (i - 500) / 500.0);
  return points;
}

} // namespace

int main(int argc, char** argv) {
  if (argc > 1)
    core::set_thread_count(static_cast<std::size_t>(std::max(1, std::atoi(argv[1]))));
  std::cout
      << "threads,scale,tetrahedra,unknowns,contacts,mesh_s,setup_s,assembly_s,multigrid_s,solve_s,"
         "solve_s_per_contact,iterations,sampling_points_per_s\n";
  for (const double scale : {1.4, 1.0, 0.7}) {
    RingLead lead{.centres = {}, .shell = 0.3e-3};
    for (int i = 0; i < 8; ++i)
      lead.centres.push_back((i - 3.5) * 7e-3);
    const VolumeScene scene = ring_lead_scene(lead, Resolution().scaled(scale));
    TetMesh mesh;
    const double mesh_s = seconds([&] { mesh = make_mesh(scene); });
    SolverReport best;
    UnitPotentials u;
    for (int repeat = 0; repeat < 3; ++repeat) {
      u = solve_unit_potentials(scene, mesh);
      const SolverReport& r = u.report;
      const auto take = [&](double SolverReport::*time) {
        best.*time = repeat == 0 ? r.*time : std::min(best.*time, r.*time);
      };
      take(&SolverReport::setup_s);
      take(&SolverReport::assembly_s);
      take(&SolverReport::multigrid_s);
      take(&SolverReport::solve_s);
    }
    const Sampler sampler(u);
    const std::vector<Vector3d> points = lines_along_the_lead();
    const double sampling_s = seconds([&] { sampler.smooth(points); });
    std::cout << core::thread_count() << ',' << scale << ',' << u.report.n_tets << ','
              << u.report.n_unknowns << ",8," << mesh_s << ',' << best.setup_s << ','
              << best.assembly_s << ',' << best.multigrid_s << ',' << best.solve_s << ','
              << best.solve_s / 8.0 << ',' << u.report.iterations << ','
              << static_cast<double>(points.size()) / sampling_s << std::endl;
  }
}
