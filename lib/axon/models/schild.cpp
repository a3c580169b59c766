// The C fibres of Schild et al. 1994 (doi:10.1152/jn.1994.71.6.2338) and of Schild and Kunze 1997
// (doi:10.1152/jn.1997.78.6.3198), at 37 C, as in PyFibers 0.9.
//
// Currents (S/cm2; conductances of 1994 | 1997 in the table below): fast and slow sodium, delayed
// rectifier n, A p^3 q, D x^3 y and calcium-activated c potassium, N-type d (0.55 f1 + 0.45 f2) and
// T-type d f calcium, leaks of Na and Ca, and, with E in mV and concentrations in mM,
//
//   calcium pump    I_max cai / (cai + 0.0005)
//   Na/Ca exchange  K (nai^3 cao e^(V/2) - nao^3 cai e^(-V/2)) / S, V in units of RT/F,
//                   S = 1 + 0.0036 (cai nao^3 + cao nai^3); -2 parts calcium, 3 parts sodium
//   Na/K pump       I (V + 150) / (V + 200) (nai / (nai + 5.46))^3 (ko / (ko + 0.621))^2; 3 Na, -2
//   K E_Ca = RT/2F ln(cao / cai) - 78.7
//
//   cai' = -I_Ca 4e4 / (2 F D) - 0.004 Oc'      Oc' = 100 cai (1 - Oc) - 0.238 Oc
//   cao' = I_Ca 4e4 D / (((D + 1)^2 - D^2) 2 F) + (2 - cao) / 4511
//
// Sodium and potassium stay as they are (E_Na 76.17925, E_K -87.92140 mV:
// RT/F ln(154 / 8.9), RT/F ln(5.4 / 145)). The pumps' maxima carry the
// temperature factor of a time constant: they get weaker with warmth. Departures from the published
// program: none (constants rounded as NEURON's translator rounds defaults: six digits).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/schild.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

// Conductances, S/cm2.
struct Schild94 {
  static constexpr bool is_94 = true;
  static constexpr double naf = 0.0689671, nas = 0.00104335, kd = 0.000180376, ka = 0.000141471;
  static constexpr double kds = 0.000106103, kca = 0.000141471, can = 0.000106103, cat = 1.23787e-5;
  static constexpr double leak_na = 1.85681e-5, leak_ca = 3.00626e-6;
};
struct Schild97 {
  static constexpr bool is_94 = false;
  static constexpr double naf = 0.022434928, nas = 0.022434928, kd = 0.001956534, ka = 0.001304356;
  static constexpr double kds = 0.000782614, kca = 0.000913049, can = 0.000521743, cat = 0.00018261;
  static constexpr double leak_na = 1.8261e-5, leak_ca = 9.13049e-6;
};

// Publications round R and F: 8.314 J/(mol K), 96500 C/mol.
inline constexpr double schild_rt_over_f = 1e3 * 8.314 * 310.15 / 96500.0; // mV

template <class G> struct SchildMembrane {
  enum State : int {
    naf_m,
    naf_h,
    naf_l, // l in 1994 only
    nas_m,
    nas_h,
    kd_n,
    ka_p,
    ka_q,
    kds_x,
    kds_y,
    can_d,
    can_f1,
    can_f2,
    cat_d,
    cat_f,
    n_gates,
    kca_c = n_gates, // its rates depend on calcium too
    cai,
    cao,
    bound, // mM, mM, share of the buffer
    e_ca,  // mV
    i_pumps,
    g_pumps,
    v_pumps, // mA/cm2, S/cm2: of pumps and exchange, linear around v_pumps (mV)
    n_all
  };
  enum Function : int { kca_opening = 2 * n_gates, kca_closing, half_v, n_all_functions };
  static constexpr int n_states = n_all, n_functions = n_all_functions;
  static constexpr int n_channels = 3; // 1e3 area in cm2; cai' and cao' per mA/cm2
  static constexpr std::array state_names{
      "Naf m", "Naf h",  "Naf l",  "Nas m",  "Nas h",   "KD n",    "KA p",   "KA q",
      "KDS x", "KDS y",  "CaN d",  "CaN f1", "CaN f2",  "CaT d",   "CaT f",  "KCa c",
      "Ca in", "Ca out", "buffer", "E_Ca",   "I pumps", "G pumps", "V pumps"};
  static constexpr std::array current_names{"Na", "K", "Ca", "pumps"};
  static constexpr bool uses_currents = true;
  static constexpr double e_na = 76.1792474793765, e_k = -87.92139731824584; // mV
  static constexpr double nai = 8.9, nao = 154.0, ko = 5.4;                  // mM

  struct Conductances { // S/cm2
    Lane na, k, ca;
  };
  static HWY_INLINE Conductances conductances(const Lane* y) {
    const Lane inactive = G::is_94 ? y[naf_h] * y[naf_l] : y[naf_h];
    return {
        fma(G::naf * cube(y[naf_m]), inactive, fma(G::nas * cube(y[nas_m]), y[nas_h], G::leak_na)),
        fma(G::kd, y[kd_n],
            fma(G::ka * cube(y[ka_p]), y[ka_q],
                fma(G::kds * cube(y[kds_x]), y[kds_y], G::kca * y[kca_c]))),
        fma(G::can * y[can_d], fma(0.55, y[can_f1], 0.45 * y[can_f2]),
            fma(G::cat * y[cat_d], y[cat_f], G::leak_ca))};
  }

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Conductances c = conductances(y);
    const Lane area = channel[0];
    g = fma(area, c.na + c.k + c.ca + y[g_pumps], g);
    const Lane pumped = fma(y[g_pumps], y[v_pumps], -y[i_pumps]);
    ge = fma(area, fma(c.na, e_na, fma(c.k, e_k, fma(c.ca, y[e_ca], pumped))), ge);
  }

  static HWY_INLINE void currents(const Lane* y, const Lane* channel, Lane v, Lane* i) {
    const Conductances c = conductances(y);
    i[0] = channel[0] * c.na * (v - e_na);
    i[1] = channel[0] * c.k * (v - e_k);
    i[2] = channel[0] * c.ca * (v - y[e_ca]);
    i[3] = channel[0] * fma(y[g_pumps], v - y[v_pumps], y[i_pumps]);
  }

  static HWY_INLINE void relax(const Lane* f, Lane* y, const StateStep& step) {
    Lane at_currents[n_states]; // when the currents flow that the concentrations integrate
    for (int s = 0; s < n_states; ++s)
      at_currents[s] = y[s];
    for (int gate = 0; gate < n_gates; ++gate) {
      const Lane change = (f[2 * gate] - y[gate]) * moved_share(f[2 * gate + 1] * step.dt);
      at_currents[gate] = fma(0.5 * step.midway, change, y[gate]);
      y[gate] = y[gate] + change;
    }
    const Lane flows = select(below(0.0, step.channel[0]), 1.0, 0.0); // not in a passive end
    const Lane i_ca = flows * calcium_current(at_currents, step.v_current);
    // Backward Euler over the step (NEURON), or over its half and extrapolated (second order).
    const Lane stretch = step.midway + 1.0;
    advance_calcium(y, i_ca, step.channel, step.dt / stretch, stretch);
    const Lane alpha = f[kca_opening] * y[cai], total = alpha + f[kca_closing];
    y[kca_c] =
        fma(alpha / total - y[kca_c], moved_share(kca_factor() / 4.5 * total * step.dt), y[kca_c]);
    follow(f, step.v_after, y);
  }

  static HWY_INLINE void settle(const Lane* f, Lane* y) {
    for (int gate = 0; gate < n_gates; ++gate)
      y[gate] = f[2 * gate];
    y[cai] = 1.17e-4;
    y[cao] = 2.0;
    y[bound] = 0.05;
    const Lane alpha = f[kca_opening] * y[cai];
    y[kca_c] = alpha / (alpha + f[kca_closing]);
    // The potential from e^(V/2): the only function that gives it.
    follow(f, 2.0 * schild_rt_over_f * log(f[half_v]), y);
  }

  static void tabulate(double v, double* f) {
    const double cold = 22.85, warm_na = G::is_94 ? cold : 22.0;
    const auto sigmoid = [&](double shift, double width) { return logistic((v + shift) / width); };
    const auto bell = [&](double a, double b, double c, double centre) {
      return a * std::exp(-b * b * (v - centre) * (v - centre)) + c;
    };
    const auto put = [&](int gate, double steady, double tau, double q10, double measured) {
      f[2 * gate] = steady;
      f[2 * gate + 1] = q10_factor(q10, measured) / tau;
    };
    if (G::is_94) {
      put(naf_m, sigmoid(41.35 - 17.5, -4.75), bell(0.75, 0.0635, 0.12, -40.35), 2.30, cold);
      put(naf_h, sigmoid(62.0 - 17.5, 4.5), bell(6.5, 0.0295, 0.55, -75.0), 1.50, cold);
      put(nas_m, sigmoid(20.35 - 20.0, -4.45), bell(1.5, 0.0595, 0.15, -20.35), 2.30, cold);
      put(nas_h, sigmoid(18.0 - 20.0, 4.5), bell(4.95, 0.0335, 0.75, -20.0), 1.50, cold);
    } else {
      put(naf_m, logistic((-31.62 - v) / 6.98), bell(1.15, 0.06, 0.21, -40.0), 2.30, warm_na);
      put(naf_h, logistic((-65.99 - v) / -5.97), bell(18.0, 0.043, 1.35, -62.5), 1.50, warm_na);
      put(nas_m, logistic((-11.29 - v) / 5.54), bell(1.45, 0.058, 0.26, -14.5), 2.30, warm_na);
      put(nas_h, logistic((-31.0 - v) / -5.20), bell(10.75, 0.067, 3.15, -13.5), 1.50, warm_na);
    }
    put(naf_l, sigmoid(40.0, 1.5), 25.0 * logistic((v - 20.0) / 4.5) + 0.01, 1.0, cold);
    put(kd_n, sigmoid(14.62 + 3.0, -18.38),
        1.0 / (0.001265 * linoid(v + 14.273, 10.0) + 0.125 * std::exp(-(v + 55.0) / 2.5)) + 1.0,
        1.40, cold);
    put(ka_p, sigmoid(28.0 + 3.0, -28.0), bell(5.0, 0.022, 2.5, -65.0), 1.93, cold);
    put(ka_q, sigmoid(58.0 + 3.0, 7.0), bell(100.0, 0.035, 10.5, -30.0), 1.93, cold);
    put(kds_x, sigmoid(39.59 + 3.0, -14.68), bell(5.0, 0.022, 2.5, -65.0), 1.93, cold);
    put(kds_y, sigmoid(48.0 + 3.0, 7.0), 7500.0, 1.93, cold);
    put(can_d, sigmoid(20.0 - 7.0, -4.5), bell(3.25, 0.042, 0.395, -31.0), 4.30, cold);
    put(can_f1, sigmoid(20.0 - 7.0, 25.0), bell(33.5, 0.0395, 5.0, -30.0), 4.30, cold);
    put(can_f2, 0.2 * sigmoid(5.0 - 7.0, -10.0) + sigmoid(40.0 - 7.0, 10.0),
        bell(225.0, 0.0275, 75.0, -40.0), 4.30, cold);
    put(cat_d, sigmoid(54.0 - 7.0, -5.75), bell(22.0, 0.052, 2.5, -68.0), 1.90, cold);
    put(cat_f, sigmoid(68.0 - 7.0, 6.0), bell(103.0, 0.050, 12.5, -58.0), 2.20, cold);
    f[kca_opening] = 750.0 * std::exp((v - 10.0) / 12.0);
    f[kca_closing] = 0.05 * std::exp((v - 10.0) / -60.0);
    f[half_v] = std::exp(0.5 * v / schild_rt_over_f);
  }

private:
  static double kca_factor() {
    static const double factor = q10_factor(2.30, 22.85);
    return factor;
  }

  struct Pumps { // mA/cm2; slopes in S/cm2
    Lane calcium, exchange, sodium, exchange_slope, sodium_slope;
  };
  static HWY_INLINE Pumps pumps(Lane half, Lane v, Lane ca_in, Lane ca_out) {
    constexpr double nai3 = nai * nai * nai, nao3 = nao * nao * nao;
    constexpr double ko_part = ko / (ko + 0.621), nai_part = nai / (nai + 5.46);
    static const double calcium_max = 0.000859437 / q10_factor(2.30, 22.0);
    static const double exchange_max = 1.27324e-6 / q10_factor(2.20, 22.85);
    static const double sodium_max =
        0.00972614 / q10_factor(1.16, 22.85) * nai_part * nai_part * nai_part * ko_part * ko_part;
    const Lane scale = exchange_max / (0.0036 * fma(ca_in, nao3, ca_out * nai3) + 1.0);
    const Lane in = scale * (nai3 * ca_out) * half, out = scale * (nao3 * ca_in) / half;
    // The formula's pole at -200 mV, which strong currents pass.
    const Lane above = select(outside(v + 200.0, 1e-3), v + 200.0, 1e-3);
    return {calcium_max * ca_in / (ca_in + 0.0005), in - out, sodium_max * (v + 150.0) / above,
            (0.5 / schild_rt_over_f) * (in + out), sodium_max * 50.0 / (above * (above + 0.001))};
  }

  // The exchange at the potentials that the tables know: its exponential overflows at the tens of
  // volts that strong fields induce, and extracellular calcium with it.
  static HWY_INLINE Lane calcium_current(const Lane* y, Lane v) {
    const Lane known = min(max(v, RateTable::lowest_mV), RateTable::highest_mV);
    const Lane half = exp_both(known * (0.5 / schild_rt_over_f));
    const Pumps p = pumps(half, v, y[cai], y[cao]);
    return fma(conductances(y).ca, v - y[e_ca], p.calcium - 2.0 * p.exchange);
  }

  // exp for arguments of either sign.
  static HWY_INLINE Lane exp_both(Lane x) {
    const Lane decay = exp_of_decay(-Lane(hn::Abs(x.v)));
    return select(below(x, 0.0), decay, 1.0 / decay);
  }

  // Implicit: Oc from the quadratic that eliminating it leaves for cai.
  static HWY_INLINE void advance_calcium(Lane* y, Lane i_ca, const Lane* channel, Lane h,
                                         Lane stretch) {
    constexpr double least = 1e-9; // mM: currents of absurd size leave something
    const Lane a = 100.0 * h, b = fma(0.238, h, 1.0);
    const Lane known = y[cai] - h * channel[1] * i_ca + 0.004 * y[bound];
    const Lane linear = b - a * known + 0.004 * a;
    const Lane constant = max(known * b - 0.004 * y[bound], 0.0);
    const Lane ca = 2.0 * constant / (linear + sqrt(fma(linear, linear, 4.0 * a * constant)));
    const Lane oc = (y[bound] + a * ca) / (b + a * ca);
    const Lane out = (y[cao] + h * fma(channel[2], i_ca, 2.0 / 4511.0)) / fma(h, 1.0 / 4511.0, 1.0);
    y[cai] = max(fma(stretch, ca - y[cai], y[cai]), least);
    y[bound] = fma(stretch, oc - y[bound], y[bound]);
    y[cao] = max(fma(stretch, out - y[cao], y[cao]), least);
  }

  static HWY_INLINE void follow(const Lane* f, Lane v, Lane* y) {
    y[e_ca] = fma(0.5 * schild_rt_over_f, log(y[cao] / y[cai]), -78.7);
    const Pumps p = pumps(f[half_v], v, y[cai], y[cao]);
    y[i_pumps] = p.calcium + p.exchange + p.sodium;
    y[g_pumps] = p.exchange_slope + p.sodium_slope;
    y[v_pumps] = v;
  }
};

Kernels schild94_kernels() {
  return kernels_of<SchildMembrane<Schild94>, NoInternode>();
}
Kernels schild97_kernels() {
  return kernels_of<SchildMembrane<Schild97>, NoInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/schild.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/c_fibre.hpp"

namespace foramen::axon {

HWY_EXPORT(schild94_kernels);
HWY_EXPORT(schild97_kernels);

namespace {

const Kinetics& schild94_kinetics() {
  static const Kinetics kinetics("schild94",
                                 [] { return HWY_DYNAMIC_DISPATCH(schild94_kernels)(); },
                                 {1.3, 1.05, 40.0, 0.06}, {2.0, 8.0, 2e-3});
  return kinetics;
}
const Kinetics& schild97_kinetics() {
  static const Kinetics kinetics("schild97",
                                 [] { return HWY_DYNAMIC_DISPATCH(schild97_kernels)(); },
                                 {2.0, 1.0, 40.0, 0.08}, {2.0, 8.0, 2e-3});
  return kinetics;
}

constexpr double faraday = 96500.0; // C/mol, as published

Cable build(const Kinetics& kinetics, const FibreModel& model, Length diameter, int n_nodes,
            Ends ends) {
  const double d = in_um(diameter);
  const auto channels = [&](Compartment& c, double area_cm2) {
    c.channels_mS = {mS_per_cm2(1.0) * area_cm2, 4e4 / (d * 2.0 * faraday),
                     4e4 * d / (((d + 1.0) * (d + 1.0) - d * d) * 2.0 * faraday), 0.0};
  };
  return c_fibre({.kinetics = &kinetics,
                  .rest_guess_mV = -46.5,
                  .capacitance_uF_cm2 = 1.326291192,
                  .rest_drift_mV = 0.05},
                 model, diameter, n_nodes, ends, channels);
}

} // namespace

Cable build_schild94(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build(schild94_kinetics(), model, diameter, n_nodes, ends);
}
Cable build_schild97(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build(schild97_kinetics(), model, diameter, n_nodes, ends);
}

} // namespace foramen::axon
#endif
