#include "axon/models/double_cable.hpp"

#include "axon/membrane_units.hpp"
#include "axon/models/passive_end.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace foramen::axon {
namespace {

constexpr double pi = std::numbers::pi;

// McIntyre et al. 2002, table 1.
constexpr double rho_kohm_cm = kohm_cm(70.0);
constexpr double node_length_um = 1.0, mysa_length_um = 3.0;
constexpr double node_gap_um = 0.002, axon_gap_um = 0.004; // node and MYSA; FLUT and STIN
constexpr double axolemma_uF_per_cm2 = 2.0;
constexpr double lamella_uF_per_cm2 = 0.1;
constexpr double lamella_mS_per_cm2 = mS_per_cm2(0.001);

constexpr double um_in_cm = 1e-4;

// A compartment with the half resistances by which it meets its neighbours.
struct Part3 {
  Compartment compartment;
  double axial_half_kohm, periaxonal_half_kohm;
};

Part3 make_part(const DoubleCableMeasures& m, Part part, double length_um, double diameter_um,
                double gap_um, const Channels& channels) {
  const double length = length_um * um_in_cm;
  const double d = diameter_um * um_in_cm;
  const double outer = part == Part::node ? d : m.fibre * um_in_cm;
  const double gap = gap_um * um_in_cm;
  Part3 p;
  p.compartment.part = part;
  p.compartment.length_cm = length;
  p.compartment.capacitance_uF = axolemma_uF_per_cm2 * pi * d * length;
  if (part != Part::node) {
    const double area = pi * outer * length;
    p.compartment.myelin_capacitance_uF = lamella_uF_per_cm2 / (2.0 * m.lamellae) * area;
    p.compartment.myelin_conductance_mS = lamella_mS_per_cm2 / (2.0 * m.lamellae) * area;
  }
  channels(p.compartment, pi * d * length, pi * outer * length);
  p.axial_half_kohm = 0.5 * rho_kohm_cm * length / (0.25 * pi * d * d);
  p.periaxonal_half_kohm = 0.5 * rho_kohm_cm * length / (pi * (d * gap + gap * gap));
  return p;
}

Part3 passive_end(const DoubleCableMeasures& m, Part3 node, double rest_mV) {
  make_passive_end(node.compartment, pi * (m.node * um_in_cm) * node.compartment.length_cm,
                   rest_mV);
  node.axial_half_kohm *= kohm_cm(passive_end_ohm_cm) / rho_kohm_cm;
  return node;
}

// A node and what follows, joined up to the node after.
Cable::Period join(const std::vector<Part3>& parts, const Part3& next_node) {
  Cable::Period period;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const Part3& next = k + 1 < parts.size() ? parts[k + 1] : next_node;
    Compartment c = parts[k].compartment;
    c.axial_mS = 1.0 / (parts[k].axial_half_kohm + next.axial_half_kohm);
    c.periaxonal_mS = 1.0 / (parts[k].periaxonal_half_kohm + next.periaxonal_half_kohm);
    period.push_back(c);
  }
  return period;
}

} // namespace

Cable double_cable(const Cable::Name& name, const DoubleCableMeasures& m, int n_nodes,
                   const Channels& channels) {
  const double stin_um = (m.internode - node_length_um - 2.0 * mysa_length_um - 2.0 * m.flut) / 6.0;
  const Part3 node = make_part(m, Part::node, node_length_um, m.node, node_gap_um, channels);
  const Part3 mysa = make_part(m, Part::mysa, mysa_length_um, m.mysa, node_gap_um, channels);
  const Part3 flut = make_part(m, Part::flut, m.flut, m.axon, axon_gap_um, channels);
  const Part3 stin = make_part(m, Part::stin, stin_um, m.axon, axon_gap_um, channels);
  const Part3 end = name.ends == Ends::passive ? passive_end(m, node, name.rest_guess_mV) : node;

  std::vector<Part3> parts = {node, mysa, flut, stin, stin, stin, stin, stin, stin, flut, mysa};
  std::vector<Part3> first_parts = parts;
  first_parts.front() = end;
  // First period, those between, the one before the last node, and the last node.
  std::vector<Cable::Period> periods = {
      join(first_parts, node), join(parts, node), join(parts, end), {end.compartment}};
  if (n_nodes == 2)
    periods.front() = join(first_parts, end);
  std::vector<std::uint8_t> period_of(static_cast<std::size_t>(n_nodes), 1);
  period_of[period_of.size() - 2] = 2;
  period_of.front() = 0;
  period_of.back() = 3;
  return Cable(name, std::move(periods), std::move(period_of));
}

} // namespace foramen::axon
