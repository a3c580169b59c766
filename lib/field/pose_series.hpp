// Potentials of a lead in one pose after another: on a mesh that follows it, and on a new one where
// that would no longer be sound.
//
// The first pose is meshed, and is the base of those that follow (moving_mesh.hpp, pose_solver.hpp)
// until one of them demands a new mesh, which is the base from then on. Best begun in the middle of
// the poses, and led through them without jumps: solves start from the poses before.
//
//   PoseSeries series(distance_to_fixed);
//   for (const PlacedLead& lead : poses)
//     use(series.solve(scene_with(lead), lead_shape(lead)));
//
// Errors: those of make_mesh and solve_unit_potentials; ConfigError for a lead bent otherwise than
// in the first pose. Memory: that of PoseSolver.
#pragma once

#include "field/lead_surface.hpp"
#include "field/pose_solver.hpp"

#include <functional>
#include <memory>

namespace foramen::field {

struct PoseSeriesReport {
  bool new_mesh = false;
  double morph_s = 0.0, mesh_s = 0.0; // moving the mesh; a new one and the set-up of its solver
  PoseReport pose;
};

class PoseSeries {
public:
  // `distance_to_fixed`: as MovingMesh wants it; the same in all poses.
  explicit PoseSeries(std::function<double(const Vector3d& p)> distance_to_fixed,
                      const SolverOptions& options = {});
  ~PoseSeries();
  PoseSeries(const PoseSeries&) = delete;
  PoseSeries& operator=(const PoseSeries&) = delete;

  // `scene`: with the lead in the pose `lead`; scenes differ in nothing else.
  UnitPotentials solve(const VolumeScene& scene, const LeadShape& lead);
  // Of the last solve.
  const PoseSeriesReport& report() const { return report_; }
  std::size_t meshes() const { return meshes_; } // so far, the first one's among them

private:
  struct Base; // a mesh, and what solves on it
  std::function<double(const Vector3d& p)> distance_to_fixed_;
  SolverOptions options_;
  std::unique_ptr<Base> base_;
  std::size_t meshes_ = 0;
  PoseSeriesReport report_;
};

} // namespace foramen::field
