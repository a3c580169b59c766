// What a membrane is to the solver, and the common case: gates that depend on the potential alone.
//
// A membrane is a struct with
//
//   n_states, n_functions, n_channels     states; tabulated functions of V; coefficients (up to 4)
//   uses_currents                         whether relax needs the channels' currents
//   tabulate(v, f)                        the functions at v (mV), in plain doubles
//   sum(y, channel, v, g, ge)             adds the conductance g (mS) and g times reversal
//   potential
//                                         ge (uA) at states y; v for what is not ohmic
//   relax(f, y, s)                        advances the states over s.dt with the functions at
//   s.v_after settle(f, y)                          states at their steady values
//
// on Lanes. Membranes whose states are gates inherit the last two from Gates<n>: functions 2 g and
// 2 g + 1 are the steady value and the rate of gate g (rates.hpp), and over a step the gate relaxes
// by the exact exponential, y <- y_inf + (y - y_inf) exp(-rate dt).
#if defined(FORAMEN_AXON_GATES_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_GATES_HPP
#undef FORAMEN_AXON_GATES_HPP
#else
#define FORAMEN_AXON_GATES_HPP
#endif

#include "axon/lane.hpp"
#include "axon/rate_table.hpp"
#include "axon/rates.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct StateStep {
  Lane dt;      // ms
  Lane v_after; // mV
  // Concentrations integrate currents: at v_current, with gates by `midway` of the way from before
  // the step to the middle of it (0 in NEURON's scheme, 1 in the second-order one).
  Lane v_current, midway;
  const Lane* channel = nullptr; // if uses_currents
};

template <int n> struct Gates {
  static constexpr int n_states = n, n_functions = 2 * n;
  static constexpr bool uses_currents = false;

  static HWY_INLINE void relax(const Lane* f, Lane* y, const StateStep& step) {
    for (int g = 0; g < n; ++g)
      y[g] = fma(f[2 * g] - y[g], moved_share(f[2 * g + 1] * step.dt), y[g]);
  }
  static HWY_INLINE void settle(const Lane* f, Lane* y) {
    for (int g = 0; g < n; ++g)
      y[g] = f[2 * g];
  }

protected:
  static void put(double* f, int gate, Gate value) {
    f[2 * gate] = value.steady;
    f[2 * gate + 1] = value.rate;
  }
};

// All functions of a table at v, each lane's from the cell of its own potential; `f` has room for
// whole groups of 8. Lane by lane the functions of a group are one load wide: no gather.
template <int n_functions>
HWY_INLINE void look_up(const double* table, Lane v, Lane* HWY_RESTRICT f) {
  constexpr std::size_t groups = RateTable::groups(n_functions);
  constexpr std::size_t cell_size = groups * RateTable::n_coefficients * RateTable::group;
  const Lane::Tag d;
  const hn::RebindToSigned<Lane::Tag> di;
  const Lane inside = min(max(v, RateTable::lowest_mV), RateTable::highest_mV - 0.1);
  const Lane place = (inside - RateTable::lowest_mV) * RateTable::cells_per_mV;
  const Lane cell = hn::Floor(place.v);
  HWY_ALIGN int64_t cells[Lane::width];
  HWY_ALIGN double x[Lane::width];
  hn::Store(hn::ConvertTo(di, cell.v), di, cells);
  (place - cell - 0.5).store(x);
  for (std::size_t part = 0; part < groups * RateTable::group / Lane::width; ++part) {
    const std::size_t first = part * Lane::width; // function
    const std::size_t offset =
        first / RateTable::group * RateTable::n_coefficients * RateTable::group +
        first % RateTable::group;
    if (first >= static_cast<std::size_t>(n_functions))
      break;
    Lane* rows = f + first;
    for (std::size_t lane = 0; lane < Lane::width; ++lane) {
      const double* c = table + static_cast<std::size_t>(cells[lane]) * cell_size + offset;
      const Lane s = hn::Set(d, x[lane]);
      Lane sum = Lane::load(c);
      for (std::size_t k = 1; k < RateTable::n_coefficients; ++k)
        sum = fma(sum, s, Lane::load(c + k * RateTable::group));
      rows[lane] = sum;
    }
    transpose(rows);
  }
}
// Room for the functions of a table.
template <int n_functions>
inline constexpr std::size_t look_up_room = RateTable::groups(n_functions) * RateTable::group;

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
