// Is a programme safe at an amplitude, and can the pulse generator deliver it?
//
//   charge per phase      Q = I * integral of |level| over a phase
//   charge density        D = Q / A        (A: the contact's geometric area)
//   Shannon parameter     k = log10(D [uC/cm^2]) + log10(Q [uC])
//
// Shannon 1992 (doi:10.1109/10.126616): damage was seen above k = 1.85; 1.5 to 1.75 is the
// customary conservative limit. 30 uC/cm^2 is the limit that device labels quote. The two rules
// cross at a contact of 7.9 mm^2, so both are reported, per contact; perimeter enhancement is
// ignored. Voltage: the largest difference between any two driven terminals (the case is at zero),
// from the tissue's impedance matrix plus a contact impedance for each driven contact.
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace foramen::analysis {

inline constexpr double shannon_damage_k = 1.85;       // Shannon 1992
inline constexpr double shannon_conservative_k = 1.75; // upper end of customary practice

struct SafetyInput {
  std::vector<double> weights;     // share of the amplitude per contact
  std::vector<Area> contact_areas; // as many
  Current amplitude;
  Time phase_duration;          // integral of |level| over the phase
  Eigen::MatrixXd impedance;    // contacts x contacts, ohm; empty when unknown
  Resistance contact_impedance; // electrode interface, per driven contact
};

struct Safety {
  Charge charge_per_phase;      // of the contact that carries most
  ChargeDensity charge_density; // the largest over the contacts
  double shannon_k = 0.0;       // the largest over the contacts; -inf at zero charge
  bool voltage_known = false;
  Voltage voltage; // across the generator's terminals
};

// The largest integral of |level| over a phase (a stretch of one sign) of the waveform: charge per
// phase over amplitude.
Time phase_charge_time(const stimulus::Waveform& waveform);

// Preconditions: as many weights as areas, positive areas. Cost: O(contacts^2).
Safety assess_safety(const SafetyInput& input);

} // namespace foramen::analysis
