// Currents of contacts that are held at voltages, in place of being given currents.
//
// All cathodes of a programme are held at one potential and all anodes at another, V apart; the
// case (the grounded boundary), where it takes part, is at zero. Idle contacts float. With Z the
// impedance matrix of the driven contacts (ohm), r the impedance in series with each, and v = 1 at
// cathodes, 0 at anodes:
//
//   (Z + r 1) I = (v + c) V       c = 0 where the case is an anode, -1 where it is a cathode,
//                                 without the case such that the currents sum to zero
//
// I is a multiple of V: the field of such a programme is that of a programme of currents whose
// weights are I over the total current of the cathodes, and its amplitude in volts is that current
// times `load`. With contacts of a single polarity beside the case, load = 1 / sum((Z + r)^-1); for
// a bipole Z11 + Z22 - Z12 - Z21 + 2 r.
//
// With an interface in the field (field::Electrode::surface_resistance), Z contains it.
#pragma once

#include "core/units.hpp"

#include <Eigen/Core>

#include <vector>

namespace foramen::analysis {

struct VoltageControl {
  // Per contact, in the convention of stimulus::Programme; positive ones sum to 1, or, where the
  // case alone is the cathode, negative ones to -1.
  std::vector<double> weights;
  Resistance load; // V over the cathodes' total current
};

// `polarities`: weights of a programme of currents, of which only the signs are read; the sum tells
// whether the case is an anode (positive) or a cathode (negative) where `through_case`.
// `impedance`: of all contacts.
//
// Preconditions: as many polarities as contacts; some contact is driven; without the case both
// polarities occur. Errors: ConfigError where the driven contacts have no invertible impedance.
// Cost: O(driven^3).
VoltageControl hold_at_voltage(const std::vector<double>& polarities, bool through_case,
                               const Eigen::MatrixXd& impedance, Resistance series);

} // namespace foramen::analysis
