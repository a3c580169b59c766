#include "analysis/safety.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using analysis::assess_safety;
using analysis::SafetyInput;

namespace {

SafetyInput one_contact(Current amplitude, Time phase) {
  return {.weights = {1.0},
          .contact_areas = {12.25 * mm2},
          .amplitude = amplitude,
          .phase_duration = phase,
          .impedance = Eigen::MatrixXd::Constant(1, 1, 500.0),
          .contact_impedance = 100.0 * ohm};
}

} // namespace

TEST_CASE("Shannon's k is 1.85 at the limiting current tabulated for a 12.25 mm^2 contact",
          "[analysis]") {
  // D Q = 10^k: I = sqrt(10^1.85 * 0.1225 cm^2) uC / 200 us = 14.72 mA.
  const double charge_uC = std::sqrt(std::pow(10.0, 1.85) * 0.1225);
  const auto safety = assess_safety(one_contact((charge_uC / 200e-6) * uA, 200.0 * us));
  CHECK(safety.charge_per_phase.in(uC) == Approx(charge_uC).epsilon(1e-12));
  CHECK(safety.shannon_k == Approx(1.85).epsilon(1e-12));
}

TEST_CASE("30 uC/cm^2 on 12.25 mm^2 at 200 us is 18.4 mA", "[analysis]") {
  const auto safety = assess_safety(one_contact(18.375 * mA, 200.0 * us));
  CHECK(safety.charge_density.in(uC_per_cm2) == Approx(30.0).epsilon(1e-12));
}

TEST_CASE("a monopolar programme needs amplitude times tissue plus interface resistance",
          "[analysis]") {
  const auto safety = assess_safety(one_contact(2.0 * mA, 200.0 * us));
  REQUIRE(safety.voltage_known);
  CHECK(safety.voltage.in(V) == Approx(2e-3 * 600.0).epsilon(1e-12));
}

TEST_CASE("a bipole needs the difference of its contacts' potentials, the case stays out",
          "[analysis]") {
  Eigen::MatrixXd z(2, 2);
  z << 500.0, 50.0, 50.0, 400.0;
  const SafetyInput in{.weights = {1.0, -1.0},
                       .contact_areas = {12.25 * mm2, 4.0 * mm2},
                       .amplitude = 1.0 * mA,
                       .phase_duration = 100.0 * us,
                       .impedance = z,
                       .contact_impedance = 0.0 * ohm};
  const auto safety = assess_safety(in);
  // (500 - 50) - (50 - 400) = 800 ohm; the smaller contact has the larger density.
  CHECK(safety.voltage.in(mV) == Approx(800.0).epsilon(1e-12));
  CHECK(safety.charge_density.in(uC_per_cm2) == Approx(0.1 / 0.04).epsilon(1e-12));
}

TEST_CASE("without an impedance matrix the voltage is unknown, not zero", "[analysis]") {
  auto in = one_contact(1.0 * mA, 100.0 * us);
  in.impedance.resize(0, 0);
  CHECK_FALSE(assess_safety(in).voltage_known);
}

TEST_CASE("the charge of a phase is that of the largest stretch of one sign", "[analysis]") {
  stimulus::Waveform asymmetric;
  asymmetric.pieces = {{100.0 * us, 200.0 * us, -1.0, -1.0},
                       {200.0 * us, 300.0 * us, -1.0, 0.0}, // a ramp belongs to its phase
                       {400.0 * us, 1400.0 * us, 0.15, 0.15}};
  CHECK(analysis::phase_charge_time(asymmetric).in(us) == Approx(150.0).epsilon(1e-12));
}
