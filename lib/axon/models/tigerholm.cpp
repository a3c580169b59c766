// The C nociceptor of Tigerholm et al. 2014 (doi:10.1152/jn.00777.2012), at 37 C, as in PyFibers
// 0.9.
//
// Currents (mA/cm2, S/cm2, mV; gates' rates below, every rate times its Q10 factor to 37 C):
//
//   Na  0.10664 m^3 h s (Nav1.7), 0.24271 m^3 h s u (Nav1.8), 9.4779e-5 m h s (Nav1.9), half of h,
//   leak,
//       -1.5 p
//   K   0.0069733 (ns/4 + 3 nf/4) (M), 0.012756 m h (A), 0.018002 n^4 (delayed rectifier), 0.00042
//   w
//       (by sodium), half of h, leak, p
//   h   0.0025377 (ns + nf)/2, shared by Na and K;  w = 0.37 / (1 + (38.7/nai)^3.5)
//   p = -0.0047891 / (1 + 1/ko)^2 (1.62 / (1 + (6.7/(nai + 8))^3) + 1 / (1 + (67.6/(nai + 8))^3))
//
// Reversal potentials follow the concentrations (mM): with F = 96485.332 C/mol, D in um,
//
//   nai' = -4e4 I_Na / (F D)     nao' = 1e4 (I_Na / F - 1e-8 (nao - 154)) / 0.029
//
// and likewise potassium (5.6 outside). At the start nai 11.4, nao 154, ki 121.7, ko 5.6. The leaks
// (2.0582549212e-5 Na, 4.2277674367e-5 K) balance the currents at -55 mV. Departures from the
// published program: none (its constants rounded as NEURON's translator rounds defaults: six
// digits).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/tigerholm.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct TigerholmMembrane {
  enum State : int {
    m7,
    h7,
    s7, // Nav1.7
    m8,
    h8,
    s8,
    u8, // Nav1.8
    m9,
    h9,
    s9, // Nav1.9
    slow_m,
    fast_m, // M current
    m_a,
    h_a, // A current
    slow_h,
    fast_h, // h current
    n,      // delayed rectifier
    n_gates,
    nai = n_gates,
    nao,
    ki,
    ko, // mM
    e_na,
    e_k, // mV
    by_sodium,
    pump, // w; p, mA/cm2
    n_all
  };
  static constexpr int n_states = n_all;
  static constexpr int n_functions =
      2 * n_gates - 2;                 // two pairs of gates share their steady values
  static constexpr int n_channels = 2; // 1e3 area in cm2; 4e4 / (F D)
  static constexpr std::array state_names{
      "Nav1.7 m", "Nav1.7 h", "Nav1.7 s", "Nav1.8 m", "Nav1.8 h", "Nav1.8 s", "Nav1.8 u",
      "Nav1.9 m", "Nav1.9 h", "Nav1.9 s", "KM slow",  "KM fast",  "KA m",     "KA h",
      "HCN slow", "HCN fast", "KDR n",    "Na in",    "Na out",   "K in",     "K out",
      "E_Na",     "E_K",      "KNa w",    "pump"};
  static constexpr std::array current_names{"Na", "K"}; // with the pump's shares
  static constexpr bool uses_currents = true;
  static constexpr double faraday = 96485.332;                                  // C/mol
  static constexpr double rt_over_f = 8.314462618 * 310.15 / 96485.33212 * 1e3; // mV

  // Where the steady value of each gate stands among the functions; rates come first.
  static constexpr int steady_of(int gate) {
    const int place = gate == fast_m ? slow_m : gate == fast_h ? slow_h : gate;
    return n_gates + place - (place > fast_m) - (place > fast_h);
  }

  struct Conductances { // S/cm2
    Lane na, k;
  };
  static HWY_INLINE Conductances conductances(const Lane* y) {
    const Lane h = 0.25 * 0.0025377 * (y[slow_h] + y[fast_h]);
    const Lane n2 = y[n] * y[n];
    return {fma(0.10664 * (cube(y[m7]) * y[h7]), y[s7],
                fma(0.24271 * (cube(y[m8]) * y[h8]), y[s8] * y[u8],
                    fma(9.4779e-5 * (y[m9] * y[h9]), y[s9], h + 2.0582549212e-5))),
            fma(0.25 * 0.0069733, fma(3.0, y[fast_m], y[slow_m]),
                fma(0.012756 * y[m_a], y[h_a],
                    fma(0.018002, n2 * n2, fma(0.00042, y[by_sodium], h + 4.2277674367e-5))))};
  }

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Conductances c = conductances(y);
    const Lane area = channel[0];
    g = fma(area, c.na + c.k, g);
    // The pump moves 1.5 sodium ions out per potassium ion in: a current of -p/2 in all.
    ge = fma(area, fma(c.na, y[e_na], fma(c.k, y[e_k], 0.5 * y[pump])), ge);
  }

  static HWY_INLINE void currents(const Lane* y, const Lane* channel, Lane v, Lane* i) {
    const Conductances c = conductances(y);
    i[0] = channel[0] * fma(c.na, v - y[e_na], -1.5 * y[pump]);
    i[1] = channel[0] * fma(c.k, v - y[e_k], y[pump]);
  }

  static HWY_INLINE void relax(const Lane* f, Lane* y, const StateStep& step) {
    Lane at_currents[n_states]; // gates when the currents flow that the concentrations integrate
    for (int s = 0; s < n_states; ++s)
      at_currents[s] = y[s];
    for (int gate = 0; gate < n_gates; ++gate) {
      const Lane change = (f[steady_of(gate)] - y[gate]) * moved_share(f[gate] * step.dt);
      at_currents[gate] = fma(0.5 * step.midway, change, y[gate]);
      y[gate] = y[gate] + change;
    }
    const Conductances c = conductances(at_currents);
    const Lane i_na = fma(c.na, step.v_current - y[e_na], -1.5 * y[pump]);
    const Lane i_k = fma(c.k, step.v_current - y[e_k], y[pump]);
    // Without area (a passive end) nothing flows.
    const Lane flows = select(below(0.0, step.channel[0]), 1.0, 0.0);
    accumulate(i_na * flows, 154.0, step, y[nai], y[nao]);
    accumulate(i_k * flows, 5.6, step, y[ki], y[ko]);
    follow_concentrations(y);
  }

  static HWY_INLINE void settle(const Lane* f, Lane* y) {
    for (int gate = 0; gate < n_gates; ++gate)
      y[gate] = f[steady_of(gate)];
    y[nai] = 11.4;
    y[nao] = 154.0;
    y[ki] = 121.7;
    y[ko] = 5.6;
    follow_concentrations(y);
  }

  static void tabulate(double v, double* f) {
    const double na7 = q10_factor(2.5, 21.0), na8 = q10_factor(2.5, 22.0), na9 = na7;
    const double km = q10_factor(3.3, 21.0), ka = q10_factor(3.3, 23.0);
    const double kh = q10_factor(3.0, 22.0), kdr = q10_factor(3.3, 22.0);
    const auto put = [&](int gate, double factor, Gate g) {
      f[gate] = factor * g.rate;
      f[steady_of(gate)] = g.steady;
    };
    const auto sigmoid = [&](double half, double width) { return logistic((v - half) / width); };
    const auto bell = [&](double base, double height, double centre, double width) {
      return base + height * std::exp(-(v - centre) * (v - centre) / (2.0 * width * width));
    };
    put(m7, na7, from_rates(15.5 * sigmoid(5.0, -12.08), 35.2 * sigmoid(-72.7, 16.7)));
    put(h7, na7,
        from_rates(0.38685 * sigmoid(-122.35, 15.29),
                   -0.00283 + 2.00283 * sigmoid(-5.5266, -12.702)));
    put(s7, na7,
        from_rates(3e-5 + 9.2e-4 * sigmoid(-93.9, 16.6), 132.05 - 132.05 * sigmoid(384.9, 28.5)));
    put(m8, na8,
        from_rates(2.85 - 2.839 * sigmoid(1.159, 13.95), 7.6205 * sigmoid(-46.463, 8.8289)));
    put(h8, na8, from_steady(sigmoid(-32.2, 4.0), bell(1.218, 42.043, -38.1, 15.19)));
    put(s8, na8,
        {sigmoid(-45.0, 8.0),
         0.001 * 5.4203 * sigmoid(-79.816, 16.269) + 0.001 * 5.0757 * sigmoid(-15.968, -11.542)});
    put(u8, na8,
        {sigmoid(-51.0, 8.0),
         0.0002 * 2.0434 * sigmoid(-67.499, 19.51) + 0.0002 * 1.9952 * sigmoid(-30.963, -14.792)});
    put(m9, na9, from_rates(1.032 * sigmoid(-6.99, -14.8712), 5.79 * sigmoid(-130.4, 22.9)));
    put(h9, na9,
        from_rates(0.06435 * sigmoid(-73.2642, 3.71928), 0.13496 * sigmoid(-10.2785, -9.09334)));
    put(s9, na9, from_rates(1.6e-7 * std::exp(-v / 12.0), 5e-4 * sigmoid(-32.0, -23.0)));
    const double m_steady = sigmoid(-30.0, -6.0);
    put(slow_m, km, from_steady(m_steady, v < -60.0 ? 219.0 : 13.0 * v + 1000.0));
    put(fast_m, km,
        {m_steady, 0.00395 * std::exp((v + 30.0) / 40.0) + 0.00395 * std::exp(-(v + 30.0) / 20.0)});
    put(m_a, ka, from_steady(std::pow(sigmoid(9.6, -16.4), 4.0), bell(0.25, 10.04, -24.67, 34.8)));
    put(h_a, ka, from_steady(sigmoid(-34.9, 4.6), bell(20.0, 50.0, -40.0, 40.0)));
    const double h_steady = sigmoid(-87.2, 9.7);
    const bool deep = v < -70.0;
    put(slow_h, kh,
        from_steady(h_steady, deep ? 2500.0 + 100.0 * std::exp((v + 240.0) / 50.0)
                                   : 300.0 + 542.0 * std::exp(-(v + 25.0) / 20.0)));
    put(fast_h, kh,
        from_steady(h_steady, deep ? 250.0 + 12.0 * std::exp((v + 240.0) / 50.0)
                                   : 140.0 + 50.0 * std::exp(-(v + 25.0) / 20.0)));
    const double n_tau = v >= -31.0 ? 0.16 + 0.8 * std::exp(-0.0267 * (v + 11.0))
                                    : 1000.0 * (0.000688 + 1.0 / (std::exp((v + 75.2) / 6.5) +
                                                                  std::exp(-(v - 131.5) / 34.8)));
    put(n, kdr, from_steady(sigmoid(-25.0, -15.4), n_tau));
  }

private:
  // A step of the pools of one ion under its current density (mA/cm2).
  static HWY_INLINE void accumulate(Lane current, double rest_outside, const StateStep& step,
                                    Lane& inside, Lane& outside) {
    constexpr double exchange = 1e4 * 1e-8 / 0.029; // per ms
    constexpr double least = 1e-3;                  // mM: currents of absurd size leave something
    inside = max(fnma(step.channel[1] * step.dt, current, inside), least);
    const Lane steady = fma(1e8 / faraday, current, rest_outside);
    outside = max(fma(steady - outside, moved_share(exchange * step.dt), outside), least);
  }

  static HWY_INLINE void follow_concentrations(Lane* y) {
    y[e_na] = rt_over_f * log(y[nao] / y[nai]);
    y[e_k] = rt_over_f * log(y[ko] / y[ki]);
    const Lane x = 38.7 / y[nai];
    y[by_sodium] = 0.37 / (cube(x) * sqrt(x) + 1.0);
    const Lane ko_part = 1.0 / (1.0 / y[ko] + 1.0);
    const Lane sodium = y[nai] + 8.0;
    y[pump] = -0.0047891 * (ko_part * ko_part) *
              (1.62 / (cube(6.7 / sodium) + 1.0) + 1.0 / (cube(67.6 / sodium) + 1.0));
  }
};

Kernels tigerholm_kernels() {
  return kernels_of<TigerholmMembrane, NoInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/tigerholm.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/c_fibre.hpp"

namespace foramen::axon {

HWY_EXPORT(tigerholm_kernels);

namespace {

const Kinetics& tigerholm_kinetics() {
  static const Kinetics kinetics("tigerholm",
                                 [] { return HWY_DYNAMIC_DISPATCH(tigerholm_kernels)(); },
                                 {0.4, 2.0, 40.0, 0.08}, {2.0, 8.0, 2e-3});
  return kinetics;
}

constexpr double faraday = 96485.332; // C/mol

} // namespace

Cable build_tigerholm(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  const auto channels = [&](Compartment& c, double area_cm2) {
    c.channels_mS = {mS_per_cm2(1.0) * area_cm2, 4e4 / (faraday * in_um(diameter)), 0.0, 0.0};
  };
  return c_fibre({.kinetics = &tigerholm_kinetics(),
                  .rest_guess_mV = -55.0,
                  .axoplasm_ohm_cm = 35.4,
                  .rest_drift_mV = 0.01},
                 model, diameter, n_nodes, ends, channels);
}

} // namespace foramen::axon
#endif
