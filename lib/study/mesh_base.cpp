#include "study/mesh_base.hpp"

#include "core/error.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "field/pose_solver.hpp"

#include <algorithm>

namespace foramen::study {

Study where_meshed(const Study& study) {
  Study base = study;
  base.leads[study.mesh_pose->lead] = study.mesh_pose->placed;
  base.mesh_pose.reset();
  return base;
}

std::function<double(const Eigen::Vector3d& p)> distance_to_fixed(const Study& study) {
  std::vector<field::LeadShape> others;
  for (std::size_t i = 0; i < study.leads.size(); ++i)
    if (i != study.mesh_pose->lead)
      others.push_back(field::lead_shape(study.leads[i]));
  const geometry::SolidPtr body = study.generator_case ? study.generator_case->solid() : nullptr;
  const anatomy::Anatomy& a = study.anatomy;
  return [others, body, course = a.nerve.course, radius = a.nerve.radius, centre = a.domain_centre,
          domain = a.domain_radius](const Eigen::Vector3d& p) {
    double least = std::min(course->closest(p).distance - radius, domain - (p - centre).norm());
    double s = 0.0;
    for (const field::LeadShape& other : others)
      least = std::min(least, other.axis_distance(p, s) - other.outer_radius());
    return body ? std::min(least, body->distance(p)) : least;
  };
}

field::UnitPotentials solve_from(const MeshBase& base, const field::VolumeScene& scene,
                                 const std::vector<Eigen::Vector3d>& vertices,
                                 const field::SolverOptions& options, Cache& cache,
                                 Progress& progress) {
  const std::string kind = "pose solver";
  const auto solver = cache.kept<field::PoseSolver>(kind, base.key, [&] {
    progress.note("field: of the mesh pose first, from which those of others start");
    const field::MovingMesh& moving = *base.moving;
    auto made = std::make_shared<field::PoseSolver>(base.scene, moving.mesh(), moving.movable(),
                                                    options, field::FirstGuess::first_pose);
    made->solve(base.scene, moving.mesh().vertices, {});
    return made;
  });
  try {
    return solver->solve(scene, vertices, {});
  } catch (const core::Error&) {
    cache.forget(kind, base.key); // half moved
    throw;
  }
}

} // namespace foramen::study
