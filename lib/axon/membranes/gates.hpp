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

enum class GateSpeed { any, slow }; // slow: a step moves them by less than 1/64, as a rule

template <int n, GateSpeed speed = GateSpeed::any> struct Gates {
  static constexpr int n_states = n, n_functions = 2 * n;
  static constexpr bool uses_currents = false;

  static HWY_INLINE void relax(const Lane* f, Lane* y, const StateStep& step) {
    for (int g = 0; g < n; ++g) {
      const Lane x = f[2 * g + 1] * step.dt;
      const Lane share = speed == GateSpeed::slow ? moved_share_of_slow(x) : moved_share(x);
      y[g] = fma(f[2 * g] - y[g], share, y[g]);
    }
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

// Where the potentials of some lanes lie in a table: each lane's cell, as an offset in bytes, and
// the place within it, -1/2 to 1/2.
struct TablePlace {
  HWY_ALIGN std::uint64_t offset[Lane::width];
  HWY_ALIGN double x[Lane::width];
};

template <int n_functions> HWY_INLINE void locate(Lane v, TablePlace& place) {
  constexpr double cell_bytes =
      8.0 * RateTable::groups(n_functions) * RateTable::n_coefficients * RateTable::group;
  constexpr double shift = 0x1p52; // a whole number added to it stands in the low bits
  const Lane::Tag d;
  const hn::RebindToUnsigned<Lane::Tag> du;
  const Lane inside = min(max(v, RateTable::lowest_mV), RateTable::highest_mV - 0.1);
  const Lane cells = (inside - RateTable::lowest_mV) * RateTable::cells_per_mV;
  const Lane cell = hn::Floor(cells.v);
  const Lane offset = fma(cell, cell_bytes, shift);
  hn::Store(hn::Xor(hn::BitCast(du, offset.v), hn::BitCast(du, hn::Set(d, shift))), du,
            place.offset);
  (cells - cell - 0.5).store(place.x);
}

// All functions of a table, each lane's from its own cell; `f` has room for whole groups of 8. Lane
// by lane the functions of a group are one load wide: no gather.
template <int n_functions>
HWY_INLINE void look_up(const double* table, const TablePlace& place, Lane* HWY_RESTRICT f) {
  const Lane::Tag d;
  for (std::size_t first = 0; first < static_cast<std::size_t>(n_functions);
       first += Lane::width) { // function
    const std::size_t begin =
        first / RateTable::group * RateTable::n_coefficients * RateTable::group +
        first % RateTable::group;
    Lane* rows = f + first;
    for (std::size_t lane = 0; lane < Lane::width; ++lane) {
      const double* c = reinterpret_cast<const double*>(
          reinterpret_cast<const char*>(table + begin) + place.offset[lane]);
      const Lane x = hn::Set(d, place.x[lane]);
      Lane sum = Lane::load(c);
      for (std::size_t k = 1; k < RateTable::n_coefficients; ++k)
        sum = fma(sum, x, Lane::load(c + k * RateTable::group));
      rows[lane] = sum;
    }
    transpose(rows);
  }
}
template <int n_functions>
HWY_INLINE void look_up(const double* table, Lane v, Lane* HWY_RESTRICT f) {
  TablePlace place;
  locate<n_functions>(v, place);
  look_up<n_functions>(table, place, f);
}
// Room for the functions of a table.
template <int n_functions>
inline constexpr std::size_t look_up_room = RateTable::groups(n_functions) * RateTable::group;

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
