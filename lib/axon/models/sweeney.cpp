// The node of Ranvier of Sweeney, Mortimer and Durand 1987 (IEEE 9th Annual Conference of the
// Engineering in Medicine and Biology Society, 1577): the rabbit node of Chiu et al. 1979 at 37 C.
//
//   i = 1.445 m^2 h (V - 35.64) + 0.128 (V + 80.01)      (S/cm2, mV)
//   alpha_m = (126 + 0.363 V) / (1 + exp(-(V + 49) / 5.3))
//   beta_m = alpha_m exp(-(V + 56.2) / 4.17)
//   beta_h = 15.6 / (1 + exp(-(V + 56) / 10))
//   alpha_h = beta_h exp(-(V + 74.5) / 5)
//
// Rates per ms; no dependence on temperature. Departure: the numerator of alpha_m, negative below
// -347 mV, stays above 1 per ms.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/sweeney.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct SweeneyNode : Gates<2> { // m, h
  static constexpr int n_channels = 1;
  static constexpr std::array state_names{"m", "h"};
  static constexpr std::array current_names{"Na"};
  static constexpr double e_na = 35.64; // mV

  static HWY_INLINE void sum(const Lane* y, const Lane* channel, Lane, Lane& g, Lane& ge) {
    const Lane g_na = channel[0] * (y[0] * y[0] * y[1]);
    g = g + g_na;
    ge = fma(g_na, e_na, ge);
  }

  static void tabulate(double v, double* f) {
    const double a_m = std::fmax(126.0 + 0.363 * v, 1.0) * logistic(-(v + 49.0) / 5.3);
    put(f, 0, from_rates(a_m, a_m * std::exp(-(v + 56.2) / 4.17)));
    const double b_h = 15.6 * logistic(-(v + 56.0) / 10.0);
    put(f, 1, from_rates(b_h * std::exp(-(v + 74.5) / 5.0), b_h));
  }
};

Kernels sweeney_kernels() {
  return kernels_of<SweeneyNode, NoInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/sweeney.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/single_cable.hpp"

namespace foramen::axon {
HWY_EXPORT(sweeney_kernels);

namespace {

const Kinetics& sweeney_kinetics() {
  static const Kinetics kinetics("sweeney", [] { return HWY_DYNAMIC_DISPATCH(sweeney_kernels)(); },
                                 {22.5, 0.027, 2.5, 0.002}, {1.0, 8.0, 2e-3});
  return kinetics;
}

constexpr double node_um = 1.5, axon_over_fibre = 0.6, internode_over_fibre = 100.0;

void channels(Compartment& c, double area_cm2) {
  c.channels_mS = {mS_per_cm2(1.445) * area_cm2, 0.0, 0.0, 0.0};
  c.leak_mS = mS_per_cm2(0.128) * area_cm2;
  c.leak_uA = c.leak_mS * -80.01; // mV
}

} // namespace

Length sweeney_internode(Length diameter) {
  return internode_over_fibre * diameter;
}

Cable build_sweeney(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  const double d = in_um(diameter), axon = axon_over_fibre * d;
  return single_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = &sweeney_kinetics(),
                       .rest_guess_mV = -80.0},
                      {.compartment_um = node_um,
                       .diameter_um = axon,
                       .spacing_um = internode_over_fibre * d,
                       .bridge_diameter_um = axon,
                       .capacitance_uF_cm2 = 2.5,
                       .axoplasm_ohm_cm = 54.7},
                      n_nodes, channels);
}

} // namespace foramen::axon
#endif
