// The giant axon of the squid, Hodgkin and Huxley 1952 (doi:10.1113/jphysiol.1952.sp004764),
// at 18.5 C, the temperature of their propagated action potential.
//
//   i = 0.12 m^3 h (V - 50) + 0.036 n^4 (V + 77) + 0.0003 (V + 54.387)   (S/cm2, mV), q = 3^1.22
//   alpha_m = 0.1 q lin(V + 40, 10)         beta_m = 4 q exp(-(V + 65) / 18)
//   alpha_h = 0.07 q exp(-(V + 65) / 20)    beta_h = q / (1 + exp(-(V + 35) / 10))
//   alpha_n = 0.01 q lin(V + 55, 10)        beta_n = 0.125 q exp(-(V + 65) / 80)
//
// The paper's u is -(V + 65). Departures: none; warmer than some 30 C this membrane does not
// conduct, so it is not brought to body temperature as the other models are.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/hodgkin_huxley.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
#include "axon/membranes/squid_currents.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct HodgkinHuxleyReversals {
  static constexpr double e_na = 50.0, e_k = -77.0; // mV
};

struct HodgkinHuxleyMembrane : SquidCurrents<HodgkinHuxleyReversals> {
  static constexpr double q = 3.8200478; // 3^((18.5 - 6.3) / 10)

  static void tabulate(double v, double* f) {
    put(f, 0, from_rates(0.1 * q * linoid(v + 40.0, 10.0), 4.0 * q * std::exp(-(v + 65.0) / 18.0)));
    put(f, 1,
        from_rates(0.07 * q * std::exp(-(v + 65.0) / 20.0), q * logistic(-(v + 35.0) / 10.0)));
    put(f, 2,
        from_rates(0.01 * q * linoid(v + 55.0, 10.0), 0.125 * q * std::exp(-(v + 65.0) / 80.0)));
  }
};

Kernels hodgkin_huxley_kernels() {
  return kernels_of<HodgkinHuxleyMembrane, NoInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/hodgkin_huxley.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/single_cable.hpp"

#include <cmath>

namespace foramen::axon {

HWY_EXPORT(hodgkin_huxley_kernels);

namespace {

const Kinetics& hodgkin_huxley_kinetics() {
  static const Kinetics kinetics("hodgkin_huxley",
                                 [] { return HWY_DYNAMIC_DISPATCH(hodgkin_huxley_kernels)(); },
                                 {0.42, 1.0, 40.0, 0.1}, {1.0, 4.0, 2e-3});
  return kinetics;
}

void channels(Compartment& c, double area_cm2) {
  c.channels_mS = {mS_per_cm2(0.12) * area_cm2, mS_per_cm2(0.036) * area_cm2, 0.0, 0.0};
  c.leak_mS = mS_per_cm2(0.0003) * area_cm2;
  c.leak_uA = c.leak_mS * -54.387; // mV
}

} // namespace

Length hodgkin_huxley_compartment(Length diameter) {
  return 10.0 * std::sqrt(in_um(diameter)) * um;
}

Cable build_hodgkin_huxley(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  const double compartment_um = in_um(hodgkin_huxley_compartment(diameter));
  return single_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = &hodgkin_huxley_kinetics(),
                       .rest_guess_mV = -65.0,
                       .relaxation_ms = 200.0},
                      {.compartment_um = compartment_um,
                       .diameter_um = in_um(diameter),
                       .spacing_um = compartment_um,
                       .axoplasm_ohm_cm = 35.4},
                      n_nodes, channels);
}

} // namespace foramen::axon
#endif
