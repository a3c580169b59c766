#include "axon/models/sweeney.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/single_cable.hpp"

namespace foramen::axon {
namespace {

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
                       .kinetics = Kinetics::sweeney,
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
