// A gate with opening rate alpha and closing rate beta (per ms): y' = alpha (1 - y) - beta y.
//
// Over a step with the rates held it relaxes by the exact exponential,
//   y <- y_inf + (y - y_inf) exp(-(alpha + beta) dt),  y_inf = alpha / (alpha + beta);
// dt = 0 leaves y as it is.
//
// A membrane is a struct with `n_gates`, `n_channels`, and, on any lane type,
//   sum(gates, channels, g, ge)  adds the conductance g (mS) and g times reversal potential ge (uA)
//   rates(v, visit)              calls visit(i, Rates) for each gate at v (mV)
// Temperature factors: Q(a, T0) = a^((37 - T0) / 10), body temperature.
#if defined(FORAMEN_AXON_GATE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_GATE_HPP
#undef FORAMEN_AXON_GATE_HPP
#else
#define FORAMEN_AXON_GATE_HPP
#endif

#include "axon/lane.hpp"

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct Rates {
  Fraction alpha, beta;
};

HWY_INLINE Lane steady_gate(Rates r) {
  const Lane a = r.alpha.over * r.beta.under, b = r.beta.over * r.alpha.under;
  return a / (a + b);
}

// With alpha = p/q and beta = r/s: alpha + beta = (p s + r q) / (q s), y_inf = p s / (p s + r q);
// both from one reciprocal.
HWY_INLINE Lane relaxed_gate(Lane y, Rates r, Lane dt) {
  const Lane a = r.alpha.over * r.beta.under;
  const Lane sum = fma(r.beta.over, r.alpha.under, a);
  const Lane under = r.alpha.under * r.beta.under;
  const Lane inverse = Lane(1.0) / (sum * under);
  const Lane total = sum * sum * inverse;
  const Lane y_inf = a * under * inverse;
  return fma(y - y_inf, exp_of_decay(-(total * dt)), y_inf);
}

// Rates are evaluated at voltages within +-300 mV: all are saturated or linear far inside, and
// their numerators and denominators stay finite.
HWY_INLINE Lane rate_voltage(Lane v) {
  return hn::Min(hn::Max(v.v, hn::Set(Lane::Tag(), -300.0)), hn::Set(Lane::Tag(), 300.0));
}

// pow(2.2, 1.7), pow(2.9, 1.7), pow(3, 0.1): Q10 factors from 20, 20 and 36 degrees (McIntyre et
// al. 2002, doi:10.1152/jn.00353.2001, appendix) to 37.
inline constexpr double q10_m = 3.820485514654338;
inline constexpr double q10_h = 6.1104978612716625;
inline constexpr double q10_s = 1.1161231740339044;

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
