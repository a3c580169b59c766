// The C fibre of Rattay and Aberham 1993 (doi:10.1109/10.250575), whose membrane is Hodgkin and
// Huxley's at 37 C.
//
//   i = 0.12 m^3 h (V - 45) + 0.036 n^4 (V + 82) + 0.0003 (V + 59.4)    (S/cm2, mV), q = 12, u = V
//   + 70 alpha_m = q lin(0.1 u - 2.5, 1)         beta_m = 4 q exp(-u / 18) alpha_h = 0.07 q exp(-u
//   / 20)           beta_h = q / (1 + exp(3 - 0.1 u)) alpha_n = 0.1 q lin(0.1 u - 1, 1) beta_n =
//   0.125 q exp(-u / 80)
//
// Departure, as in the published program (PyFibers 0.9): steady values and time constants are
// interpolated on straight lines between whole millivolts from -100 to 100 mV and constant beyond;
// thresholds are 0.13 % lower than with the equations themselves.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/rattay.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
#include "axon/membranes/squid_currents.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

struct RattayReversals {
  static constexpr double e_na = 45.0, e_k = -82.0; // mV
};

struct RattayMembrane : SquidCurrents<RattayReversals> {
  static constexpr double q = 12.0;

  static void tabulate(double v, double* f) {
    const double inside = std::fmin(std::fmax(v, -100.0), 100.0);
    const double low = std::fmin(std::floor(inside), 99.0), part = inside - low;
    double a[3][2], b[3][2];
    at(low, a);
    at(low + 1.0, b);
    for (int gate = 0; gate < 3; ++gate)
      put(f, gate,
          from_steady(a[gate][0] + part * (b[gate][0] - a[gate][0]),
                      a[gate][1] + part * (b[gate][1] - a[gate][1])));
  }

private:
  // Steady value and time constant of each gate.
  static void at(double v, double (*values)[2]) {
    const double u = v + 70.0;
    const Gate gates[3] = {
        from_rates(q * linoid(0.1 * u - 2.5, 1.0), 4.0 * q * std::exp(-u / 18.0)),
        from_rates(0.07 * q * std::exp(-u / 20.0), q * logistic(3.0 - 0.1 * u)),
        from_rates(0.1 * q * linoid(0.1 * u - 1.0, 1.0), 0.125 * q * std::exp(-u / 80.0))};
    for (int gate = 0; gate < 3; ++gate) {
      values[gate][0] = gates[gate].steady;
      values[gate][1] = 1.0 / gates[gate].rate;
    }
  }
};

Kernels rattay_kernels() {
  return kernels_of<RattayMembrane, NoInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/rattay.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/c_fibre.hpp"

namespace foramen::axon {

HWY_EXPORT(rattay_kernels);

namespace {

const Kinetics& rattay_kinetics() {
  static const Kinetics kinetics("rattay", [] { return HWY_DYNAMIC_DISPATCH(rattay_kernels)(); },
                                 {0.72, 1.0, 40.0, 0.07}, {1.0, 2.0, 2e-3});
  return kinetics;
}

void channels(Compartment& c, double area_cm2) {
  c.channels_mS = {mS_per_cm2(0.12) * area_cm2, mS_per_cm2(0.036) * area_cm2, 0.0, 0.0};
  c.leak_mS = mS_per_cm2(0.0003) * area_cm2;
  c.leak_uA = c.leak_mS * -59.4; // mV
}

} // namespace

Cable build_rattay(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return c_fibre({.kinetics = &rattay_kinetics(), .rest_guess_mV = -70.0}, model, diameter, n_nodes,
                 ends, channels);
}

} // namespace foramen::axon
#endif
