#include "axon/models/single_cable.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/passive_end.hpp"

#include <numbers>

namespace foramen::axon {
namespace {

constexpr double um_in_cm = 1e-4;

double resistance_kohm(double ohm_cm, double length_um, double diameter_um) {
  const double d = diameter_um * um_in_cm;
  return kohm_cm(ohm_cm) * length_um * um_in_cm / (0.25 * std::numbers::pi * d * d);
}

} // namespace

Cable single_cable(const Cable::Name& name, const SingleCableMeasures& m, int n_nodes,
                   const MembraneChannels& channels) {
  const double area = std::numbers::pi * m.diameter_um * m.compartment_um * um_in_cm * um_in_cm;
  Compartment inner;
  inner.part = Part::node;
  inner.length_cm = m.spacing_um * um_in_cm; // the insulated stretch counts to its node
  inner.capacitance_uF = m.capacitance_uF_cm2 * area;
  channels(inner, area);

  const double half = 0.5 * resistance_kohm(m.axoplasm_ohm_cm, m.compartment_um, m.diameter_um);
  const double gap_um = m.spacing_um - m.compartment_um;
  const double bridge =
      gap_um > 0.0 ? resistance_kohm(m.axoplasm_ohm_cm, gap_um, m.bridge_diameter_um) : 0.0;
  inner.axial_mS = 1.0 / (half + bridge + half);

  Compartment end = inner;
  double end_half = half;
  if (name.ends == Ends::passive) {
    make_passive_end(end, area, name.rest_guess_mV);
    end_half *= passive_end_ohm_cm / m.axoplasm_ohm_cm;
  }
  end.axial_mS = 1.0 / (end_half + bridge + half);
  Compartment before_end = inner, last = end;
  before_end.axial_mS = n_nodes > 2 ? end.axial_mS : 1.0 / (end_half + bridge + end_half);
  last.axial_mS = 0.0;

  // First, those between, the one before the last, the last.
  std::vector<std::uint8_t> period_of(static_cast<std::size_t>(n_nodes), 1);
  period_of[period_of.size() - 2] = 2;
  period_of.front() = 0;
  period_of.back() = 3;
  return Cable(name, {{end}, {inner}, {before_end}, {last}}, std::move(period_of));
}

} // namespace foramen::axon
