// A fibre as the solver sees it: compartments in a row, each with its admittances.
//
// The double cable (DESIGN section 4) in V (across the axolemma) and P (periaxonal relative to the
// outside; zero at the nodes, which lie open):
//
//   C  dV/dt + I_ion(V, gates) = div_a (V + P + Ve)
//   Cm dP/dt + Gm P            = div_a (V + P + Ve) + div_p (P + Ve)
//
// with div_a, div_p the differences through the axoplasm and the periaxonal space. A cable is a row
// of periods: a node and the `per_internode()` compartments that follow it; the last period is a
// node alone. Most periods are alike, so a cable keeps the few different ones and, for each place,
// which one stands there.
//
// Units in the fields: cm, uF, mS, uA (membrane_units.hpp), totals of the compartment, not
// densities. Positions along the fibre are metres from the centre of node 0. Errors: the
// constructor refuses compartments without length or capacitance and negative conductances
// (ConfigError naming the compartment).
#pragma once

#include "core/units.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace foramen::axon {

enum class Part : std::uint8_t { node, mysa, flut, stin };
const char* name_of(Part part);

// Channel kinetics of a whole fibre: what its nodes and its internodes carry.
//   mrg             McIntyre, Richardson, Grill 2002 nodes; passive internodes
//   gaines_motor,
//   gaines_sensory  Gaines et al. 2018; channels everywhere
//   sweeney, sundt  single cables: nothing between the nodes
enum class Kinetics : std::uint8_t { mrg, gaines_motor, gaines_sensory, sweeney, sundt };

// What happens at the first and last node. `passive`: no channels, no axoplasm, as in PyFibers
// (reference README 2.5): the axon is sealed at the neighbouring compartment and the end nodes
// never fire. `sealed`: an ordinary node with nothing beyond it.
enum class Ends : std::uint8_t { passive, sealed };

struct Compartment {
  Part part = Part::node;
  double length_cm = 0.0;
  double capacitance_uF = 0.0;        // of the axolemma
  double myelin_capacitance_uF = 0.0; // 0 at nodes
  double myelin_conductance_mS = 0.0; // 0 at nodes, where P = 0 stands instead
  double axial_mS = 0.0;      // through the axoplasm to the next compartment; 0 after the last
  double periaxonal_mS = 0.0; // through the periaxonal space to the next
  // Nodes: {Nap, Na, Ks, Kf}; internodes of the Gaines models: {Ks, Kf, q, -}.
  std::array<double, 4> channels_mS{};
  double leak_mS = 0.0;
  double leak_uA = 0.0; // leak conductance times its reversal potential
  bool operator==(const Compartment&) const = default;
};

class Cable {
public:
  struct Name {
    std::string model; // of the catalogue
    Length diameter;
    Ends ends = Ends::passive;
    Kinetics kinetics = Kinetics::mrg;
    double rest_guess_mV = -80.0;  // where relaxation to rest starts, gates at their steady values
    double relaxation_ms = 1000.0; // how long it lasts: the reference's 1 s; 200 ms for C fibres
  };
  using Period = std::vector<Compartment>;

  // `period_of[j]` is the index into `periods` of node j and the internode after it.
  Cable(Name name, std::vector<Period> periods, std::vector<std::uint8_t> period_of);

  const Name& name() const { return name_; }
  std::size_t n_nodes() const { return period_of_.size(); }
  std::size_t per_internode() const { return per_internode_; }
  std::size_t n_compartments() const { return (n_nodes() - 1) * (per_internode_ + 1) + 1; }
  std::size_t node(std::size_t j) const { return j * (per_internode_ + 1); } // its compartment

  const Compartment& compartment(std::size_t i) const;
  const std::vector<Period>& periods() const { return periods_; }
  std::size_t period_of(std::size_t j) const { return period_of_[j]; }

  // Centre of every compartment, metres along the fibre from the centre of node 0: where potentials
  // are sampled, one per compartment in this order.
  std::vector<double> centres() const;
  Length length() const;           // from the first to the last node's centre
  Length internode_length() const; // node centre to node centre

private:
  Name name_;
  std::vector<Period> periods_;
  std::vector<std::uint8_t> period_of_;
  std::size_t per_internode_;
};

} // namespace foramen::axon
