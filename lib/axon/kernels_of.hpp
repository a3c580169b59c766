// The inner loops of a fibre from its membranes, for the SIMD target at hand (kinetics.hpp).
#if defined(FORAMEN_AXON_KERNELS_OF_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_KERNELS_OF_HPP
#undef FORAMEN_AXON_KERNELS_OF_HPP
#else
#define FORAMEN_AXON_KERNELS_OF_HPP
#endif

#include "axon/compartment_solve.hpp"
#include "axon/kinetics.hpp"
#include "axon/membrane_info.hpp"
#include "axon/mode_solve.hpp"
#include "axon/row_solve.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

// What may stand in the place of an internode's membrane.
struct NoInternode {};      // single cables
struct PassiveInternode {}; // a leak alone

template <class Node, class Between>
inline constexpr Internode internode_of =
    std::is_same_v<Between, NoInternode>        ? Internode::none
    : std::is_same_v<Between, PassiveInternode> ? Internode::passive
                                                : Internode::active;

// All solves of a block, for the groups of lanes that have work.
template <class Node, class Between> void advance_cables(const BatchView& view) {
  for (std::size_t lane = 0; lane < batch_lanes; lane += Lane::width) {
    if (((view.active >> lane) & ((1u << Lane::width) - 1u)) == 0)
      continue;
    constexpr Internode internode = internode_of<Node, Between>;
    if constexpr (internode == Internode::passive)
      if (view.sums_are_stale)
        ModeSolve<Node>(view, lane, 0).form_sums();
    for (std::size_t solve = 0; solve < view.n_solves; ++solve)
      if constexpr (internode == Internode::none)
        RowSolve<Node>(view, lane, solve).run();
      else if constexpr (internode == Internode::passive)
        ModeSolve<Node>(view, lane, solve).run();
      else
        CompartmentSolve<Node, Between>(view, lane, solve).run();
  }
}

template <class Membrane>
HWY_INLINE void settle(const double* table, double* states, std::size_t place, const double* v) {
  for (std::size_t lane = 0; lane < batch_lanes; lane += Lane::width) {
    Lane f[look_up_room<Membrane::n_functions>], y[Membrane::n_states];
    look_up<Membrane::n_functions>(table, Lane::load(v + lane), f);
    Membrane::settle(f, y);
    for (std::size_t k = 0; k < Membrane::n_states; ++k)
      y[k].store(states + (place * Membrane::n_states + k) * batch_lanes + lane);
  }
}

// Puts the states of all membranes at their steady values for the present V.
template <class Node, class Between> void settle_cables(const BatchView& b) {
  for (std::size_t j = 0; j < b.n_nodes; ++j)
    settle<Node>(b.node_table, b.node_states, j, b.v + j * batch_lanes);
  if constexpr (internode_of<Node, Between> == Internode::active)
    for (std::size_t i = 0; i < (b.n_nodes - 1) * b.per_internode; ++i)
      settle<Between>(b.internode_table, b.internode_states, i, b.inner + 2 * i * batch_lanes);
}

template <class Node, class Between> Kernels kernels_of() {
  Kernels k{.advance = advance_cables<Node, Between>,
            .settle = settle_cables<Node, Between>,
            .internode = internode_of<Node, Between>,
            .node_states = Node::n_states,
            .node_functions = Node::n_functions,
            .tabulate_node = Node::tabulate,
            .node = membrane_info<Node>()};
  if constexpr (internode_of<Node, Between> == Internode::active) {
    k.internode_states = Between::n_states;
    k.internode_functions = Between::n_functions;
    k.tabulate_internode = Between::tabulate;
    k.between = membrane_info<Between>();
  }
  return k;
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
