// What does a field solve cost, and how wrong is it, by number of unknowns, ranks, threads and
// contacts? Encapsulated rings in a homogeneous medium.
//
//   export FORAMEN_MESHER=.../foramen-mesher
//   field_solve [THREADS [CONTACTS [SCALE ...]]]  > field_solve.csv
//   mpirun -n 2 field_solve 1 8 1.0
//
// One row per resolution (all sizes times SCALE; 1.4, 1 and 0.7 by default): mesh, set-up
// (numbering, curving), assembly, multigrid set-up, solve for all contacts (8 by default, 1 to 16;
// minimum of three), iterations, and the rate of smooth sampling on lines along the lead. Then what
// cost_model.py asks: matrix entries, rows of the linear level, bytes per iteration in levels that
// ranks share and in those that each computes (field_work.hpp), and the memory's bytes per second
// over all ranks. Seconds are those of the slowest rank. With eight contacts, as the tensor-mesh
// reference has them (ring_references.hpp): largest error of the potential and of its second
// difference over 1 mm, on lines 0.5 mm from the lead and beyond, relative to the largest value on
// the line; with other numbers nothing.
#include "core/parallel.hpp"
#include "core/provenance.hpp"
#include "field/error_estimate.hpp"
#include "field/mesher.hpp"
#include "field/sampling.hpp"
#include "field/verification_lines.hpp"
#include "field_work.hpp"
#include "ring_scene.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <span>
#include <vector>

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

// Largest difference over largest exact value on each line; the largest of all lines.
LineErrors errors_at_lines(const Sampler& sampler) {
  LineErrors worst;
  for (const LineCase& reference : verification_lines(FORAMEN_REFERENCES)) {
    if (reference.name != "octrode")
      continue;
    for (const VerificationLine& line : reference.lines) {
      const Eigen::MatrixXd potentials = sampler.smooth(line.points);
      const std::span<const double> computed(
          potentials.col(static_cast<Eigen::Index>(line.electrode)).data(), line.exact.size());
      const std::vector<double> zero(line.exact.size(), 0.0);
      const LineErrors error = estimate_along_line(computed, line.exact, line.spacing),
                       scale = estimate_along_line(line.exact, zero, line.spacing);
      worst.potential = std::max(worst.potential, error.potential / scale.potential);
      worst.second_difference =
          std::max(worst.second_difference, error.second_difference / scale.second_difference);
    }
  }
  return worst;
}

double slowest(const Ranks& ranks, double mine) {
  const std::vector<double> all = ranks.join(std::span<const double>(&mine, 1));
  return *std::max_element(all.begin(), all.end());
}

// The least of three, by step.
UnitPotentials solve_thrice(const Ranks& ranks, const VolumeScene& scene, const TetMesh& mesh,
                            SolverReport& best) {
  UnitPotentials u;
  for (int repeat = 0; repeat < 3; ++repeat) {
    u = solve_unit_potentials(scene, mesh, {}, core::silent(), ranks);
    for (double SolverReport::*time : {&SolverReport::setup_s, &SolverReport::assembly_s,
                                       &SolverReport::multigrid_s, &SolverReport::solve_s}) {
      const double s = slowest(ranks, u.report.*time);
      best.*time = repeat == 0 ? s : std::min(best.*time, s);
    }
  }
  return u;
}

void row(const Ranks& ranks, int contacts, double scale, double bandwidth) {
  const VolumeScene scene = benchmarks::ring_scene(contacts, scale);
  TetMesh mesh;
  const double mesh_s = seconds([&] {
    ranks.together([&] {
      if (ranks.first())
        mesh = make_mesh(scene);
    });
  });
  share_mesh(ranks, mesh);
  SolverReport best;
  const UnitPotentials u = solve_thrice(ranks, scene, mesh, best);
  if (!ranks.first())
    return;
  const benchmarks::FieldWork work =
      benchmarks::count_work(scene, mesh, static_cast<std::size_t>(contacts));
  const Sampler sampler(u);
  const std::vector<Vector3d> points = lines_along_the_lead();
  const double sampling_s = seconds([&] { sampler.smooth(points); });
  std::cout << ranks.count() << ',' << core::thread_count() << ',' << scale << ','
            << u.report.n_tets << ',' << u.report.n_unknowns << ',' << contacts << ',' << mesh_s
            << ',' << best.setup_s << ',' << best.assembly_s << ',' << best.multigrid_s << ','
            << best.solve_s << ',' << best.solve_s / contacts << ',' << u.report.iterations << ','
            << static_cast<double>(points.size()) / sampling_s << ',' << work.entries << ','
            << work.linear_rows << ',' << work.shared_bytes << ',' << work.repeated_bytes << ','
            << bandwidth << ',';
  constexpr int reference_contacts = 8;
  if (contacts == reference_contacts) {
    const LineErrors error = errors_at_lines(sampler);
    std::cout << error.potential << ',' << error.second_difference;
  } else {
    std::cout << ',';
  }
  std::cout << ',' << core::source_commit() << std::endl;
}

} // namespace

int main(int argc, char** argv) {
  const Ranks& ranks = Ranks::all();
  if (argc > 1)
    core::set_thread_count(static_cast<std::size_t>(std::max(1, std::atoi(argv[1]))));
  const int contacts = argc > 2 ? std::clamp(std::atoi(argv[2]), 1, 16) : 8;
  std::vector<double> scales;
  for (int i = 3; i < argc; ++i)
    scales.push_back(std::strtod(argv[i], nullptr));
  if (scales.empty())
    scales = {1.4, 1.0, 0.7};
  const double bandwidth = benchmarks::memory_bandwidth(ranks);
  if (ranks.first())
    std::cout << "ranks,threads,scale,tetrahedra,unknowns,contacts,mesh_s,setup_s,assembly_s,"
                 "multigrid_s,solve_s,solve_s_per_contact,iterations,sampling_points_per_s,"
                 "entries,linear_rows,shared_bytes,repeated_bytes,bytes_per_s,"
                 "potential_error,second_difference_error,commit\n";
  std::cout.precision(9);
  for (const double scale : scales)
    row(ranks, contacts, scale, bandwidth);
}
