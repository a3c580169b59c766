// Gaines, Finn, Slopsema, Heyboer and Polasek 2018 (doi:10.1007/s10827-018-0689-5; ModelDB 243841):
// nodes of membranes/ranvier_node.hpp, channels under the myelin of membranes/gaines_internode.hpp.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/gaines.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
#include "axon/membranes/gaines_internode.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

Kernels gaines_motor_kernels() {
  return kernels_of<GainesMotorNode, GainesMotorInternode>();
}
Kernels gaines_sensory_kernels() {
  return kernels_of<GainesSensoryNode, GainesSensoryInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/gaines.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/double_cable.hpp"

#include <cmath>

namespace foramen::axon {
HWY_EXPORT(gaines_motor_kernels);
HWY_EXPORT(gaines_sensory_kernels);

namespace {

const Kinetics& gaines_motor_kinetics() {
  static const Kinetics kinetics("gaines_motor",
                                 [] { return HWY_DYNAMIC_DISPATCH(gaines_motor_kernels)(); },
                                 {12.5, 0.12, 2.5, 0.008}, {}, {28.0, 0.07, 30.0, 0.03});
  return kinetics;
}

const Kinetics& gaines_sensory_kinetics() {
  static const Kinetics kinetics("gaines_sensory",
                                 [] { return HWY_DYNAMIC_DISPATCH(gaines_sensory_kernels)(); },
                                 {5.7, 0.22, 2.5, 0.016}, {}, {17.0, 0.16, 24.0, 0.09});
  return kinetics;
}

DoubleCableMeasures measures(double d) {
  const double ln_d = std::log(d);
  return {.fibre = d,
          .node = 0.3449 * d - 0.1484,
          .mysa = 0.3527 * d - 0.1804,
          .axon = 0.889 * d - 1.9104,
          .internode = 969.3 * ln_d - 1144.6,
          .flut = 2.5811 * d + 19.59,
          .lamellae = 65.897 * ln_d - 32.666};
}

// S/cm2; ModelDB 243841, parameters of the mod files.
struct NodeDensities {
  double nap, na, ks, kf, leak;
};
struct InternodeDensities {
  double ks, kf, q, leak;
};
struct Densities {
  NodeDensities node;
  InternodeDensities mysa, axon; // FLUT and STIN are alike
};
constexpr Densities motor = {
    .node = {.nap = 0.01, .na = 3.0, .ks = 0.08, .kf = 0.02568, .leak = 0.007},
    .mysa = {.ks = 0.002581, .kf = 0.15074, .q = 0.002232, .leak = 0.002},
    .axon = {.ks = 0.002581, .kf = 0.02568, .q = 0.002232, .leak = 0.0002}};
constexpr Densities sensory = {
    .node = {.nap = 0.01, .na = 3.0, .ks = 0.04106, .kf = 0.02737, .leak = 0.006005},
    .mysa = {.ks = 0.001324, .kf = 0.1642, .q = 0.003102, .leak = 0.001716},
    .axon = {.ks = 0.001324, .kf = 0.02737, .q = 0.003102, .leak = 0.0001716}};
constexpr double e_leak_mV = -90.0;

void fill(Compartment& c, const Densities& densities, double outer_cm2) {
  const auto total = [&](double s_per_cm2) { return mS_per_cm2(s_per_cm2) * outer_cm2; };
  if (c.part == Part::node) {
    const NodeDensities& n = densities.node;
    c.channels_mS = {total(n.nap), total(n.na), total(n.ks), total(n.kf)};
    c.leak_mS = total(n.leak);
  } else {
    const InternodeDensities& n = c.part == Part::mysa ? densities.mysa : densities.axon;
    c.channels_mS = {total(n.ks), total(n.kf), total(n.q), 0.0};
    c.leak_mS = total(n.leak);
  }
  c.leak_uA = c.leak_mS * e_leak_mV;
}

Cable build(const FibreModel& model, Length diameter, int n_nodes, Ends ends,
            const Kinetics& kinetics, double rest_guess_mV, const Densities& densities) {
  return double_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = &kinetics,
                       .rest_guess_mV = rest_guess_mV},
                      measures(in_um(diameter)), n_nodes,
                      [&](Compartment& c, double, double outer) { fill(c, densities, outer); });
}

} // namespace

Length gaines_internode(Length diameter) {
  return measures(in_um(diameter)).internode * um;
}

Cable build_gaines_motor(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build(model, diameter, n_nodes, ends, gaines_motor_kinetics(), -85.9411, motor);
}
Cable build_gaines_sensory(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build(model, diameter, n_nodes, ends, gaines_sensory_kinetics(), -79.3565, sensory);
}

} // namespace foramen::axon
#endif
