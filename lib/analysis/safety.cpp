#include "analysis/safety.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::analysis {
namespace {

// Potential difference between the highest and the lowest driven terminal, per ampere of amplitude.
double terminal_ohms(const SafetyInput& in) {
  const Eigen::Index n = in.impedance.rows();
  Eigen::VectorXd currents(n);
  double total = 0.0;
  for (Eigen::Index i = 0; i < n; ++i) {
    currents[i] = in.weights[static_cast<std::size_t>(i)];
    total += currents[i];
  }
  const Eigen::VectorXd potential = in.impedance * currents + in.contact_impedance.si() * currents;
  // The grounded case takes part when the contacts do not balance among themselves.
  const bool case_driven = std::abs(total) > 1e-9;
  double low = case_driven ? 0.0 : std::numeric_limits<double>::infinity();
  double high = case_driven ? 0.0 : -std::numeric_limits<double>::infinity();
  for (Eigen::Index i = 0; i < n; ++i)
    if (currents[i] != 0.0) {
      low = std::min(low, potential[i]);
      high = std::max(high, potential[i]);
    }
  return high > low ? high - low : 0.0;
}

} // namespace

Time phase_charge_time(const stimulus::Waveform& waveform) {
  Time largest, phase;
  for (const stimulus::Piece& piece : waveform.pieces) {
    const Time charge = 0.5 * (piece.level_begin + piece.level_end) * (piece.end - piece.begin);
    const bool same_sign = (charge.si() < 0.0) == (phase.si() < 0.0);
    phase = same_sign ? phase + charge : charge;
    largest = std::max(largest, core::abs(phase));
  }
  return largest;
}

Safety assess_safety(const SafetyInput& in) {
  FORAMEN_EXPECT(in.weights.size() == in.contact_areas.size(), in.weights.size(), " weights, ",
                 in.contact_areas.size(), " areas");
  FORAMEN_EXPECT(in.impedance.size() == 0 ||
                     in.impedance.rows() == static_cast<Eigen::Index>(in.weights.size()),
                 in.impedance.rows(), " rows of impedance for ", in.weights.size(), " contacts");
  Safety result;
  result.shannon_k = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < in.weights.size(); ++i) {
    FORAMEN_EXPECT(in.contact_areas[i] > Area{}, "contact ", i);
    const Charge charge = std::abs(in.weights[i]) * (in.amplitude * in.phase_duration);
    const ChargeDensity density = charge / in.contact_areas[i];
    result.charge_per_phase = std::max(result.charge_per_phase, charge);
    result.charge_density = std::max(result.charge_density, density);
    if (charge > Charge{})
      result.shannon_k = std::max(result.shannon_k,
                                  std::log10(density.in(uC_per_cm2)) + std::log10(charge.in(uC)));
  }
  if (in.impedance.size() > 0) {
    result.voltage_known = true;
    result.voltage = Resistance::from_si(terminal_ohms(in)) * in.amplitude;
  }
  return result;
}

} // namespace foramen::analysis
