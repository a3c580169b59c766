#include "core/error.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/spectrum.hpp"
#include "stimulus/train.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen;
using namespace foramen::stimulus;

namespace {

// Integral of sinc^2 from 0 to x: (Si(2 pi x) - sin^2(pi x) / (pi x)) / pi, the sine integral by
// its power series, which for 2 pi x < 6 loses 3 of 16 digits.
double integral_of_sinc_squared(double x) {
  const double z = 2.0 * std::numbers::pi * x;
  double si = 0.0, term = z;
  for (int n = 1; n < 60; n += 2) {
    si += term / n;
    term *= -z * z / ((n + 1.0) * (n + 2.0));
  }
  const double sine = std::sin(0.5 * z);
  return (si - sine * sine / (0.5 * z)) / std::numbers::pi;
}

double in_widths(const Waveform& waveform, Time width) {
  return dominant_frequency(waveform) * width;
}

} // namespace

TEST_CASE("half of the energy of a monophasic pulse lies below 0.2705 over its width") {
  const double x = in_widths(monophasic({.width = 210 * us}), 210 * us);
  CHECK(integral_of_sinc_squared(x) == Approx(0.25).epsilon(1e-9));
  CHECK(x == Approx(0.270495).epsilon(1e-6));
}

TEST_CASE("half of the energy of a biphasic pulse without gap lies below 0.4215 over its width") {
  const double x = in_widths(biphasic({.width = 210 * us}), 210 * us);
  CHECK(4.0 * integral_of_sinc_squared(x) - 2.0 * integral_of_sinc_squared(2.0 * x) ==
        Approx(0.5).epsilon(1e-9));
  CHECK(x == Approx(0.421473).epsilon(1e-6));
}

TEST_CASE("amplitude, polarity and delay leave the dominant frequency, time scales it") {
  const PulseTiming timing{.width = 210 * us, .interphase = 100 * us};
  const Frequency f = dominant_frequency(asymmetric(timing, 10.0));
  CHECK(dominant_frequency(scaled(asymmetric(timing, 10.0), -0.3)) / f == Approx(1.0));
  PulseTiming late = timing;
  late.delay = 5 * ms;
  CHECK(dominant_frequency(asymmetric(late, 10.0)) / f == Approx(1.0));
  CHECK(dominant_frequency(stretched(asymmetric(timing, 10.0), 4.0)) / f == Approx(0.25));
}

TEST_CASE("the energy density at 0 Hz is the squared charge, and that of a triangle sinc^4") {
  const Waveform triangle = tabulated({0 * us, 100 * us, 200 * us}, {0.0, 1.0, 0.0});
  CHECK(energy_density(triangle, Frequency{}) == Approx(1e-8)); // (100 us)^2
  for (const double x : {0.01, 0.3, 0.9, 2.5}) {                // frequency times 100 us
    const double sinc = std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
    CHECK(energy_density(triangle, x / (100 * us)) == Approx(1e-8 * std::pow(sinc, 4)));
  }
}

TEST_CASE("a joined sine is exactly its own frequency, whatever it is made of") {
  const Waveform cycle = sine({.width = 50 * us});
  CHECK(dominant_frequency(train(cycle, 100, 10 * kHz)).in(kHz) == Approx(10.0).epsilon(1e-12));
}

TEST_CASE("a train is at a line next to the dominant frequency of its pulse") {
  const Waveform pulse = biphasic({.width = 210 * us});
  const double single = dominant_frequency(pulse).in(Hz);
  const double repeated = dominant_frequency(train(pulse, 3, 50 * Hz)).in(Hz);
  CHECK(std::abs(repeated - single) <= 50.0);                            // one line
  CHECK(std::abs(repeated / 50.0 - std::round(repeated / 50.0)) < 1e-9); // is one
}

TEST_CASE("an offset without end does not decide a train's frequency") {
  // On for 90 % of the time: 90 % of the power is the mean, which says nothing about the pulses.
  const Waveform on = train(monophasic({.width = 900 * us}), 2, 1 * kHz);
  CHECK(dominant_frequency(on).in(kHz) >= 1.0);
}

TEST_CASE("a waveform without current has no frequency") {
  try {
    dominant_frequency(tabulated({0 * us, 100 * us}, {0.0, 0.0}));
    FAIL("accepted");
  } catch (const ConfigError& e) {
    CHECK(e.cause() == "it carries no current, so it has no frequency");
    CHECK(e.place() == "waveform 'tabulated'");
  }
}
