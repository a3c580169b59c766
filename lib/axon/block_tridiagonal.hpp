// One implicit solve of the double cable by block elimination along the fibre, gates included.
//
// In U = V + P (axoplasm against the outside) and P, the solve with step h reads, with a = C/h + G,
//
//   (a + sum g_a) U - a P                        - sum g_a U_nb = (C/h) V0 + G E + level * axial
//   source -a U + (a + Cm/h + Gm + sum g_p) P           - sum g_p P_nb = -(C/h) V0 - G E + (Cm/h)
//   P0 + level * periaxonal source
//
// and at a node, where P = 0, the first row alone. Diagonal blocks are symmetric, couplings
// diagonal. Forward: eliminate from the first node on; e is the inverse of the reduced block, x = e
// times the reduced right side. Backward: substitute, extrapolate by `stretch`, and relax the gates
// at the new V.
//
// The matrix is symmetric positive definite: elimination without pivoting is stable.
#if defined(FORAMEN_AXON_BLOCK_TRIDIAGONAL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_BLOCK_TRIDIAGONAL_HPP
#undef FORAMEN_AXON_BLOCK_TRIDIAGONAL_HPP
#else
#define FORAMEN_AXON_BLOCK_TRIDIAGONAL_HPP
#endif

#include "axon/batch_view.hpp"
#include "axon/membranes/internode.hpp"

#include <limits>

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

// What elimination hands from one compartment to the next: the reduction of its diagonal block and
// the addition to its right side.
struct Carry {
  Lane d11, d12, d22, r1, r2;
};

// One solve of one group of Lane::width lanes; `lane` is the first.
template <class Node, class Internode> class CableSolve {
public:
  HWY_INLINE CableSolve(const BatchView& view, std::size_t lane, std::size_t solve)
      : b_(view), lane_(lane), level_(control(view.level, solve)),
        stretch_(control(view.stretch, solve)), gate_step_(control(view.gate_step_ms, solve)),
        end_(control(view.end_ms, solve)), duration_(control(view.duration_ms, solve)) {}

  HWY_INLINE void eliminate() {
    Carry carry{0.0, 0.0, 0.0, 0.0, 0.0};
    std::size_t i = 0;
    for (std::size_t j = 0; j < b_.n_nodes; ++j) {
      eliminate_node(j, i++, carry);
      if (j + 1 < b_.n_nodes)
        for (std::size_t k = 0; k < b_.per_internode; ++k)
          eliminate_internode(j, k, i++, carry);
    }
  }

  HWY_INLINE void substitute() {
    std::size_t i = (b_.n_nodes - 1) * (b_.per_internode + 1);
    Lane u = 0.0, p = 0.0; // of the compartment after
    for (std::size_t j = b_.n_nodes; j-- > 0; --i) {
      if (j + 1 < b_.n_nodes)
        for (std::size_t k = b_.per_internode; k-- > 0; --i)
          substitute_internode(j, k, i, u, p);
      substitute_node(j, i, u);
      p = 0.0;
    }
  }

private:
  HWY_INLINE Lane control(const double* array, std::size_t solve) const {
    return Lane::load(array + solve * batch_lanes + lane_);
  }
  HWY_INLINE Lane at(const double* array, std::size_t i) const {
    return Lane::load(array + i * batch_lanes + lane_);
  }
  HWY_INLINE void put(double* array, std::size_t i, Lane x) const {
    x.store(array + i * batch_lanes + lane_);
  }
  template <int n> HWY_INLINE void load(const double* array, std::size_t first, Lane* out) const {
    for (int g = 0; g < n; ++g)
      out[g] = at(array, first + static_cast<std::size_t>(g));
  }

  HWY_INLINE void eliminate_node(std::size_t j, std::size_t i, Carry& carry) const {
    const double* c = b_.periods[j].node;
    Lane gates[Node::n_gates], channels[Node::n_channels];
    load<Node::n_gates>(b_.node_gates, j * Node::n_gates, gates);
    load<Node::n_channels>(c, node_channels, channels);
    Lane g = at(c, node_leak), ge = at(c, node_leak_current);
    Node::sum(gates, channels, g, ge);
    const Lane capacitance = at(c, node_capacitance);
    const Lane d = capacitance + g + at(c, node_axial_sum) - carry.d11;
    const Lane r =
        fma(capacitance, at(b_.v, i), fma(level_, at(b_.axial_source, i), ge + carry.r1));
    const Lane e = Lane(1.0) / d;
    const Lane x = e * r;
    put(b_.e11, i, e);
    put(b_.x1, i, x);
    const Lane axial = at(c, node_axial_next);
    carry = Carry{axial * axial * e, 0.0, 0.0, axial * x, 0.0};
  }

  HWY_INLINE void eliminate_internode(std::size_t j, std::size_t k, std::size_t i,
                                      Carry& carry) const {
    const double* c = b_.periods[j].internode + k * n_internode_coefficients * batch_lanes;
    Lane g = at(c, inter_leak), ge = at(c, inter_leak_current);
    if constexpr (Internode::n_gates > 0) {
      Lane gates[Internode::n_gates], channels[Internode::n_channels];
      load<Internode::n_gates>(b_.internode_gates, gate_place(j, k), gates);
      load<Internode::n_channels>(c, inter_channels, channels);
      Internode::sum(gates, channels, g, ge);
    }
    const Lane capacitance = at(c, inter_capacitance);
    const Lane a = capacitance + g;
    const Lane d11 = a + at(c, inter_axial_sum) - carry.d11;
    const Lane d12 = -(a + carry.d12);
    const Lane d22 = a + at(c, inter_myelin) - carry.d22;
    const Lane i_in = fma(capacitance, at(b_.v, i), ge);
    const Lane r1 = fma(level_, at(b_.axial_source, i), i_in + carry.r1);
    const Lane r2 = fma(at(c, inter_myelin_capacitance), at(b_.p, i),
                        fma(level_, at(b_.periaxonal_source, i), carry.r2 - i_in));
    const Lane inverse = Lane(1.0) / fnma(d12, d12, d11 * d22);
    const Lane e11 = d22 * inverse, e12 = -(d12 * inverse), e22 = d11 * inverse;
    const Lane x1 = fma(e11, r1, e12 * r2);
    const Lane x2 = fma(e12, r1, e22 * r2);
    put(b_.e11, i, e11);
    put(b_.e12, i, e12);
    put(b_.e22, i, e22);
    put(b_.x1, i, x1);
    put(b_.x2, i, x2);
    const Lane axial = at(c, inter_axial_next), periaxonal = at(c, inter_periaxonal_next);
    carry = Carry{axial * axial * e11, axial * periaxonal * e12, periaxonal * periaxonal * e22,
                  axial * x1, periaxonal * x2};
  }

  HWY_INLINE void substitute_node(std::size_t j, std::size_t i, Lane& u) const {
    u = fma(at(b_.e11, i) * at(b_.periods[j].node, node_axial_next), u, at(b_.x1, i));
    const Lane before = at(b_.v, i);
    const Lane v = fma(stretch_, u - before, before);
    put(b_.v, i, v);
    note_crossing(j, before, v);
    relax<Node>(b_.node_gates, j * Node::n_gates, v);
  }

  HWY_INLINE void substitute_internode(std::size_t j, std::size_t k, std::size_t i, Lane& u,
                                       Lane& p) const {
    const double* c = b_.periods[j].internode + k * n_internode_coefficients * batch_lanes;
    const Lane from_u = at(c, inter_axial_next) * u;
    const Lane from_p = at(c, inter_periaxonal_next) * p;
    const Lane e12 = at(b_.e12, i);
    u = fma(at(b_.e11, i), from_u, fma(e12, from_p, at(b_.x1, i)));
    p = fma(e12, from_u, fma(at(b_.e22, i), from_p, at(b_.x2, i)));
    const Lane before = at(b_.v, i), p_before = at(b_.p, i);
    const Lane v = fma(stretch_, (u - p) - before, before);
    put(b_.v, i, v);
    put(b_.p, i, fma(stretch_, p - p_before, p_before));
    if constexpr (Internode::n_gates > 0)
      relax<Internode>(b_.internode_gates, gate_place(j, k), v);
  }

  HWY_INLINE std::size_t gate_place(std::size_t j, std::size_t k) const {
    return (j * b_.per_internode + k) * Internode::n_gates;
  }

  template <class Membrane> HWY_INLINE void relax(double* gates, std::size_t place, Lane v) const {
    Membrane::rates(rate_voltage(v), [&](std::size_t gate, Rates rates) {
      put(gates, place + gate, relaxed_gate(at(gates, place + gate), rates, gate_step_));
    });
  }

  HWY_INLINE void note_crossing(std::size_t j, Lane before, Lane v) const {
    const Lane::Tag d;
    const auto threshold = hn::Set(d, spike_threshold_mV);
    const auto crossed = hn::And(hn::Lt(before.v, threshold), hn::Ge(v.v, threshold));
    if (HWY_LIKELY(hn::AllFalse(d, crossed)))
      return;
    const Lane part = (v - spike_threshold_mV) / (v - before);
    const Lane time = fnma(part, duration_, end_);
    const Lane first = at(b_.first_crossing_ms, j);
    const auto fresh = hn::And(crossed, hn::Gt(first.v, end_.v)); // infinity until now
    put(b_.first_crossing_ms, j, hn::IfThenElse(fresh, time.v, first.v));
  }

  const BatchView& b_;
  std::size_t lane_;
  Lane level_, stretch_, gate_step_, end_, duration_;
};

// All solves of a block, for the groups of lanes that have work.
template <class Node, class Internode> void advance_cables(const BatchView& view) {
  for (std::size_t lane = 0; lane < batch_lanes; lane += Lane::width) {
    if (((view.active >> lane) & ((1u << Lane::width) - 1u)) == 0)
      continue;
    for (std::size_t solve = 0; solve < view.n_solves; ++solve) {
      CableSolve<Node, Internode> cable(view, lane, solve);
      cable.eliminate();
      cable.substitute();
    }
  }
}

// Puts all gates at their steady values for the present V.
template <class Node, class Internode> void settle_gates(const BatchView& view) {
  const auto settle = [](double* gates, const double* v, auto membrane) {
    for (std::size_t lane = 0; lane < batch_lanes; lane += Lane::width)
      decltype(membrane)::rates(Lane::load(v + lane), [&](std::size_t gate, Rates rates) {
        steady_gate(rates).store(gates + gate * batch_lanes + lane);
      });
  };
  for (std::size_t j = 0; j < view.n_nodes; ++j) {
    const std::size_t i = j * (view.per_internode + 1);
    settle(view.node_gates + j * Node::n_gates * batch_lanes, view.v + i * batch_lanes, Node());
    if constexpr (Internode::n_gates > 0)
      for (std::size_t k = 0; j + 1 < view.n_nodes && k < view.per_internode; ++k)
        settle(view.internode_gates +
                   (j * view.per_internode + k) * Internode::n_gates * batch_lanes,
               view.v + (i + 1 + k) * batch_lanes, Internode());
  }
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
