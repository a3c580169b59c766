// Which node is which unknown: contacts tied to one, the grounded boundary to none.
//
// A perfect conductor has one potential, so all nodes of an electrode share one unknown; the
// equation of that unknown is the sum of its nodes' equations, whose right-hand side is the
// electrode's total current. The nodes of an electrode with an interface keep unknowns of their own
// and meet the electrode's through interface_matrices (local_matrices.hpp). Nodes on the grounded
// boundary are eliminated. Insulated patches need nothing. Unknowns are numbered as mesh_order.hpp
// says, electrodes last.
//
// Local matrices may name electrodes as nodes: electrode i follows the space's nodes, as number
// `space.nodes.size() + i`.
//
// The linear subspace, on which the algebraic multigrid works, has the unknowns that some vertex or
// electrode carries; `linear_of` numbers them in the same order.
//
// Errors: ConfigError for an electrode without faces, two that touch, one that touches the grounded
// boundary, a surface resistance that is negative or not finite; SolverError for a part of the
// domain from which no current can reach the ground.
#pragma once

#include "field/space.hpp"

namespace foramen::field {

struct Unknowns {
  static constexpr int none = -1;
  int n = 0, n_linear = 0;
  std::vector<int> of_node; // then electrodes; `none`: grounded, or a node that no element uses
  std::vector<int> of_electrode;
  std::vector<std::uint8_t> grounded;      // as of_node
  std::vector<int> linear_of;              // per unknown; `none`: an edge's
  std::vector<std::array<int, 2>> ends_of; // per unknown of an edge: the unknowns of its ends
};

Unknowns number_unknowns(const VolumeScene& scene, const Space& space);

} // namespace foramen::field
