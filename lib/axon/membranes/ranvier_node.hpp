// The node of Ranvier of McIntyre, Richardson and Grill 2002 (doi:10.1152/jn.00353.2001, appendix)
// and its two relatives in Gaines et al. 2018 (doi:10.1007/s10827-018-0689-5; ModelDB 243841),
// which add a fast K.
//
//   i = g_Nap mp^3 (V - 50) + g_Na m^3 h (V - 50) + g_Ks s (V + 90) + g_Kf n^4 (V + 90) + leak
//   alpha_mp = q1 a_mp lin(V + v_amp, 10.2)     beta_mp = q1 b_mp lin(-(V + v_bmp), 10)
//   alpha_m  = q1 a_m  lin(V + v_am, 10.3)      beta_m  = q1 b_m  lin(-(V + v_bm), 9.16)
//   alpha_h  = q2 a_h  lin(-(V + v_ah), k_ah)   beta_h  = q2 b_h / (1 + exp(-(V + v_bh) / k_bh))
//   alpha_s  = q3 0.3 / (1 + exp(-(V + 53) / 5))  beta_s = q3 0.03 / (1 + exp(-(V + 90)))
//   alpha_n  = q3 0.0462 lin(V + 83.2, 1.1)     beta_n  = q3 0.0824 lin(-(V + 66), 10.5)
//
// V in mV, rates per ms. Constants are those of the published mod files, rounded to six digits
// where NEURON's translator does so (sensory v_ah: 112.7124 becomes 112.712). Beyond +-150 mV the
// MRG node holds some rates constant, as PyFibers' file does; the paper does not.
#if defined(FORAMEN_AXON_RANVIER_NODE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_RANVIER_NODE_HPP
#undef FORAMEN_AXON_RANVIER_NODE_HPP
#else
#define FORAMEN_AXON_RANVIER_NODE_HPP
#endif

#include "axon/membranes/gates.hpp"

#include <array>

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct MrgSodium {
  static constexpr bool holds_beyond_150_mV = true;
  static constexpr double a_mp = 0.01, v_amp = 27.0, b_mp = 0.00025, v_bmp = 34.0;
  static constexpr double a_m = 1.86, v_am = 21.4, b_m = 0.086, v_bm = 25.7;
  static constexpr double a_h = 0.062, v_ah = 114.0, k_ah = 11.0;
  static constexpr double b_h = 2.3, v_bh = 31.8, k_bh = 13.4;
};
struct GainesMotorSodium : MrgSodium {
  static constexpr bool holds_beyond_150_mV = false;
  static constexpr double v_am = 20.4;
};
struct GainesSensorySodium {
  static constexpr bool holds_beyond_150_mV = false;
  static constexpr double a_mp = 0.00957, v_amp = 26.852, b_mp = 0.0002401, v_bmp = 33.8333;
  static constexpr double a_m = 1.77753, v_am = 20.1795, b_m = 0.0823, v_bm = 25.4746;
  static constexpr double a_h = 0.075286, v_ah = 112.712, k_ah = 8.3910;
  static constexpr double b_h = 2.8083, v_bh = 30.5435, k_bh = 10.2263;
};

// pow(2.2, 1.7), pow(2.9, 1.7), pow(3, 0.1): Q10 factors from 20, 20 and 36 degrees (McIntyre et
// al. 2002, appendix) to 37.
inline constexpr double q10_m = 3.820485514654338;
inline constexpr double q10_h = 6.1104978612716625;
inline constexpr double q10_s = 1.1161231740339044;

inline Gate slow_potassium(double v) {
  return from_rates(q10_s * 0.3 * logistic(-(v + 53.0) / 5.0),
                    q10_s * 0.03 * logistic(-(v + 90.0)));
}
inline Gate fast_potassium(double v) {
  return from_rates(q10_s * 0.0462 * linoid(v + 83.2, 1.1),
                    q10_s * 0.0824 * linoid(-(v + 66.0), 10.5));
}

template <class Sodium, bool with_fast_potassium>
struct RanvierNode : Gates<with_fast_potassium ? 5 : 4> { // mp, m, h, s, n
  static constexpr int n_channels = with_fast_potassium ? 4 : 3;
  static constexpr auto state_names = [] {
    if constexpr (with_fast_potassium)
      return std::array{"mp", "m", "h", "s", "n"};
    else
      return std::array{"mp", "m", "h", "s"};
  }();
  static constexpr auto current_names = [] {
    if constexpr (with_fast_potassium)
      return std::array{"Nap", "Na", "Ks", "Kf"};
    else
      return std::array{"Nap", "Na", "Ks"};
  }();
  static constexpr double e_na = 50.0, e_k = -90.0; // mV

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Lane g_na = channel[0] * cube(y[0]) + channel[1] * (cube(y[1]) * y[2]);
    Lane g_k = channel[2] * y[3];
    if constexpr (with_fast_potassium) {
      const Lane n2 = y[4] * y[4];
      g_k = fma(channel[3], n2 * n2, g_k);
    }
    g = g + g_na + g_k;
    ge = fma(g_na, e_na, fma(g_k, e_k, ge));
  }

  static void tabulate(double v, double* f) {
    using S = Sodium;
    double a_mp = q10_m * S::a_mp * linoid(v + S::v_amp, 10.2);
    double b_mp = q10_m * S::b_mp * linoid(-(v + S::v_bmp), 10.0);
    double a_m = q10_m * S::a_m * linoid(v + S::v_am, 10.3);
    double b_m = q10_m * S::b_m * linoid(-(v + S::v_bm), 9.16);
    double a_h = q10_h * S::a_h * linoid(-(v + S::v_ah), S::k_ah);
    double b_h = q10_h * S::b_h * logistic(-(v + S::v_bh) / S::k_bh);
    Gate s = slow_potassium(v);
    if (S::holds_beyond_150_mV && v < -150.0) { // the constants of PyFibers 0.9 (AXNODE_myel)
      a_mp = q10_m * 8.6725e-4;
      a_m = q10_m * 0.15733;
      b_h = q10_h * 1.4054e-3;
      s = from_rates(q10_s * 3.3484e-5, q10_s * 3.3484e-6);
    }
    if (S::holds_beyond_150_mV && v > 150.0) {
      b_mp = q10_m * 1.5855e-5;
      b_m = q10_m * 5.7268e-3;
      a_h = q10_h * 3.2594e-3;
    }
    Base::put(f, 0, from_rates(a_mp, b_mp));
    Base::put(f, 1, from_rates(a_m, b_m));
    Base::put(f, 2, from_rates(a_h, b_h));
    Base::put(f, 3, s);
    if constexpr (with_fast_potassium)
      Base::put(f, 4, fast_potassium(v));
  }

private:
  using Base = Gates<with_fast_potassium ? 5 : 4>;
};

using MrgNode = RanvierNode<MrgSodium, false>;
using GainesMotorNode = RanvierNode<GainesMotorSodium, true>;
using GainesSensoryNode = RanvierNode<GainesSensorySodium, true>;

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
