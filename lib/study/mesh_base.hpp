// Where a mesh that follows its lead comes from, [lead.mesh_pose], and how its fields are solved.
//
// Mesh and potentials are functions of the mesh pose and of the lead's place alone, to the bit: a
// sweep that resumes, its shards and a run of one of its points agree. Solves keep the coarse
// levels of the mesh pose and start from its potentials (field/pose_solver.hpp); the solver stays
// in memory between the points of a sweep, and is one rank's: shards share a sweep.
#pragma once

#include "core/progress.hpp"
#include "field/moving_mesh.hpp"
#include "field/unit_potentials.hpp"
#include "study/cache.hpp"
#include "study/study.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace foramen::study {

struct MeshBase {
  Study study; // with the lead in its mesh pose
  field::VolumeScene scene;
  std::shared_ptr<const field::MovingMesh> moving;
  core::Digest key; // of the field there
};

// The study with its lead in the mesh pose, and no mesh pose.
Study where_meshed(const Study& study);

// To the nearest of what stays when that lead moves: nerve, other leads, case, boundary; metres.
std::function<double(const Eigen::Vector3d& p)> distance_to_fixed(const Study& study);

// `scene`: with the lead elsewhere; `vertices`: of the mesh, moved there. Errors: those of
// solve_unit_potentials.
field::UnitPotentials solve_from(const MeshBase& base, const field::VolumeScene& scene,
                                 const std::vector<Eigen::Vector3d>& vertices,
                                 const field::SolverOptions& options, Cache& cache,
                                 Progress& progress);

} // namespace foramen::study
