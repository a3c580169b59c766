// McIntyre, Richardson and Grill 2002 (doi:10.1152/jn.00353.2001): nodes of
// membranes/ranvier_node.hpp, passive internodes.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/models/mrg.cpp"
// The order matters: the first of these compiles this file again for each SIMD target.
// clang-format off
#include "axon/simd_targets.hpp"
#include <hwy/foreach_target.h>
#include "axon/kernels_of.hpp"
#include "axon/membranes/ranvier_node.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

Kernels mrg_kernels() {
  return kernels_of<MrgNode, PassiveInternode>();
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "axon/models/mrg.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/double_cable.hpp"
#include "core/error.hpp"

#include <array>
#include <cmath>

namespace foramen::axon {
HWY_EXPORT(mrg_kernels);

namespace {

// McIntyre et al. 2002, table 1 (5.7 to 16 um); 1 and 2 um: McIntyre et al. 2004
// (doi:10.1152/jn.00989.2003), as tabulated by PyFibers. um, lamellae.
struct Row {
  double fibre, internode, flut, axon, node, lamellae;
};
constexpr std::array<Row, 11> table = {{
    {1.0, 100, 5, 0.8, 0.7, 15},
    {2.0, 200, 10, 1.6, 1.4, 30},
    {5.7, 500, 35, 3.4, 1.9, 80},
    {7.3, 750, 38, 4.6, 2.4, 100},
    {8.7, 1000, 40, 5.8, 2.8, 110},
    {10.0, 1150, 46, 6.9, 3.3, 120},
    {11.5, 1250, 50, 8.1, 3.7, 130},
    {12.8, 1350, 54, 9.2, 4.2, 135},
    {14.0, 1400, 56, 10.4, 4.7, 140},
    {15.0, 1450, 58, 11.5, 5.0, 145},
    {16.0, 1500, 60, 12.7, 5.5, 150},
}};

DoubleCableMeasures tabulated_measures(double d_um) {
  for (const Row& r : table)
    if (std::abs(r.fibre - d_um) < 1e-6)
      return {.fibre = r.fibre,
              .node = r.node,
              .mysa = r.node,
              .axon = r.axon,
              .internode = r.internode,
              .flut = r.flut,
              .lamellae = r.lamellae};
  FORAMEN_EXPECT(false, "diameter not in the table: ", d_um, " um");
  return {};
}

DoubleCableMeasures interpolated_measures(double d) {
  const double node = 0.01093 * d * d + 0.1008 * d + 1.099;
  return {.fibre = d,
          .node = node,
          .mysa = node,
          .axon = 0.02361 * d * d + 0.3673 * d + 0.7122,
          .internode = d >= 5.643 ? -8.215 * d * d + 272.4 * d - 780.2 : 81.08 * d + 37.84,
          .flut = -0.1652 * d * d + 6.354 * d - 0.2862,
          .lamellae = -0.4749 * d * d + 16.85 * d - 0.7648};
}

Cable build_with(const FibreModel& model, const DoubleCableMeasures& measures, Length diameter,
                 int n_nodes, Ends ends) {
  return double_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = &mrg_kinetics(),
                       .rest_guess_mV = -80.0},
                      measures, n_nodes, mrg_channels(3.0, 0.08));
}

} // namespace

const Kinetics& mrg_kinetics() {
  static const Kinetics kinetics("mrg", [] { return HWY_DYNAMIC_DISPATCH(mrg_kernels)(); },
                                 {4.5, 0.31, 2.5, 0.016}, {}, {15.0, 0.18, 23.0, 0.11});
  return kinetics;
}
const Kinetics& thin_mrg_kinetics() {
  static const Kinetics kinetics("thin_mrg", [] { return HWY_DYNAMIC_DISPATCH(mrg_kernels)(); },
                                 {8.6, 0.22, 2.5, 0.014}, {1.0, 8.0, 2.5e-3},
                                 {15.0, 0.18, 23.0, 0.11});
  return kinetics;
}

// McIntyre et al. 2002, table 1: nodal densities {Nap, Na, Ks} and leaks, S/cm2.
Channels mrg_channels(double g_na, double g_ks) {
  return [g_na, g_ks](Compartment& c, double axolemma_cm2, double) {
    if (c.part == Part::node) {
      c.channels_mS = {mS_per_cm2(0.01) * axolemma_cm2, mS_per_cm2(g_na) * axolemma_cm2,
                       mS_per_cm2(g_ks) * axolemma_cm2, 0.0};
      c.leak_mS = mS_per_cm2(0.007) * axolemma_cm2;
      c.leak_uA = c.leak_mS * -90.0; // mV
      return;
    }
    c.leak_mS = mS_per_cm2(c.part == Part::mysa ? 0.001 : 0.0001) * axolemma_cm2;
    c.leak_uA = c.leak_mS * -80.0; // mV
  };
}

std::vector<Length> mrg_diameters() {
  std::vector<Length> diameters;
  for (const Row& r : table)
    diameters.push_back(r.fibre * um);
  return diameters;
}

Length mrg_discrete_internode(Length diameter) {
  return tabulated_measures(in_um(diameter)).internode * um;
}
Cable build_mrg_discrete(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build_with(model, tabulated_measures(in_um(diameter)), diameter, n_nodes, ends);
}

Length mrg_internode(Length diameter) {
  return interpolated_measures(in_um(diameter)).internode * um;
}
Cable build_mrg(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build_with(model, interpolated_measures(in_um(diameter)), diameter, n_nodes, ends);
}

} // namespace foramen::axon
#endif
