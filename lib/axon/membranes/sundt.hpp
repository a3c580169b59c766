// The C-fibre membrane of Sundt, Gamper and Jaffe 2015 (doi:10.1152/jn.00226.2015; ModelDB 187473),
// at 37 C.
//
//   i = g_Na m^3 h (V - 50) + g_K n^3 l (V + 90) + leak       q = 3^((37 - 30) / 10)
//   alpha_m = 0.32 q lin(V + 45.9, 4)            beta_m = 0.28 q lin(-(V + 18.9), 5)
//   alpha_h = 0.128 q exp(-(V + 54) / 18)        beta_h = 4 q / (1 + exp(-(V + 31) / 5))
//   alpha_n = 0.03 q exp(2 k (V + 32))           beta_n = 0.03 q exp(-3 k (V + 32))
//   alpha_l = 0.001 q exp(-2 k (V + 61))         beta_l = 0.001 q
//
// k = F / (R T) = 9.648e4 / (8.315 (273.16 + 37)) per volt. n and l are printed in the paper by
// steady value and time constant; these are the rates that give both. Departures: none from the
// published program, whose sodium reversal is NEURON's default of 50 mV.
#if defined(FORAMEN_AXON_SUNDT_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_SUNDT_HPP
#undef FORAMEN_AXON_SUNDT_HPP
#else
#define FORAMEN_AXON_SUNDT_HPP
#endif

#include "axon/membranes/gate.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct SundtMembrane {
  static constexpr int n_gates = 4; // m, h, n, l
  static constexpr int n_channels = 2;
  static constexpr double e_na = 50.0, e_k = -90.0;                    // mV
  static constexpr double q = 2.157669279974593;                       // 3^0.7
  static constexpr double k = 9.648e4 / (8.315 * (273.16 + 37)) / 1e3; // per mV

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane& g, Lane& ge) {
    const Lane g_na = channel[0] * (y[0] * y[0] * y[0] * y[1]);
    const Lane g_k = channel[1] * (y[2] * y[2] * y[2] * y[3]);
    g = g + g_na + g_k;
    ge = fma(g_na, e_na, fma(g_k, e_k, ge));
  }

  template <class Visit> static HWY_INLINE void rates(Lane v, Visit visit) {
    visit(0, Rates{(0.32 * q) * linoid(v + 45.9, 4.0), (0.28 * q) * linoid(-(v + 18.9), 5.0)});
    visit(1, Rates{{(0.128 * q) * exp((v + 54.0) * (-1.0 / 18.0)), 1.0},
                   (4.0 * q) * logistic((v + 31.0) * (-1.0 / 5.0))});
    const Lane e = exp((v + 32.0) * k);
    const Lane e2 = e * e;
    visit(2, Rates{{(0.03 * q) * e2, 1.0}, {0.03 * q, e2 * e}});
    visit(3, Rates{{0.001 * q, exp((v + 61.0) * (2.0 * k))}, {0.001 * q, 1.0}});
  }
};

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
