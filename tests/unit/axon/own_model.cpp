// A fibre model of one's own: this file, and nothing in the library.
//
//   i = 0.1 m^2 h (V - 50) + 0.001 (V + 70)     (S/cm2, mV)
//   m: steady 1 / (1 + exp(-(V + 35) / 5)), tau 0.05 ms
//   h: alpha 0.1 exp(-(V + 60) / 15), beta 2 / (1 + exp(-(V + 30) / 8))   (per ms)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "unit/axon/own_model.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct OwnMembrane : Gates<2> { // m, h
  static constexpr int n_channels = 1;

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Lane g_na = channel[0] * (y[0] * y[0] * y[1]);
    g = g + g_na;
    ge = fma(g_na, 50.0, ge);
  }
  static void tabulate(double v, double* f) {
    put(f, 0, from_steady(logistic(-(v + 35.0) / 5.0), 0.05));
    put(f, 1, from_rates(0.1 * std::exp(-(v + 60.0) / 15.0), 2.0 * logistic(-(v + 30.0) / 8.0)));
  }
};

Kernels own_kernels() {
  return kernels_of<OwnMembrane, NoInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "unit/axon/own_model.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/single_cable.hpp"

namespace foramen::axon {

HWY_EXPORT(own_kernels);

Cable test::own_fibre(int n) {
  static const Kinetics kinetics("own", [] { return HWY_DYNAMIC_DISPATCH(own_kernels)(); }, {});
  return single_cable({.model = "own",
                       .diameter = 1.0 * um,
                       .ends = Ends::sealed,
                       .kinetics = &kinetics,
                       .rest_guess_mV = -70.0},
                      {.compartment_um = 10.0, .diameter_um = 1.0, .spacing_um = 10.0}, n,
                      [](Compartment& c, double area_cm2) {
                        c.channels_mS = {mS_per_cm2(0.1) * area_cm2, 0.0, 0.0, 0.0};
                        c.leak_mS = mS_per_cm2(0.001) * area_cm2;
                        c.leak_uA = c.leak_mS * -70.0; // mV
                      });
}

} // namespace foramen::axon
#endif
