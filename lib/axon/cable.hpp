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

#include "axon/compartment.hpp"
#include "axon/internode_modes.hpp"
#include "axon/kinetics.hpp"
#include "core/units.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace foramen::axon {

// What happens at the first and last node. `passive`: no channels, no axoplasm, as in PyFibers
// (reference README 2.5): the axon is sealed at the neighbouring compartment and the end nodes
// never fire. `sealed`: an ordinary node with nothing beyond it.
enum class Ends : std::uint8_t { passive, sealed };

class Cable {
public:
  struct Name {
    std::string model; // of the catalogue
    Length diameter;
    Ends ends = Ends::passive;
    const Kinetics* kinetics = nullptr; // of its membranes; lives as long as the program
    double rest_guess_mV = -80.0;  // where relaxation to rest starts, gates at their steady values
    double relaxation_ms = 1000.0; // how long it lasts: the reference's 1 s; 200 ms for C fibres
    double rest_drift_mV = 1e-7;   // by which a resting potential may still move in 5 ms
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

  // How the solver sees what lies between two nodes: so many values, V and P of each compartment in
  // turn, or the amplitudes of its modes where it is passive.
  std::size_t n_inner() const { return 2 * per_internode_; }
  bool in_modes() const { return !modes_.empty(); }
  const InternodeModes& modes(std::size_t j) const { return modes_[period_of_[j]]; } // after node j

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
  std::vector<InternodeModes> modes_; // per period, if passive
};

} // namespace foramen::axon
