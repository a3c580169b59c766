// Random numbers that do not depend on the order of work.
//
// A stream is addressed by (seed, purpose, index): fibre 17 draws the same numbers on one thread or
// on forty, alone or in a sweep. SplitMix64 in counter mode (Steele, Lea, Flood 2014,
// doi:10.1145/2714064.2660195): the state is the hashed address plus a Weyl counter.
#pragma once

#include <cstdint>
#include <string_view>

namespace foramen::core {

class RandomStream {
public:
  RandomStream(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

  std::uint64_t bits();                    // 64 uniform bits
  double uniform();                        // [0, 1), 53 bits
  double uniform(double low, double high); // [low, high)
  double normal();                         // standard normal (Box-Muller)
  std::size_t below(std::size_t n);        // 0 .. n-1, n > 0

private:
  std::uint64_t state_;
};

} // namespace foramen::core
