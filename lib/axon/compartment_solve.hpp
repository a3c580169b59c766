// One implicit solve of a double cable with channels under the myelin, by block elimination along
// the fibre, compartment by compartment.
//
// In U = V + P (axoplasm against the outside) and P, the solve with step h reads, with a = C/h + G,
//
//   (a + sum g_a) U - a P                        - sum g_a U_nb
//       = (C/h) V0 + G E + level * axial source
//   -a U + (a + Cm/h + Gm + sum g_p) P           - sum g_p P_nb
//       = -(C/h) V0 - G E + (Cm/h) P0 + level * periaxonal source
//
// and at a node, where P = 0, the first row alone (node_solve.hpp). Diagonal blocks are symmetric,
// couplings diagonal. Forward: eliminate from the first node on; e is the inverse of the reduced
// block, x is e times the reduced right side. Backward: substitute, and relax the states at the new
// V.
#if defined(FORAMEN_AXON_COMPARTMENT_SOLVE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_COMPARTMENT_SOLVE_HPP
#undef FORAMEN_AXON_COMPARTMENT_SOLVE_HPP
#else
#define FORAMEN_AXON_COMPARTMENT_SOLVE_HPP
#endif

#include "axon/node_solve.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

// What elimination hands from one compartment to the next: the reduction of its diagonal block and
// the addition to its right side.
struct Carry {
  Lane d11, d12, d22, r1, r2;
};

template <class Node, class Internode> class CompartmentSolve : NodeSolve<Node> {
public:
  HWY_INLINE CompartmentSolve(const BatchView& view, std::size_t lane, std::size_t solve)
      : NodeSolve<Node>(view, lane, solve) {}

  HWY_INLINE void run() const {
    const BatchView& b = this->b_;
    if (any(outside(this->level_, 0.0)))
      eliminate_all<true>();
    else
      eliminate_all<false>();
    Lane u = 0.0; // of the compartment after
    Pending pending[2];
    for (std::size_t j = b.n_nodes; j-- > 0;) {
      if (j + 1 < b.n_nodes)
        substitute_internode(j, u);
      u = this->substitute_node(j, u, pending[j % 2]);
      if (j + 1 < b.n_nodes)
        this->relax_node(j + 1, pending[(j + 1) % 2]);
    }
    this->relax_node(0, pending[0]);
  }

private:
  using typename NodeSolve<Node>::Pending;
  static constexpr std::size_t scratch = 5; // e11, e12, e22, x1, x2

  HWY_INLINE const double* coefficients(std::size_t j, std::size_t k) const {
    return this->b_.periods[j].internode + k * n_internode_coefficients * batch_lanes;
  }

  template <bool driven> HWY_INLINE void eliminate_all() const {
    const BatchView& b = this->b_;
    Carry carry{0.0, 0.0, 0.0, 0.0, 0.0};
    for (std::size_t j = 0; j < b.n_nodes; ++j) {
      Lane e, x;
      this->eliminate_node(j, carry.d11, carry.r1, e, x);
      const Lane next = this->at(b.periods[j].node, node_next);
      carry = Carry{next * next * e, 0.0, 0.0, next * x, 0.0};
      for (std::size_t k = 0; j + 1 < b.n_nodes && k < b.per_internode; ++k)
        eliminate<driven>(j, k, carry);
    }
  }

  template <bool driven>
  HWY_INLINE void eliminate(std::size_t j, std::size_t k, Carry& carry) const {
    const BatchView& b = this->b_;
    const double* c = coefficients(j, k);
    const std::size_t i = j * b.per_internode + k;
    const Lane v = this->at(b.inner, 2 * i), p = this->at(b.inner, 2 * i + 1);
    Lane g = this->at(c, inter_leak), ge = this->at(c, inter_leak_current);
    this->template add_channels<Internode>(b.internode_states, i, c, inter_channels, v, g, ge);
    const Lane capacitance = this->at(c, inter_capacitance);
    const Lane a = capacitance + g;
    const Lane d11 = a + this->at(c, inter_axial_sum) - carry.d11;
    const Lane d12 = -(a + carry.d12);
    const Lane d22 = a + this->at(c, inter_myelin) - carry.d22;
    const Lane i_in = fma(capacitance, v, ge);
    Lane r1 = carry.r1 + i_in, r2 = carry.r2 - i_in;
    if constexpr (driven) {
      r1 = fma(this->level_, this->at(b.inner_source, 2 * i), r1);
      r2 = fma(this->level_, this->at(b.inner_source, 2 * i + 1), r2);
    }
    r2 = fma(this->at(c, inter_myelin_capacitance), p, r2);
    const Lane inverse = Lane(1.0) / fnma(d12, d12, d11 * d22);
    const Lane e11 = d22 * inverse, e12 = -(d12 * inverse), e22 = d11 * inverse;
    const Lane x1 = fma(e11, r1, e12 * r2);
    const Lane x2 = fma(e12, r1, e22 * r2);
    const Lane kept[scratch] = {e11, e12, e22, x1, x2};
    for (std::size_t s = 0; s < scratch; ++s)
      this->put(b.inner_scratch, scratch * i + s, kept[s]);
    const Lane axial = this->at(c, inter_axial_next);
    const Lane periaxonal = this->at(c, inter_periaxonal_next);
    carry = Carry{axial * axial * e11, axial * periaxonal * e12, periaxonal * periaxonal * e22,
                  axial * x1, periaxonal * x2};
  }

  // From u of the node after internode j to that of its first compartment.
  HWY_INLINE void substitute_internode(std::size_t j, Lane& u) const {
    const BatchView& b = this->b_;
    Pending pending[2];
    Lane p = 0.0;
    for (std::size_t k = b.per_internode; k-- > 0;) {
      substitute(j, k, u, p, pending[k % 2]);
      if (k + 1 < b.per_internode)
        relax_compartment(j, k + 1, pending[(k + 1) % 2]);
    }
    relax_compartment(j, 0, pending[0]);
  }

  HWY_INLINE void relax_compartment(std::size_t j, std::size_t k, const Pending& pending) const {
    const BatchView& b = this->b_;
    const std::size_t i = j * b.per_internode + k;
    this->template relax<Internode>(b.internode_table, b.internode_states, i, coefficients(j, k),
                                    inter_channels, this->at(b.inner, 2 * i), pending);
  }

  HWY_INLINE void substitute(std::size_t j, std::size_t k, Lane& u, Lane& p,
                             Pending& pending) const {
    const BatchView& b = this->b_;
    const double* c = coefficients(j, k);
    const std::size_t i = j * b.per_internode + k;
    const auto kept = [&](std::size_t s) { return this->at(b.inner_scratch, scratch * i + s); };
    const Lane from_u = this->at(c, inter_axial_next) * u;
    const Lane from_p = this->at(c, inter_periaxonal_next) * p;
    const Lane e12 = kept(1);
    u = fma(kept(0), from_u, fma(e12, from_p, kept(3)));
    p = fma(e12, from_u, fma(kept(2), from_p, kept(4)));
    const Lane before = this->at(b.inner, 2 * i), p_before = this->at(b.inner, 2 * i + 1);
    const Lane v = fma(this->stretch_, (u - p) - before, before);
    this->put(b.inner, 2 * i, v);
    this->put(b.inner, 2 * i + 1, fma(this->stretch_, p - p_before, p_before));
    this->template note<Internode>(before, v, pending);
  }
};

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
