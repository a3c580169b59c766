// A compartment of a fibre with its admittances, in the axon's units {ms, mV, uA, cm}: totals of
// the compartment, not densities.
#pragma once

#include <array>
#include <cstdint>

namespace foramen::axon {

enum class Part : std::uint8_t { node, mysa, flut, stin };
const char* name_of(Part part);

struct Compartment {
  Part part = Part::node;
  double length_cm = 0.0;
  double capacitance_uF = 0.0;        // of the axolemma
  double myelin_capacitance_uF = 0.0; // 0 at nodes
  double myelin_conductance_mS = 0.0; // 0 at nodes, where P = 0 stands instead
  double axial_mS = 0.0;      // through the axoplasm to the next compartment; 0 after the last
  double periaxonal_mS = 0.0; // through the periaxonal space to the next
  // What the model's membranes call for (membranes/, models/): conductances of up to four channels.
  std::array<double, 4> channels_mS{};
  double leak_mS = 0.0;
  double leak_uA = 0.0; // leak conductance times its reversal potential
  bool operator==(const Compartment&) const = default;
};

} // namespace foramen::axon
