#include "axon/models/sundt.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/single_cable.hpp"

namespace foramen::axon {
namespace {

constexpr double compartment_um = 8.333;

void channels(Compartment& c, double area_cm2) {
  c.channels_mS = {mS_per_cm2(0.04) * area_cm2, mS_per_cm2(0.04) * area_cm2, 0.0, 0.0};
  c.leak_mS = mS_per_cm2(1e-4) * area_cm2;
  c.leak_uA = c.leak_mS * -60.0; // mV
}

} // namespace

Length c_fibre_compartment(Length) {
  return compartment_um * um;
}

Cable build_sundt(const FibreModel& model, Length diameter, int n_nodes, Ends ends) {
  return single_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = Kinetics::sundt,
                       .rest_guess_mV = -60.0,
                       .relaxation_ms = 200.0},
                      {.compartment_um = compartment_um,
                       .diameter_um = in_um(diameter),
                       .spacing_um = compartment_um},
                      n_nodes, channels);
}

} // namespace foramen::axon
