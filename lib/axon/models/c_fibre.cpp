#include "axon/models/c_fibre.hpp"

#include "axon/membrane_units.hpp"

namespace foramen::axon {
namespace {

constexpr double compartment_um = 8.333;
constexpr double relaxation_ms = 200.0; // PyFibers' default, which the reference keeps for C fibres

} // namespace

Length c_fibre_compartment(Length) {
  return compartment_um * um;
}

Cable c_fibre(const CFibre& fibre, const FibreModel& model, Length diameter, int n_nodes, Ends ends,
              const MembraneChannels& channels) {
  return single_cable({.model = model.name,
                       .diameter = diameter,
                       .ends = ends,
                       .kinetics = fibre.kinetics,
                       .rest_guess_mV = fibre.rest_guess_mV,
                       .relaxation_ms = relaxation_ms,
                       .rest_drift_mV = fibre.rest_drift_mV},
                      {.compartment_um = compartment_um,
                       .diameter_um = in_um(diameter),
                       .spacing_um = compartment_um,
                       .capacitance_uF_cm2 = fibre.capacitance_uF_cm2,
                       .axoplasm_ohm_cm = fibre.axoplasm_ohm_cm},
                      n_nodes, channels);
}

} // namespace foramen::axon
