// The potential of every contact for 1 A: the linear basis of everything the lead can do.
//
//   div(sigma grad phi) = 0,  contacts perfect conductors with total current 1 A (one) or 0 (the
//   idle ones float),  insulating lead,  sheets [phi] = Rp J.n,  outer boundary grounded or open.
//
// Quadratic tetrahedra curved onto the surfaces, with quarter-point nodes at contact edges; tied
// degrees of freedom on contacts; conjugate gradients for all contacts at once with p-multigrid
// (quadratic, linear, algebraic). Potentials per ampere: ohm. Results do not depend on the number
// of threads, nor on that of ranks, to the bit.
//
// On several ranks (collective; all have the same scene and mesh) each assembles and keeps its
// share of the rows; the first one gets the potentials, the others an empty result with the report.
//
// Errors: SolverError on breakdown, when `max_iterations` is reached, and for a region from which
// no current can reach the boundary; ConfigError for electrodes that have no face or touch each
// other or the ground, and for a conductivity that is not positive definite; WorldError for a mesh
// that does not fit the scene. Cost: 270 000 unknowns and 8 contacts 2.9 s of CPU (README).
#pragma once

#include "core/progress.hpp"
#include "field/ranks.hpp"
#include "field/tet_mesh.hpp"
#include "field/volume_scene.hpp"

#include <Eigen/Core>

#include <memory>
#include <string>
#include <vector>

namespace foramen::field {

using core::Progress;
using core::silent;

struct SolverOptions {
  // Of sqrt(r . M r), r the residual and M the multigrid cycle, per contact: close to the energy
  // norm of the error. Impedances are right to its square; between contacts of different sixteens,
  // to it.
  double relative_tolerance = 1e-5;
  int max_iterations = 100;
  std::size_t shared_level_rows = 16384; // multigrid levels of fewer rows are held by every rank
};

struct SolverReport {
  std::size_t n_tets = 0, n_unknowns = 0;
  int iterations = 0;             // of the slowest contact
  double residual = 0.0;          // largest relative residual
  double current_imbalance = 0.0; // largest |sum of currents through contacts and boundary| / 1 A
  int straightened_elements = 0;  // elements blended back towards flat: curving would invert them
  double setup_s = 0.0, assembly_s = 0.0, multigrid_s = 0.0, solve_s = 0.0;
};

// Nodes of quadratic elements with potentials; both sides of a sheet have nodes of their own.
struct UnitPotentials {
  std::vector<Vector3d> nodes;               // vertices first, then edge midpoints (curved)
  std::vector<std::array<int, 10>> elements; // 4 vertices, then edges 01 12 02 03 13 23
  std::vector<int> region;                   // per element
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>
      phi;                   // nodes x electrodes, ohm
  Eigen::MatrixXd impedance; // electrodes x electrodes, ohm
  SolverReport report;
};

UnitPotentials solve_unit_potentials(const VolumeScene& scene, const TetMesh& mesh,
                                     const SolverOptions& options = {},
                                     Progress& progress = silent(),
                                     const Ranks& ranks = Ranks::alone());

} // namespace foramen::field
