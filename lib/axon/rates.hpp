// Rates of gates as the papers print them, at one potential: what membranes tabulate.
//
// A gate y with opening rate alpha and closing rate beta (per ms) obeys y' = alpha (1 - y) - beta y
// = (y_inf - y) rate with y_inf = alpha / (alpha + beta) and rate = alpha + beta = 1 / tau.
#pragma once

#include <cmath>

namespace foramen::axon {

struct Gate {
  double steady, rate; // 1; per ms
};
inline Gate from_rates(double alpha, double beta) {
  return {alpha / (alpha + beta), alpha + beta};
}
inline Gate from_steady(double steady, double tau_ms) {
  return {steady, 1.0 / tau_ms};
}

// x / (1 - exp(-x / k)), k at x = 0.
inline double linoid(double x, double k) {
  const double u = x / k;
  return u == 0.0 ? k : -x / std::expm1(-u);
}

// 1 / (1 + exp(x))
inline double logistic(double x) {
  return 1.0 / (1.0 + std::exp(x));
}

// Q10^((37 - T0) / 10): from the temperature of the measurement to that of the body.
inline double q10_factor(double q10, double measured_celsius) {
  return std::pow(q10, (37.0 - measured_celsius) / 10.0);
}

} // namespace foramen::axon
