// From the measures of a myelinated fibre to the admittances of its compartments.
//
// The internode of McIntyre, Richardson and Grill 2002 (doi:10.1152/jn.00353.2001): node, MYSA,
// FLUT, six STIN, FLUT, MYSA. With d the diameter of the axon (or node) inside the fibre of
// diameter D, gap s, length L, nl lamellae and rho = 70 ohm cm:
//
//   axoplasm           rho L / (pi d^2 / 4)
//   periaxonal space   rho L / (pi ((d/2 + s)^2 - (d/2)^2))
//   axolemma           2 uF/cm2 on pi d L
//   myelin             0.1 uF/cm2 and 1 mS/cm2 per membrane, 2 nl in series, on pi D L
//
// Neighbours are joined through half of each. What the axolemma conducts is the model's own.
#pragma once

#include "axon/cable.hpp"

#include <functional>

namespace foramen::axon {

struct DoubleCableMeasures {      // um
  double fibre, node, mysa, axon; // diameters; `axon` of FLUT and STIN
  double internode;               // node centre to node centre
  double flut;                    // length
  double lamellae;
};

// Fills channels_mS, leak_mS and leak_uA; areas in cm2: of the axolemma (pi d L) and of the fibre's
// outside (pi D L; at nodes both are the node's).
using Channels =
    std::function<void(Compartment& compartment, double axolemma_cm2, double outer_cm2)>;

Cable double_cable(const Cable::Name& name, const DoubleCableMeasures& measures, int n_nodes,
                   const Channels& channels);

} // namespace foramen::axon
