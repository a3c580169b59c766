// What a quantity of interest sees of the field: adjoint potentials.
//
// A goal is a linear functional of the potential, J(v) = sum_k weight_k v(node_k). Its adjoint
// potential z solves a(v, z) = J(v) for every v of the discrete space, a being the form of
// local_matrices.hpp. What an error of the field does to the goal is then a(u - u_h, z - z_h): an
// element matters as much as both are wrong in it (goal_indicators.hpp; Becker & Rannacher 2001,
// doi:10.1017/S0962492901000010). The form is symmetric: z is the potential of currents into the
// goal's nodes.
//
// Units: those of J per ampere; weights without unit give ohm. Errors, and collective on several
// ranks: as solve_unit_potentials. Cost: as that.
#pragma once

#include "field/unit_potentials.hpp"

#include <string>
#include <utility>
#include <vector>

namespace foramen::field {

struct Goal {
  std::string name;                           // for messages
  std::vector<std::pair<int, double>> weight; // by node of UnitPotentials, no node twice
};

// Nodes x goals, on the first rank; empty on others. At most 16 goals.
using NodeValues = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
NodeValues adjoint_potentials(const VolumeScene& scene, const TetMesh& mesh,
                              const std::vector<Goal>& goals, const SolverOptions& options = {},
                              Progress& progress = silent(), const Ranks& ranks = Ranks::alone());

} // namespace foramen::field
