// One implicit solve of a single cable: nodes (or the compartments of a C fibre) in a row.
#if defined(FORAMEN_AXON_ROW_SOLVE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_ROW_SOLVE_HPP
#undef FORAMEN_AXON_ROW_SOLVE_HPP
#else
#define FORAMEN_AXON_ROW_SOLVE_HPP
#endif

#include "axon/node_solve.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

template <class Node> class RowSolve : NodeSolve<Node> {
public:
  HWY_INLINE RowSolve(const BatchView& view, std::size_t lane, std::size_t solve)
      : NodeSolve<Node>(view, lane, solve) {}

  HWY_INLINE void run() const {
    const BatchView& b = this->b_;
    Lane reduction = 0.0, addition = 0.0, e, x;
    for (std::size_t j = 0; j < b.n_nodes; ++j) {
      this->eliminate_node(j, reduction, addition, e, x);
      const Lane next = this->at(b.periods[j].node, node_next);
      reduction = next * next * e;
      addition = next * x;
    }
    Lane u = 0.0;
    typename NodeSolve<Node>::Pending pending[2];
    for (std::size_t j = b.n_nodes; j-- > 0;) {
      u = this->substitute_node(j, u, pending[j % 2]);
      if (j + 1 < b.n_nodes)
        this->relax_node(j + 1, pending[(j + 1) % 2]);
    }
    this->relax_node(0, pending[0]);
  }
};

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
