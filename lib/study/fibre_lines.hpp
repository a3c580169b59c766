// Potential and activating function along a fibre, per contact, for pictures and ParaView.
//
//   f(s) = (V(s - D) - 2 V(s) + V(s + D)) / D^2,   V the extracellular potential per ampere
//
// at the nodes of Ranvier, D the internode distance along the fibre: what drives a node through its
// two neighbours (Rattay 1986), divided by D^2 so that fibres compare and the limit of small D is
// d2V/ds2. Times D^2 it is the second difference itself, V per A. Where nodes are closer than the
// potential is sampled (unmyelinated fibres) every so-manieth is taken: D reaches 0.25 mm. V in
// ohm, f in V/m^2 per A; positive where a fibre is depolarised by a positive current, so a cathode,
// whose current is negative, depolarises where f is negative. The two ends have no f and are given
// 0.
#pragma once

#include "study/fibre_set.hpp"

#include <span>
#include <vector>

namespace foramen::study {

struct FibreLine {
  std::vector<Vector3d> points;   // metres
  std::vector<double> course_s;   // of the nerve's course beside each point, metres
  double spacing = 0.0;           // D, metres
  std::vector<double> potential;  // contacts x points, ohm
  std::vector<double> activating; // contacts x points, ohm/m^2
};

// `potentials`: compartments x contacts, row-major, ohm (stages.hpp).
FibreLine fibre_line(const anatomy::Nerve& nerve, const PlacedFibre& fibre,
                     std::span<const double> potentials, std::size_t contacts);

// f of evenly spaced values.
std::vector<double> activating_function(std::span<const double> values, double spacing);

} // namespace foramen::study
