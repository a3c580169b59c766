#include "analysis/safety.hpp"
#include "analysis/voltage_control.hpp"
#include "core/error.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::analysis;

namespace {

Eigen::MatrixXd impedances() { // ohm
  return Eigen::Matrix3d{{600.0, 200.0, 100.0}, {200.0, 500.0, 150.0}, {100.0, 150.0, 700.0}};
}

// Potentials of all contacts behind their series impedances, for 1 V.
Eigen::VectorXd terminals(const VoltageControl& held, double series) {
  const Eigen::VectorXd current =
      Eigen::Map<const Eigen::VectorXd>(held.weights.data(), 3) / held.load.si();
  return impedances() * current + series * current;
}

Voltage generator_voltage(const VoltageControl& held, Current amplitude, Resistance series) {
  return assess_safety({.weights = held.weights,
                        .contact_areas = std::vector<Area>(3, 1.0 * mm2),
                        .amplitude = amplitude,
                        .phase_duration = 1.0 * ms,
                        .impedance = impedances(),
                        .contact_impedance = series})
      .voltage;
}

} // namespace

TEST_CASE("a contact against the case loads the generator with its own impedance", "[analysis]") {
  const VoltageControl held = hold_at_voltage({0.0, 1.0, 0.0}, true, impedances(), 50.0 * ohm);
  CHECK(held.load.in(ohm) == Approx(550.0));
  CHECK(held.weights == std::vector<double>{0.0, 1.0, 0.0});
}

TEST_CASE("a bipole's load is Z11 + Z22 - 2 Z12 and twice the series impedance", "[analysis]") {
  const VoltageControl held = hold_at_voltage({1.0, 0.0, -1.0}, false, impedances(), 50.0 * ohm);
  CHECK(held.load.in(ohm) == Approx(600.0 + 700.0 - 2.0 * 100.0 + 2.0 * 50.0));
  CHECK(held.weights[0] == Approx(1.0));
  CHECK(held.weights[1] == 0.0); // floats
  CHECK(held.weights[2] == Approx(-1.0));
}

TEST_CASE("contacts of one polarity share one potential, whatever their current", "[analysis]") {
  const VoltageControl held = hold_at_voltage({0.5, 0.5, -1.0}, false, impedances(), 20.0 * ohm);
  const Eigen::VectorXd potential = terminals(held, 20.0);
  CHECK(potential[0] == Approx(potential[1]));
  CHECK(potential[0] - potential[2] == Approx(1.0));
  CHECK(held.weights[0] + held.weights[1] == Approx(1.0));
  CHECK(held.weights[2] == Approx(-1.0));
  CHECK(held.weights[1] > 1.1 * held.weights[0]); // through the lower impedance
}

TEST_CASE("anodes beside the case are at its potential", "[analysis]") {
  const VoltageControl held = hold_at_voltage({1.0, -0.3, 0.0}, true, impedances(), 0.0 * ohm);
  const Eigen::VectorXd potential = terminals(held, 0.0);
  CHECK(potential[0] == Approx(1.0));
  CHECK(potential[1] == Approx(0.0).margin(1e-12));
  CHECK(held.weights[0] == Approx(1.0));
  CHECK(held.weights[1] == Approx(-200.0 / 500.0)); // Z12 I1 + Z22 I2 = 0
}

TEST_CASE("a case that is the cathode leaves the anodes below it", "[analysis]") {
  const VoltageControl held = hold_at_voltage({0.0, 0.0, -1.0}, true, impedances(), 0.0 * ohm);
  CHECK(held.load.in(ohm) == Approx(700.0));
  CHECK(held.weights == std::vector<double>{0.0, 0.0, -1.0});
}

TEST_CASE("the generator's voltage at a current is the voltage that would drive it", "[analysis]") {
  const Current amplitude = 2.0 * mA;
  for (const auto& [polarities, through_case] :
       {std::pair(std::vector<double>{0.0, 1.0, 0.0}, true),
        std::pair(std::vector<double>{1.0, 0.0, -1.0}, false),
        std::pair(std::vector<double>{0.5, 0.5, -1.0}, false),
        std::pair(std::vector<double>{1.0, -0.3, 0.0}, true)}) {
    const VoltageControl held = hold_at_voltage(polarities, through_case, impedances(), 30.0 * ohm);
    CHECK(generator_voltage(held, amplitude, 30.0 * ohm).si() ==
          Approx((held.load * amplitude).si()));
  }
}

TEST_CASE("impedances of no passive body are refused", "[analysis][errors]") {
  CHECK_THROWS_WITH(hold_at_voltage({1.0, 0.0, -1.0}, false, -impedances(), 0.0 * ohm),
                    Catch::Contains("cannot be held at voltages") &&
                        Catch::Contains("smaller field.tolerance"));
}
