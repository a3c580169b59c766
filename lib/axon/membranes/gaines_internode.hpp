// The channels under the myelin of Gaines et al. 2018 (doi:10.1007/s10827-018-0689-5; ModelDB
// 243841).
//
//   i = g_Ks s (V + 90) + g_Kf n^4 (V + 90) + g_q q (V + 54.9) + leak
//   alpha_q = q3 0.00522 exp(-(V - Vq) / 12.2)    beta_q = q3 0.00522 exp((V - Vq) / 12.2)
//   Vq = -107.3 mV motor, -94.2 mV sensory; s and n as at the node (ranvier_node.hpp)
#if defined(FORAMEN_AXON_GAINES_INTERNODE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_GAINES_INTERNODE_HPP
#undef FORAMEN_AXON_GAINES_INTERNODE_HPP
#else
#define FORAMEN_AXON_GAINES_INTERNODE_HPP
#endif

#include "axon/membranes/ranvier_node.hpp"

#include <array>

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct MotorHcn {
  static constexpr double v_q = -107.3; // mV
};
struct SensoryHcn {
  static constexpr double v_q = -94.2; // mV
};

template <class Hcn> struct GainesInternode : Gates<3, GateSpeed::slow> { // s, n, q
  static constexpr int n_channels = 3;
  static constexpr std::array state_names{"s", "n", "q"};
  static constexpr std::array current_names{"Ks", "Kf", "HCN"};
  static constexpr double e_k = -90.0, e_q = -54.9; // mV

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Lane n2 = y[1] * y[1];
    const Lane g_k = fma(channel[1], n2 * n2, channel[0] * y[0]);
    const Lane g_q = channel[2] * y[2];
    g = g + g_k + g_q;
    ge = fma(g_k, e_k, fma(g_q, e_q, ge));
  }

  static void tabulate(double v, double* f) {
    put(f, 0, slow_potassium(v));
    put(f, 1, fast_potassium(v));
    const double rise = std::exp((v - Hcn::v_q) / 12.2);
    put(f, 2, from_rates(q10_s * 0.00522 / rise, q10_s * 0.00522 * rise));
  }
};

using GainesMotorInternode = GainesInternode<MotorHcn>;
using GainesSensoryInternode = GainesInternode<SensoryHcn>;

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
