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
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/sundt.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct SundtMembrane : Gates<4> { // m, h, n, l
  static constexpr int n_channels = 2;
  static constexpr std::array state_names{"m", "h", "n", "l"};
  static constexpr std::array current_names{"Na", "K"};
  static constexpr double e_na = 50.0, e_k = -90.0;                    // mV
  static constexpr double q = 2.157669279974593;                       // 3^0.7
  static constexpr double k = 9.648e4 / (8.315 * (273.16 + 37)) / 1e3; // per mV

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Lane g_na = channel[0] * (cube(y[0]) * y[1]);
    const Lane g_k = channel[1] * (cube(y[2]) * y[3]);
    g = g + g_na + g_k;
    ge = fma(g_na, e_na, fma(g_k, e_k, ge));
  }

  static void tabulate(double v, double* f) {
    put(f, 0, from_rates(0.32 * q * linoid(v + 45.9, 4.0), 0.28 * q * linoid(-(v + 18.9), 5.0)));
    put(f, 1,
        from_rates(0.128 * q * std::exp(-(v + 54.0) / 18.0),
                   4.0 * q * logistic(-(v + 31.0) / 5.0)));
    const double e = std::exp((v + 32.0) * k);
    put(f, 2, from_rates(0.03 * q * e * e, 0.03 * q / (e * e * e)));
    put(f, 3, from_rates(0.001 * q * std::exp(-2.0 * k * (v + 61.0)), 0.001 * q));
  }
};

Kernels sundt_kernels() {
  return kernels_of<SundtMembrane, NoInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/sundt.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/c_fibre.hpp"

namespace foramen::axon {
HWY_EXPORT(sundt_kernels);

namespace {

const Kinetics& sundt_kinetics() {
  static const Kinetics kinetics("sundt", [] { return HWY_DYNAMIC_DISPATCH(sundt_kernels)(); },
                                 {0.52, 2.0, 40.0, 0.1}, {2.0, 8.0, 2e-3});
  return kinetics;
}

void channels(Compartment& c, double area_cm2) {
  c.channels_mS = {mS_per_cm2(0.04) * area_cm2, mS_per_cm2(0.04) * area_cm2, 0.0, 0.0};
  c.leak_mS = mS_per_cm2(1e-4) * area_cm2;
  c.leak_uA = c.leak_mS * -60.0; // mV
}

} // namespace

Cable build_sundt(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return c_fibre({.kinetics = &sundt_kinetics()}, model, diameter, n_nodes, ends, channels);
}

} // namespace foramen::axon
#endif
