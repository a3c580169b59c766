#include "field/pose_series.hpp"

#include "core/stopwatch.hpp"
#include "field/mesher.hpp"
#include "field/moving_mesh.hpp"

namespace foramen::field {
namespace {

// Where the lead is, as lengths: three of its points, far enough apart to tell turns from moves.
Eigen::VectorXd pose_of(const LeadShape& lead) {
  constexpr double along = 50e-3, aside = 1e-3; // metres: about an array's length; a lead's width
  Eigen::VectorXd pose(9);
  pose << lead.tip, lead.tip + along * lead.direction, lead.tip + aside * lead.side;
  return pose;
}

} // namespace

struct PoseSeries::Base {
  MovingMesh moving;
  PoseSolver solver;

  Base(const VolumeScene& scene, const LeadShape& lead,
       const std::function<double(const Vector3d& p)>& distance_to_fixed,
       const SolverOptions& options)
      : moving(make_mesh(scene), lead, distance_to_fixed),
        solver(scene, moving.mesh(), moving.movable(), options) {}
};

PoseSeries::PoseSeries(std::function<double(const Vector3d& p)> distance_to_fixed,
                       const SolverOptions& options)
    : distance_to_fixed_(std::move(distance_to_fixed)), options_(options) {}
PoseSeries::~PoseSeries() = default;

UnitPotentials PoseSeries::solve(const VolumeScene& scene, const LeadShape& lead) {
  core::Stopwatch clock;
  report_ = {};
  std::optional<std::vector<Vector3d>> vertices;
  if (base_)
    vertices = base_->moving.vertices(lead);
  report_.morph_s = clock.lap();
  if (!vertices) {
    base_.reset(); // its memory first
    base_ = std::make_unique<Base>(scene, lead, distance_to_fixed_, options_);
    vertices = base_->moving.mesh().vertices;
    report_.new_mesh = true;
    ++meshes_;
    report_.mesh_s = clock.lap();
  }
  UnitPotentials out = base_->solver.solve(scene, *vertices, pose_of(lead));
  report_.pose = base_->solver.report();
  return out;
}

} // namespace foramen::field
