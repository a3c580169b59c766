// One implicit solve of a double cable whose internodes are passive: they are advanced in their
// modes (internode_modes.hpp), and only the nodes remain coupled.
//
// Over a solve with step h, mode y with rate lambda, couplings b_l, b_r to the nodes and source s
// obeys (y' - y) / h = -lambda y' + b_l u_l + b_r u_r + level s. Put into the equations of the
// nodes, it reduces their diagonals and couples them directly (constants of the cable and h, in
// node_diagonal and node_next) and adds what y alone gives: from_left, from_right, formed while the
// modes advance for the solve after.
//
// Where lanes with mirrored internodes run beside others, the further terms are zero for them: the
// same bits as alone.
//
// Cost per mode and solve: a load, a store, 3 multiply-adds where the internode is its own mirror
// image.
#if defined(FORAMEN_AXON_MODE_SOLVE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_MODE_SOLVE_HPP
#undef FORAMEN_AXON_MODE_SOLVE_HPP
#else
#define FORAMEN_AXON_MODE_SOLVE_HPP
#endif

#include "axon/internode_modes.hpp"
#include "axon/node_solve.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

template <class Node> class ModeSolve : NodeSolve<Node> {
public:
  HWY_INLINE ModeSolve(const BatchView& view, std::size_t lane, std::size_t solve)
      : NodeSolve<Node>(view, lane, solve), driven_(any(outside(this->level_, 0.0))) {}

  // Sums of all modes for the first solve after the coefficients or the amplitudes have changed.
  HWY_INLINE void form_sums() const {
    const BatchView& b = this->b_;
    for (std::size_t j = 0; j + 1 < b.n_nodes; ++j)
      if (b.periods[j].mirrored)
        pass<false, true, false>(j, 0.0, 0.0);
      else
        pass<false, false, false>(j, 0.0, 0.0);
  }

  HWY_INLINE void run() const {
    const BatchView& b = this->b_;
    Lane reduction = 0.0, addition = 0.0, e, x;
    for (std::size_t j = 0; j < b.n_nodes; ++j) {
      const Lane modes = this->at(b.from_left, j) + this->at(b.from_right, j);
      this->eliminate_node(j, reduction, addition + modes, e, x);
      const Lane next = this->at(b.periods[j].node, node_next);
      reduction = next * next * e;
      addition = next * x;
    }
    typename NodeSolve<Node>::Pending pending[2];
    Lane u = 0.0;
    for (std::size_t j = b.n_nodes; j-- > 0;) {
      const Lane right = u;
      u = this->substitute_node(j, u, pending[j % 2]);
      if (j + 1 < b.n_nodes) {
        advance(j, u, right);
        this->relax_node(j + 1, pending[(j + 1) % 2]);
      }
    }
    this->relax_node(0, pending[0]);
  }

private:
  HWY_INLINE void advance(std::size_t j, Lane left, Lane right) const {
    const bool mirrored = this->b_.periods[j].mirrored;
    if (HWY_LIKELY(mirrored && !driven_))
      pass<true, true, false>(j, left, right);
    else if (mirrored)
      pass<true, true, true>(j, left, right);
    else
      pass<true, false, true>(j, left, right);
  }

  // Advances the modes of internode j (if `advances`) and forms their sums.
  template <bool advances, bool mirrored, bool driven>
  HWY_INLINE void pass(std::size_t j, Lane left, Lane right) const {
    const BatchView& b = this->b_;
    const double* c = b.periods[j].internode;
    double* y = b.inner + j * n_internode_modes * batch_lanes;
    const double* source = b.inner_source + j * n_internode_modes * batch_lanes;
    Lane to_left[2] = {0.0, 0.0}, beyond = 0.0;
    for (std::size_t half = 0; half < 2; ++half) {
      const Lane both = half == 0 ? left + right : left - right;
      for (std::size_t k = 0; k < n_internode_modes / 2; ++k) {
        const std::size_t m = half * (n_internode_modes / 2) + k;
        const double* cm = c + m * n_mode_coefficients * batch_lanes;
        Lane amplitude = this->at(y, m);
        if constexpr (advances) {
          Lane pushed = this->at(cm, mode_left) * both;
          if constexpr (!mirrored)
            pushed = fma(this->at(cm, mode_beyond), right, pushed);
          amplitude = fma(this->at(cm, mode_decay), amplitude, pushed);
          if constexpr (driven)
            amplitude =
                fma(this->at(cm, mode_drive) * this->level_, this->at(source, m), amplitude);
          this->put(y, m, amplitude);
        }
        to_left[half] = fma(this->at(cm, mode_to_left), amplitude, to_left[half]);
        if constexpr (!mirrored)
          beyond = fma(this->at(cm, mode_to_beyond), amplitude, beyond);
      }
    }
    this->put(b.from_right, j, to_left[0] + to_left[1]);
    const Lane to_right = to_left[0] - to_left[1];
    this->put(b.from_left, j + 1, mirrored ? to_right : to_right + beyond);
  }

  bool driven_;
};

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
