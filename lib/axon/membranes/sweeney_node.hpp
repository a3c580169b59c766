// The node of Ranvier of Sweeney, Mortimer and Durand 1987 (IEEE 9th Annual Conference of the
// Engineering in Medicine and Biology Society, 1577): the rabbit node of Chiu et al. 1979 at 37 C.
//
//   i = 1.445 m^2 h (V - 35.64) + 0.128 (V + 80.01)      (S/cm2, mV)
//   alpha_m = (126 + 0.363 V) / (1 + exp(-(V + 49) / 5.3))   beta_m = alpha_m exp(-(V + 56.2)
//   / 4.17) beta_h = 15.6 / (1 + exp(-(V + 56) / 10))            alpha_h = beta_h exp(-(V + 74.5) /
//   5)
//
// Rates per ms; no dependence on temperature. Departures: none.
#if defined(FORAMEN_AXON_SWEENEY_NODE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_SWEENEY_NODE_HPP
#undef FORAMEN_AXON_SWEENEY_NODE_HPP
#else
#define FORAMEN_AXON_SWEENEY_NODE_HPP
#endif

#include "axon/membranes/gate.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct SweeneyNode {
  static constexpr int n_gates = 2; // m, h
  static constexpr int n_channels = 1;
  static constexpr double e_na = 35.64; // mV

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane& g, Lane& ge) {
    const Lane g_na = channel[0] * (y[0] * y[0] * y[1]);
    g = g + g_na;
    ge = fma(g_na, e_na, ge);
  }

  template <class Visit> static HWY_INLINE void rates(Lane v, Visit visit) {
    const Lane opening = fma(v, 0.363, 126.0); // positive above -347 mV; rates are taken above -300
    const Lane m_under = exp((v + 49.0) * (-1.0 / 5.3)) + 1.0;
    visit(0, Rates{{opening, m_under}, {opening * exp((v + 56.2) * (-1.0 / 4.17)), m_under}});
    const Lane h_under = exp((v + 56.0) * (-1.0 / 10.0)) + 1.0;
    visit(1, Rates{{15.6 * exp((v + 74.5) * (-1.0 / 5.0)), h_under}, {15.6, h_under}});
  }
};

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
