// One implicit solve along a fibre, its nodes: elimination from the first node on, substitution
// back.
//
// At a node, where P = 0, the solve with step h reads, with G and G E the channels' sums,
//
//   (C/h + leak + couplings + G) u - next u_next - previous u_previous
//       = C/h v + leak current + G E + level * source + what the internodes add
//
// u is the potential at the end of the implicit step; V follows it by `stretch` (integrator.hpp),
// and the states of the membrane relax at the new V. The matrix is symmetric positive definite:
// elimination without pivoting is stable.
#if defined(FORAMEN_AXON_NODE_SOLVE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_NODE_SOLVE_HPP
#undef FORAMEN_AXON_NODE_SOLVE_HPP
#else
#define FORAMEN_AXON_NODE_SOLVE_HPP
#endif

#include "axon/batch_view.hpp"
#include "axon/membranes/gates.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

// One solve of one group of Lane::width lanes; `lane` is the first.
template <class Node> class NodeSolve {
protected:
  HWY_INLINE NodeSolve(const BatchView& view, std::size_t lane, std::size_t solve)
      : b_(view), lane_(lane), level_(control(view.level, solve)),
        stretch_(control(view.stretch, solve)), gate_step_(control(view.gate_step_ms, solve)),
        current_place_(control(view.current_place, solve)), end_(control(view.end_ms, solve)),
        duration_(control(view.duration_ms, solve)) {}

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
    for (int k = 0; k < n; ++k)
      out[k] = at(array, first + static_cast<std::size_t>(k));
  }

  // Adds conductance and current of a membrane in the states at `place`.
  template <class Membrane>
  HWY_INLINE void add_channels(const double* states, std::size_t place, const double* channels,
                               std::size_t first_channel, Lane v, Lane& g, Lane& ge) const {
    Lane y[Membrane::n_states], channel[Membrane::n_channels];
    load<Membrane::n_states>(states, place * Membrane::n_states, y);
    load<Membrane::n_channels>(channels, first_channel, channel);
    Membrane::sum(y, channel, v, g, ge);
  }

  // What a substitution leaves for the membrane: where the new V lies in the table, and the V at
  // which concentrations integrate currents. Membranes are relaxed one compartment behind: each is
  // a long chain of operations, and the core works on several at once if the next one's start does
  // not wait for this one's substitution.
  struct Pending {
    TablePlace place;
    Lane v_current;
  };

  template <class Membrane> HWY_INLINE void note(Lane before, Lane after, Pending& pending) const {
    locate<Membrane::n_functions>(after, pending.place);
    if constexpr (Membrane::uses_currents)
      pending.v_current = fma(current_place_, after - before, before);
  }

  template <class Membrane>
  HWY_INLINE void relax(const double* table, double* states, std::size_t place,
                        const double* channels, std::size_t first_channel, Lane after,
                        const Pending& pending) const {
    Lane f[look_up_room<Membrane::n_functions>], y[Membrane::n_states];
    look_up<Membrane::n_functions>(table, pending.place, f);
    load<Membrane::n_states>(states, place * Membrane::n_states, y);
    StateStep step{gate_step_, after, after, current_place_, nullptr};
    Lane channel[Membrane::n_channels];
    if constexpr (Membrane::uses_currents) {
      load<Membrane::n_channels>(channels, first_channel, channel);
      step.channel = channel;
      step.v_current = pending.v_current;
    }
    Membrane::relax(f, y, step);
    for (std::size_t k = 0; k < Membrane::n_states; ++k)
      put(states, place * Membrane::n_states + k, y[k]);
  }

  // `reduction` of the diagonal and `addition` to the right side by what is already eliminated.
  // Leaves the inverse diagonal and the reduced solution in scratch and returns them.
  HWY_INLINE void eliminate_node(std::size_t j, Lane reduction, Lane addition, Lane& e,
                                 Lane& x) const {
    const double* c = b_.periods[j].node;
    const Lane v = at(b_.v, j);
    Lane g = at(c, node_diagonal), ge = at(c, node_constant);
    add_channels<Node>(b_.node_states, j, c, node_channels, v, g, ge);
    const Lane r =
        fma(at(c, node_capacitance), v, fma(level_, at(b_.node_source, j), ge + addition));
    e = Lane(1.0) / (g - reduction);
    x = e * r;
    put(b_.e, j, e);
    put(b_.x, j, x);
  }

  // From the next unknown to this node's, which is returned.
  HWY_INLINE Lane substitute_node(std::size_t j, Lane u_next, Pending& pending) const {
    const double* c = b_.periods[j].node;
    const Lane u = fma(at(b_.e, j) * at(c, node_next), u_next, at(b_.x, j));
    const Lane before = at(b_.v, j);
    const Lane v = fma(stretch_, u - before, before);
    put(b_.v, j, v);
    note_crossing(j, before, v);
    note<Node>(before, v, pending);
    return u;
  }

  HWY_INLINE void relax_node(std::size_t j, const Pending& pending) const {
    relax<Node>(b_.node_table, b_.node_states, j, b_.periods[j].node, node_channels, at(b_.v, j),
                pending);
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
  Lane level_, stretch_, gate_step_, current_place_, end_, duration_;
};

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
