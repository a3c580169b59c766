#include "analysis/voltage_control.hpp"

#include "core/error.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace foramen::analysis {
namespace {

std::vector<Eigen::Index> driven_contacts(const std::vector<double>& polarities) {
  std::vector<Eigen::Index> driven;
  for (std::size_t i = 0; i < polarities.size(); ++i)
    if (polarities[i] != 0.0)
      driven.push_back(static_cast<Eigen::Index>(i));
  return driven;
}

// c of the header, given the currents of v alone and of ones.
double common_potential(const std::vector<double>& polarities, bool through_case,
                        const Eigen::VectorXd& of_v, const Eigen::VectorXd& of_ones) {
  if (!through_case)
    return -of_v.sum() / of_ones.sum();
  return std::accumulate(polarities.begin(), polarities.end(), 0.0) < 0.0 ? -1.0 : 0.0;
}

} // namespace

VoltageControl hold_at_voltage(const std::vector<double>& polarities, bool through_case,
                               const Eigen::MatrixXd& impedance, Resistance series) {
  FORAMEN_EXPECT(impedance.rows() == static_cast<Eigen::Index>(polarities.size()), impedance.rows(),
                 " rows of impedance for ", polarities.size(), " contacts");
  const std::vector<Eigen::Index> driven = driven_contacts(polarities);
  const auto n = static_cast<Eigen::Index>(driven.size());
  FORAMEN_EXPECT(n > 0, "no driven contact");
  Eigen::MatrixXd z = impedance(driven, driven);
  z = (0.5 * (z + z.transpose())).eval(); // reciprocal but for the solver's tolerance
  z.diagonal().array() += series.si();
  const Eigen::LLT<Eigen::MatrixXd> factor(z);
  if (factor.info() != Eigen::Success)
    throw core::ConfigError("impedance matrix",
                            "the driven contacts cannot be held at voltages: their impedances are "
                            "those of no passive body",
                            "solve the field with a smaller field.tolerance");
  Eigen::VectorXd v(n);
  for (Eigen::Index i = 0; i < n; ++i)
    v[i] = polarities[static_cast<std::size_t>(driven[static_cast<std::size_t>(i)])] > 0.0 ? 1 : 0;
  const Eigen::VectorXd of_v = factor.solve(v), of_ones = factor.solve(Eigen::VectorXd::Ones(n));
  const Eigen::VectorXd current =
      of_v + common_potential(polarities, through_case, of_v, of_ones) * of_ones; // per volt
  const double cathodes = current.cwiseMax(0.0).sum(), anodes = -current.cwiseMin(0.0).sum();
  const double total = std::max(cathodes, anodes); // the case takes the difference
  FORAMEN_EXPECT(total > 0.0, "no current flows");
  VoltageControl result{std::vector<double>(polarities.size(), 0.0),
                        Resistance::from_si(1.0 / total)};
  for (Eigen::Index i = 0; i < n; ++i)
    result.weights[static_cast<std::size_t>(driven[static_cast<std::size_t>(i)])] =
        current[i] / total;
  return result;
}

} // namespace foramen::analysis
