// What does a pose of the lead cost when it follows others, and how far is its answer from that of
// a fresh mesh?
//
//   FORAMEN_MESHER=.../foramen-mesher pose_sweep STUDY.toml [threads [steps]]  > pose_sweep.csv
//
// The study with its default L5 placement; `steps` (5) poses each along the nerve, away from it and
// across it, 0.25 mm apart, about the default pose. One row per pose: seconds by part, iterations,
// and whether a new mesh was needed; the corner and centre poses also from scratch, with the
// largest differences of the potential and of its second difference on the fascicles' axes
// (nerve_lines.hpp), and their estimated errors there (field/error_estimate.hpp). Seconds of
// writing files or sampling are not included.
#include "config/table.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/error_estimate.hpp"
#include "field/mesher.hpp"
#include "field/moving_mesh.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "field/pose_solver.hpp"
#include "lead/placement.hpp"
#include "nerve_lines.hpp"
#include "study/study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <span>

using namespace foramen;
using namespace foramen::field;

namespace {

constexpr double step = 0.25e-3;

struct Poses {
  explicit Poses(study::Study s) : study(std::move(s)) {}
  study::Study study;
  const anatomy::Anatomy& anatomy = study.anatomy;

  // Steps along the nerve, away from it and across it.
  lead::PlacedLead at(const std::array<int, 3>& steps) const {
    const double from_axis = anatomy.nerve.radius + 1e-3 + 0.5 * study.leads[0].model.diameter;
    lead::Placement placement;
    placement.position = Length::from_si(28e-3 + step * steps[0]);
    placement.clearance = Length::from_si(1e-3 + step * steps[1]);
    placement.angle =
        Angle::from_si(315.0 * 3.14159265358979 / 180.0 + step * steps[2] / from_axis);
    return lead::place_beside(anatomy.nerve, study.leads[0].model, study.leads[0].encapsulation,
                              placement, anatomy.domain_centre, anatomy.domain_radius);
  }
  VolumeScene scene(const lead::PlacedLead& lead) const {
    return make_volume_scene(anatomy, {lead}, Resolution{}, OuterBoundary::grounded);
  }
};

// Three points of the lead, as one vector.
Eigen::VectorXd pose_of(const lead::PlacedLead& lead) {
  Eigen::VectorXd pose(9);
  pose << lead.tip, lead.tip + 50e-3 * lead.direction, lead.tip + 1e-3 * lead.side;
  return pose;
}

// A comparison as studies make it for their error estimate.
UnitPotentials coarser(const Poses& poses, const lead::PlacedLead& lead) {
  const VolumeScene scene = make_volume_scene(
      poses.anatomy, {lead}, Resolution{}.scaled(comparison_ratio), OuterBoundary::open);
  return solve_unit_potentials(scene, make_mesh(scene));
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: pose_sweep STUDY.toml [threads [steps]]\n";
    return 2;
  }
  if (argc > 2)
    core::set_thread_count(static_cast<std::size_t>(std::max(1, std::atoi(argv[2]))));
  const int steps = argc > 3 ? std::atoi(argv[3]) : 5, half = steps / 2;
  auto document = config::Document::from_file(argv[1]);
  const Poses poses{study::read_study(document)};
  const lead::PlacedLead base = poses.at({0, 0, 0});
  const VolumeScene base_scene = poses.scene(base);
  core::Stopwatch clock;
  const TetMesh mesh = make_mesh(base_scene);
  const double mesh_s = clock.lap();
  const anatomy::Nerve& nerve = poses.anatomy.nerve;
  const MovingMesh moving(mesh, lead_shape(base), [&](const Vector3d& p) {
    return std::min(nerve.course->closest(p).distance - nerve.radius,
                    poses.anatomy.domain_radius - (p - poses.anatomy.domain_centre).norm());
  });
  PoseSolver solver(base_scene, mesh, moving.movable());
  std::cerr << "base: mesh " << mesh_s << " s, set-up " << clock.lap() << " s\n";
  const benchmarks::NerveLines lines = benchmarks::nerve_lines(nerve);
  std::cout << "along,away,across,remesh,geometry_s,assembly_s,multigrid_s,solve_s,total_s,"
               "start_residual,iterations,moved_elements,scratch_s,potential_difference,"
               "second_difference,potential_error,second_error\n";
  double total = 0.0, slowest = 0.0;
  int count = 0;
  for (int i = -half; i <= half; ++i)
    for (int jj = -half; jj <= half; ++jj)
      for (int kk = -half; kk <= half; ++kk) { // a path without jumps
        const int j = (i + half) % 2 == 0 ? jj : -jj, k = (jj + half) % 2 == 0 ? kk : -kk;
        clock.lap();
        const lead::PlacedLead lead = poses.at({i, j, k});
        const VolumeScene scene = poses.scene(lead);
        const auto vertices = moving.vertices(lead_shape(lead));
        std::cout << i << ',' << j << ',' << k << ',' << (vertices ? 0 : 1);
        if (!vertices) {
          std::cout << std::endl;
          continue;
        }
        const double before = clock.lap();
        const UnitPotentials u = solver.solve(scene, *vertices, pose_of(lead));
        const double seconds = before + clock.lap();
        const PoseReport& r = solver.report();
        total += seconds;
        slowest = std::max(slowest, seconds);
        ++count;
        std::cout << ',' << before + r.geometry_s << ',' << r.assembly_s << ',' << r.multigrid_s
                  << ',' << r.solve_s << ',' << seconds << ',' << r.start_residual << ','
                  << r.iterations << ',' << r.moved_elements;
        const bool corner = std::abs(i) == half && std::abs(j) == half && std::abs(k) == half;
        if (corner || (i == 0 && j == 0 && k == 0)) {
          clock.lap();
          const TetMesh fresh = make_mesh(scene);
          const UnitPotentials v = solve_unit_potentials(scene, fresh);
          const double scratch = clock.lap();
          const auto between = [&](const UnitPotentials& other) {
            const benchmarks::Comparison all = benchmarks::differences(v, other, lines);
            return benchmarks::largest(std::span(all).subspan(1)); // of the fascicles' axes
          };
          const benchmarks::LineDifference d = between(u), e = between(coarser(poses, lead));
          const double scale = difference_over_error();
          std::cout << ',' << scratch << ',' << d.potential << ',' << d.second << ','
                    << e.potential / scale << ',' << e.second / scale;
        }
        std::cout << std::endl;
      }
  std::cerr << count << " poses: mean " << total / count << " s, slowest " << slowest << " s\n";
}
