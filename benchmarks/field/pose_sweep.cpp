// What does a pose of the lead cost when it follows others, and how far is its answer from that of
// a fresh mesh?
//
//   FORAMEN_MESHER=.../foramen-mesher pose_sweep STUDY.toml [threads [steps]]  > pose_sweep.csv
//
// The study with its default L5 placement; `steps` (5) poses each along the nerve, away from it and
// across it, 0.25 mm apart, about the default pose. One row per pose: seconds by part, iterations,
// and whether a new mesh was needed; the corner and centre poses also from scratch, with the
// largest difference of the potential and of its 1-mm second difference along the nerve's axis,
// relative to the largest value there. Seconds of writing files or sampling are not included.
#include "config/table.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/mesher.hpp"
#include "field/moving_mesh.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "field/pose_solver.hpp"
#include "field/sampling.hpp"
#include "lead/placement.hpp"
#include "study/study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>

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

// Every 0.5 mm along the axis of each fascicle, from 20 mm before the foramen to 70 mm beyond it.
std::vector<std::vector<Vector3d>> fascicle_axes(const anatomy::Nerve& nerve) {
  std::vector<std::vector<Vector3d>> axes;
  for (const anatomy::Fascicle& fascicle : nerve.fascicles) {
    std::vector<Vector3d>& points = axes.emplace_back();
    for (double s = -20e-3; s <= 70e-3; s += 0.5e-3)
      points.push_back(nerve.course->at(nerve.foramen_s + s, fascicle.u, fascicle.v));
  }
  return axes;
}

struct Difference {
  double potential = 0.0, second = 0.0;
};

// Largest over contacts and axes, relative to each contact's largest on that axis.
Difference compare(const UnitPotentials& a, const UnitPotentials& b,
                   const std::vector<std::vector<Vector3d>>& axes) {
  const Sampler first(a), other(b);
  Difference d;
  for (const std::vector<Vector3d>& axis : axes) {
    const auto x = first.smooth(axis), y = other.smooth(axis);
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
      const auto second = [c](const auto& m, Eigen::Index i) { // over 1 mm: two steps of 0.5 mm
        return m(i - 2, c) - 2.0 * m(i, c) + m(i + 2, c);
      };
      double of = 0.0, largest = 0.0;
      for (Eigen::Index i = 2; i + 2 < x.rows(); ++i) {
        of = std::max(of, std::abs(second(x, i) - second(y, i)));
        largest = std::max(largest, std::abs(second(x, i)));
      }
      d.potential = std::max(d.potential, (x.col(c) - y.col(c)).cwiseAbs().maxCoeff() /
                                              x.col(c).cwiseAbs().maxCoeff());
      d.second = std::max(d.second, of / largest);
    }
  }
  return d;
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
  const std::vector<std::vector<Vector3d>> axes = fascicle_axes(nerve);
  std::cout << "along,away,across,remesh,geometry_s,assembly_s,multigrid_s,solve_s,total_s,"
               "start_residual,iterations,moved_elements,scratch_s,potential_difference,"
               "second_difference\n";
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
          const Difference d = compare(v, u, axes);
          std::cout << ',' << scratch << ',' << d.potential << ',' << d.second;
        }
        std::cout << std::endl;
      }
  std::cerr << count << " poses: mean " << total / count << " s, slowest " << slowest << " s\n";
}
