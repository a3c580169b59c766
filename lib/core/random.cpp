#include "core/random.hpp"

#include "core/error.hpp"

#include <cmath>
#include <numbers>

namespace foramen::core {
namespace {

constexpr std::uint64_t weyl = 0x9E3779B97F4A7C15ull;

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

} // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view purpose, std::uint64_t index)
    : state_(mix(seed + weyl)) {
  for (const char c : purpose)
    state_ = mix(state_ + weyl + static_cast<unsigned char>(c));
  state_ = mix(state_ + weyl * (index + 1));
}

std::uint64_t RandomStream::bits() {
  state_ += weyl;
  return mix(state_);
}

double RandomStream::uniform() {
  return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double RandomStream::uniform(double low, double high) {
  const double x = low + (high - low) * uniform();
  return x < high || high <= low ? x : std::nextafter(high, low); // rounding may reach `high`
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::size_t RandomStream::below(std::size_t n) {
  FORAMEN_EXPECT(n > 0, "n = ", n);
  return static_cast<std::size_t>(uniform() * static_cast<double>(n));
}

} // namespace foramen::core
