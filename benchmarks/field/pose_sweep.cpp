// What does a pose of the lead cost when it follows others, and how far is its answer from that of
// a fresh mesh?
//
//   FORAMEN_MESHER=.../foramen-mesher pose_sweep STUDY.toml [threads [steps]]  > pose_sweep.csv
//
// The study with its default L5 placement; `steps` (5) poses each along the nerve, away from it and
// across it, 0.25 mm apart, about the default pose, which comes first and is not counted. One row
// per pose: whether a new mesh was needed, seconds by part, iterations; the corner and centre poses
// also from scratch, with the largest differences of the potential and of its second difference on
// the fascicles' axes (nerve_lines.hpp), their medians, and their estimated errors there
// (field/error_estimate.hpp). Standard error has the means. Seconds of writing files or sampling
// are not included.
#include "config/table.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/error_estimate.hpp"
#include "field/mesher.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "field/pose_series.hpp"
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

// A comparison as studies make it for their error estimate.
UnitPotentials coarser(const Poses& poses, const lead::PlacedLead& lead) {
  const VolumeScene scene = make_volume_scene(
      poses.anatomy, {lead}, Resolution{}.scaled(comparison_ratio), OuterBoundary::open);
  return solve_unit_potentials(scene, make_mesh(scene));
}

// On the fascicles' axes: largest and median.
struct Differences {
  benchmarks::LineDifference largest;
  double potential = 0.0, second = 0.0; // medians
};
Differences between(const UnitPotentials& a, const UnitPotentials& b,
                    const benchmarks::NerveLines& lines) {
  const benchmarks::Comparison all = benchmarks::differences(a, b, lines);
  const auto axes = std::span(all).subspan(1); // the nerve's axis is the first
  return {benchmarks::largest(axes), median(axes, &benchmarks::PointErrors::potential),
          median(axes, &benchmarks::PointErrors::second)};
}

// Mean, largest and number of something.
struct Tally {
  double sum = 0.0, most = 0.0;
  int count = 0;
  void add(double x) {
    sum += x;
    most = std::max(most, x);
    ++count;
  }
  double mean() const { return sum / count; }
};

struct Sweep {
  explicit Sweep(const Poses& p) : poses(p) {}
  const Poses& poses;
  benchmarks::NerveLines lines = benchmarks::nerve_lines(poses.anatomy.nerve);
  PoseSeries series{[this](const Vector3d& p) {
    const anatomy::Anatomy& a = poses.anatomy;
    return std::min(a.nerve.course->closest(p).distance - a.nerve.radius,
                    a.domain_radius - (p - a.domain_centre).norm());
  }};
  Tally seconds, scratch, potential, second; // the last two: differences over estimated errors

  UnitPotentials solve(const std::array<int, 3>& steps) {
    core::Stopwatch clock;
    const lead::PlacedLead lead = poses.at(steps);
    const VolumeScene scene = poses.scene(lead);
    const double scene_s = clock.lap();
    UnitPotentials u = series.solve(scene, lead_shape(lead));
    const double total = scene_s + clock.lap();
    seconds.add(total);
    const PoseSeriesReport& r = series.report();
    std::cout << (r.new_mesh ? 1 : 0) << ',' << scene_s << ',' << r.morph_s << ',' << r.mesh_s
              << ',' << r.pose.geometry_s << ',' << r.pose.assembly_s << ',' << r.pose.multigrid_s
              << ',' << r.pose.solve_s << ',' << total << ',' << r.pose.start_residual << ','
              << r.pose.iterations << ',' << r.pose.moved_elements;
    return u;
  }

  void compare(const std::array<int, 3>& steps, const UnitPotentials& u) {
    const lead::PlacedLead lead = poses.at(steps);
    core::Stopwatch clock;
    const VolumeScene scene = poses.scene(lead);
    const UnitPotentials fresh = solve_unit_potentials(scene, make_mesh(scene));
    const double scratch_s = clock.lap();
    scratch.add(scratch_s);
    const Differences d = between(fresh, u, lines), e = between(fresh, coarser(poses, lead), lines);
    const double scale = difference_over_error();
    potential.add(d.largest.potential * scale / e.largest.potential);
    second.add(d.largest.second * scale / e.largest.second);
    std::cout << ',' << scratch_s << ',' << d.largest.potential << ',' << d.largest.second << ','
              << d.potential << ',' << d.second << ',' << e.largest.potential / scale << ','
              << e.largest.second / scale << ',' << e.potential / scale << ',' << e.second / scale;
  }
};

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
  Sweep sweep(poses);
  std::cout
      << "along,away,across,new_mesh,scene_s,morph_s,mesh_s,geometry_s,assembly_s,multigrid_s,"
         "solve_s,total_s,start_residual,iterations,moved_elements,scratch_s,"
         "potential_difference,second_difference,potential_median,second_median,"
         "potential_error,second_error,potential_median_error,second_median_error\n";
  std::cout << "0,0,0,";
  sweep.solve({0, 0, 0});
  std::cout << std::endl;
  std::cerr << "first: " << sweep.seconds.sum << " s\n";
  sweep.seconds = {};
  for (int i = -half; i <= half; ++i)
    for (int jj = -half; jj <= half; ++jj)
      for (int kk = -half; kk <= half; ++kk) { // a path without jumps
        const int j = (i + half) % 2 == 0 ? jj : -jj, k = (jj + half) % 2 == 0 ? kk : -kk;
        std::cout << i << ',' << j << ',' << k << ',';
        const UnitPotentials u = sweep.solve({i, j, k});
        const bool corner = std::abs(i) == half && std::abs(j) == half && std::abs(k) == half;
        if (corner || (i == 0 && j == 0 && k == 0))
          sweep.compare({i, j, k}, u);
        std::cout << std::endl;
      }
  std::cerr << sweep.seconds.count << " poses: mean " << sweep.seconds.mean() << " s, slowest "
            << sweep.seconds.most << " s, new meshes " << sweep.series.meshes() - 1
            << "; from scratch " << sweep.scratch.mean() << " s, "
            << sweep.scratch.mean() / sweep.seconds.mean()
            << " times as long; largest difference over estimated error: potential "
            << sweep.potential.most << ", second difference " << sweep.second.most << "\n";
}
