// Dimensions are checked by the compiler; values are SI inside.
#include "core/units.hpp"

#include <catch2/catch.hpp>

#include <concepts>

using namespace foramen;

namespace {

template <class A, class B>
concept addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept comparable = requires(A a, B b) {
  a < b;
};

static_assert(addable<Length, Length>);
static_assert(!addable<Length, Time>);
static_assert(!addable<Length, double>);
static_assert(!addable<Angle, double>); // a degree is not a number
static_assert(!comparable<Voltage, Current>);
static_assert(!std::convertible_to<double, Length>);
static_assert(!std::convertible_to<Length, double>);
static_assert(std::convertible_to<decltype(1.0 * mm / (1.0 * um)), double>);

static_assert(std::same_as<decltype(V / A), const Resistance> ||
              std::same_as<decltype(V / A), Resistance>);
static_assert(std::same_as<decltype(A * s), Charge>);
static_assert(std::same_as<decltype(C / mm2), ChargeDensity>);
static_assert(std::same_as<decltype(m / s), Velocity>);
static_assert(std::same_as<decltype(1.0 / s), Frequency>);
static_assert(std::same_as<decltype(1.0 / (ohm * m)), Conductivity>);
static_assert(std::same_as<decltype(ohm * m), Resistivity>);
static_assert(std::same_as<decltype(ohm * mm2), SheetResistance>);
static_assert(std::same_as<decltype(s / ohm), Capacitance>);
static_assert(std::same_as<decltype(mm * mm * mm), Volume>);

static_assert(sizeof(Conductivity) == sizeof(double));
static_assert((2.0 * mm).si() == 2e-3);
static_assert((3.0 * kHz).in(Hz) == 3000.0);
static_assert(1.0 * mA + 1.0 * mA == 2.0 * mA);
static_assert(-(1.0 * V) < 0.5 * V);
static_assert(abs(-2.0 * mV) == 2.0 * mV);

} // namespace

TEST_CASE("a quantity comes back in any unit of its dimension", "[core]") {
  CHECK((210.0 * us).in(ms) == Approx(0.21).epsilon(1e-15));
  CHECK((1.5 * mm).in(um) == Approx(1500.0).epsilon(1e-15));
  CHECK((180.0 * deg).in(rad) == Approx(std::numbers::pi).epsilon(1e-15));
  CHECK((30.0 * uC_per_cm2).si() == Approx(0.3).epsilon(1e-15)); // 30e-6 C / 1e-4 m^2
}

TEST_CASE("Ohm's law has the units that physics gives it", "[core]") {
  const Voltage voltage = 2.0 * mA * (500.0 * ohm);
  CHECK(voltage.in(V) == Approx(1.0).epsilon(1e-15));
  const Charge charge = 1.0 * mA * (210.0 * us);
  CHECK(charge.in(uC) == Approx(0.21).epsilon(1e-15));
  const double ratio = 3.0 * mm / (2.0 * mm);
  CHECK(ratio == 1.5);
}

TEST_CASE("quantities accumulate and scale in place", "[core]") {
  Length x = 1.0 * mm;
  x += 2.0 * mm;
  x -= 0.5 * mm;
  x *= 2.0;
  CHECK(x.in(mm) == Approx(5.0).epsilon(1e-15));
  CHECK(cos(60.0 * deg) == Approx(0.5).epsilon(1e-15));
  CHECK(sin(30.0 * deg) == Approx(0.5).epsilon(1e-15));
  CHECK(tan(45.0 * deg) == Approx(1.0).epsilon(1e-15));
}
