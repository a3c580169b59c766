// Potentials of a lead in many nearby poses, each from what the poses before it left.
//
// The mesh moves with the lead (moving_mesh.hpp), so numbering, sparsity and coarse levels stay;
// only elements that moved are integrated again and only their rows are filled again. Each solve
// starts from earlier potentials: from a combination of those of the poses before, weighted so that
// their poses combine to the new one (on a mesh that moves along, potentials change smoothly with
// the pose), or from the first pose's. Every pose is solved to the same tolerance as a fresh one:
// what came before changes the time, not the answer beyond that tolerance; and from the first
// pose's potentials not a bit of it.
//
// Errors: as solve_unit_potentials. Memory: that of a solve, its element matrices (450 bytes per
// tetrahedron), and up to `most_remembered` sets of potentials. One process.
#pragma once

#include "field/unit_potentials.hpp"

#include <memory>

namespace foramen::field {

struct PoseReport {
  std::size_t moved_elements = 0;
  int iterations = 0;
  double start_residual = 0.0; // of the first guess, relative; 1 without one
  double geometry_s = 0.0, assembly_s = 0.0, multigrid_s = 0.0, solve_s = 0.0;
};

enum class FirstGuess { poses_before, first_pose };

class PoseSolver {
public:
  static constexpr std::size_t most_remembered = 8;

  // `scene` and `mesh` of the base pose; `movable`: per vertex of the mesh, whether it will move.
  PoseSolver(const VolumeScene& scene, TetMesh mesh, std::vector<std::uint8_t> movable,
             const SolverOptions& options = {}, FirstGuess guess = FirstGuess::poses_before);
  ~PoseSolver();
  PoseSolver(const PoseSolver&) = delete;
  PoseSolver& operator=(const PoseSolver&) = delete;

  // `scene`: the base scene with its lead elsewhere. `vertices`: of the mesh, moved. `pose`: a few
  // lengths that say where the lead is (the same ones in every call), metres; nothing for guesses
  // from the first pose.
  UnitPotentials solve(const VolumeScene& scene, const std::vector<Vector3d>& vertices,
                       const Eigen::VectorXd& pose);
  const PoseReport& report() const { return report_; }

private:
  struct State;
  std::unique_ptr<State> state_;
  SolverOptions options_;
  PoseReport report_;
};

} // namespace foramen::field
