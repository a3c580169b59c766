#include "stimulus/spectrum.hpp"

#include "core/error.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace foramen::stimulus {
namespace {

// Spherical Bessel functions, the transforms of a flat and of a rising piece.
double j0(double x) {
  return std::abs(x) < 1e-4 ? 1.0 - x * x / 6.0 : std::sin(x) / x;
}
double j1(double x) {
  if (std::abs(x) < 0.1) { // the closed form cancels
    const double x2 = x * x;
    return x / 3.0 * (1.0 - x2 / 10.0 * (1.0 - x2 / 28.0 * (1.0 - x2 / 54.0)));
  }
  return (std::sin(x) / x - std::cos(x)) / x;
}

double squared_integral(const Waveform& waveform) {
  double sum = 0.0;
  for (const Piece& p : waveform.pieces)
    sum +=
        (p.end - p.begin).si() / 3.0 *
        (p.level_begin * p.level_begin + p.level_begin * p.level_end + p.level_end * p.level_end);
  return sum;
}

// Integral of |I|^2 from f to f + width (Hz) by Gauss's five points.
double energy_between(const Waveform& waveform, double f, double width) {
  constexpr std::array x{-0.9061798459386640, -0.5384693101056831, 0.0, 0.5384693101056831,
                         0.9061798459386640};
  constexpr std::array w{0.2369268850561891, 0.4786286704993665, 0.5688888888888889,
                         0.4786286704993665, 0.2369268850561891};
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i)
    sum += w[i] * energy_density(waveform, (f + 0.5 * width * (1.0 + x[i])) * Hz);
  return 0.5 * width * sum;
}

Frequency median_of_pulse(const Waveform& waveform, double half) {
  // |I|^2 is the transform of a function of twice the duration: these panels resolve it.
  const double panel = 0.25 / (waveform.pieces.back().end - waveform.begin()).si();
  double f = 0.0, energy = 0.0, inside = energy_between(waveform, f, panel);
  for (; energy + inside < half; inside = energy_between(waveform, f, panel)) {
    energy += inside;
    f += panel;
  }
  double low = 0.0, high = panel;
  while (high - low > 1e-12 * (f + low)) {
    const double middle = 0.5 * (low + high);
    (energy + energy_between(waveform, f, middle) < half ? low : high) = middle;
  }
  return (f + 0.5 * (low + high)) * Hz;
}

Frequency median_of_lines(const Waveform& waveform, double squared) {
  const double line = 1.0 / waveform.period.si();
  // Parseval over a period: the lines on one side hold half of what the mean leaves.
  const double mean = energy_density(waveform, Frequency{}) * line * line;
  const double half = 0.25 * (squared * line - mean);
  double power = 0.0;
  double k = 1.0;
  // Rounding must not carry a sine over its only line.
  for (;; ++k) {
    power += energy_density(waveform, k * line * Hz) * line * line;
    if (power >= half * (1.0 - 1e-9))
      return k * line * Hz;
  }
}

} // namespace

double energy_density(const Waveform& waveform, Frequency f) {
  const double omega = 2.0 * std::numbers::pi * f.si();
  std::complex<double> transform = 0.0;
  for (const Piece& p : waveform.pieces) {
    const double width = (p.end - p.begin).si(), x = 0.5 * omega * width;
    const double centre = (p.begin - waveform.begin()).si() + 0.5 * width;
    const std::complex<double> piece(0.5 * (p.level_begin + p.level_end) * j0(x),
                                     -0.5 * (p.level_end - p.level_begin) * j1(x));
    transform += width * piece * std::polar(1.0, -omega * centre);
  }
  return std::norm(transform);
}

Frequency dominant_frequency(const Waveform& waveform) {
  const double squared = squared_integral(waveform);
  if (!(squared > 0.0))
    throw ConfigError(concat("waveform '", waveform.name, "'"),
                      "it carries no current, so it has no frequency",
                      "give at least one level other than 0");
  return waveform.repeats > 1 ? median_of_lines(waveform, squared)
                              : median_of_pulse(waveform, 0.25 * squared);
}

} // namespace foramen::stimulus
