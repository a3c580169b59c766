#include "axon/models/pena.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/double_cable.hpp"

#include <cmath>

namespace foramen::axon {
namespace {

DoubleCableMeasures measures(double d) {
  const double axon = 0.553 * d - 0.024;
  const double node = 0.321 * axon + 0.37;
  return {.fibre = d,
          .node = node,
          .mysa = node,
          .axon = axon,
          .internode = -3.22 * d * d + 148.0 * d - 128.0,
          .flut = -0.171 * d * d + 6.48 * d - 0.935,
          .lamellae = std::trunc(17.4 * axon - 1.74)};
}

// S/cm2: nodal Na and Ks of the small-fibre fit; the rest as in McIntyre et al. 2002.
void channels(Compartment& c, double axolemma_cm2, double) {
  if (c.part == Part::node) {
    c.channels_mS = {mS_per_cm2(0.01) * axolemma_cm2, mS_per_cm2(2.333333) * axolemma_cm2,
                     mS_per_cm2(0.115556) * axolemma_cm2, 0.0};
    c.leak_mS = mS_per_cm2(0.007) * axolemma_cm2;
    c.leak_uA = c.leak_mS * -90.0; // mV
    return;
  }
  c.leak_mS = mS_per_cm2(c.part == Part::mysa ? 0.001 : 0.0001) * axolemma_cm2;
  c.leak_uA = c.leak_mS * -80.0; // mV
}

} // namespace

Length pena_internode(Length diameter) {
  return measures(in_um(diameter)).internode * um;
}

Cable build_pena(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return double_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = Kinetics::mrg,
                       .rest_guess_mV = -80.0},
                      measures(in_um(diameter)), n_nodes, channels);
}

} // namespace foramen::axon
