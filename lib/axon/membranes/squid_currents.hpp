// The two currents of Hodgkin and Huxley 1952 (doi:10.1113/jphysiol.1952.sp004764), for membranes
// with rates of their own: i = g_Na m^3 h (V - E_Na) + g_K n^4 (V - E_K); gates m, h, n.
#if defined(FORAMEN_AXON_SQUID_CURRENTS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_SQUID_CURRENTS_HPP
#undef FORAMEN_AXON_SQUID_CURRENTS_HPP
#else
#define FORAMEN_AXON_SQUID_CURRENTS_HPP
#endif

#include "axon/membranes/gates.hpp"

#include <array>

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

// `Reversals`: static constexpr e_na, e_k (mV).
template <class Reversals> struct SquidCurrents : Gates<3> {
  static constexpr int n_channels = 2;
  static constexpr std::array state_names{"m", "h", "n"};
  static constexpr std::array current_names{"Na", "K"};

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Lane n2 = y[2] * y[2];
    const Lane g_na = channel[0] * (cube(y[0]) * y[1]);
    const Lane g_k = channel[1] * (n2 * n2);
    g = g + g_na + g_k;
    ge = fma(g_na, Reversals::e_na, fma(g_k, Reversals::e_k, ge));
  }
};

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
