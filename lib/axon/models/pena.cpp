#include "axon/models/pena.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/mrg.hpp"

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

Cable build_with(const FibreModel& model, Length diameter, int n_nodes, Ends ends, double g_na,
                 double g_ks) {
  return double_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = &thin_mrg_kinetics(),
                       .rest_guess_mV = -80.0},
                      measures(in_um(diameter)), n_nodes, mrg_channels(g_na, g_ks));
}

} // namespace

Length pena_internode(Length diameter) {
  return measures(in_um(diameter)).internode * um;
}

Cable build_pena(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build_with(model, diameter, n_nodes, ends, 2.333333, 0.115556); // the small-fibre fit
}

Cable build_small_mrg(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return build_with(model, diameter, n_nodes, ends, 3.0, 0.08);
}

} // namespace foramen::axon
