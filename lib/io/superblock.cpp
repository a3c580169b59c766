#include "io/superblock.hpp"

#include "core/error.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

namespace foramen::io {
namespace {

constexpr std::size_t version_at = 8, offset_size_at = 9, checksum_at = 44;

struct Lookup3 {
  std::uint32_t a, b, c;

  void subtract(std::uint32_t& x, std::uint32_t y, int turn, std::uint32_t& z, std::uint32_t w) {
    x = (x - y) ^ std::rotl(y, turn);
    z += w;
  }
  void mix() {
    subtract(a, c, 4, c, b);
    subtract(b, a, 6, a, c);
    subtract(c, b, 8, b, a);
    subtract(a, c, 16, c, b);
    subtract(b, a, 19, a, c);
    subtract(c, b, 4, b, a);
  }
  void finish() {
    c = (c ^ b) - std::rotl(b, 14);
    a = (a ^ c) - std::rotl(c, 11);
    b = (b ^ a) - std::rotl(a, 25);
    c = (c ^ b) - std::rotl(b, 16);
    a = (a ^ c) - std::rotl(c, 4);
    b = (b ^ a) - std::rotl(a, 14);
    c = (c ^ b) - std::rotl(b, 24);
  }
};

// Of a whole number of 32-bit words, the last one to three of which end the hash.
std::uint32_t lookup3(std::span<const std::byte> bytes) {
  const auto word = [&](std::size_t i) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + 4 * i, sizeof value);
    return value;
  };
  const std::size_t words = bytes.size() / 4;
  const std::uint32_t start = 0xDEADBEEFu + static_cast<std::uint32_t>(bytes.size());
  Lookup3 hash{start, start, start};
  std::size_t i = 0;
  for (; words - i > 3; i += 3) {
    hash.a += word(i);
    hash.b += word(i + 1);
    hash.c += word(i + 2);
    hash.mix();
  }
  hash.a += word(i);
  hash.b += words - i > 1 ? word(i + 1) : 0;
  hash.c += words - i > 2 ? word(i + 2) : 0;
  hash.finish();
  return hash.c;
}

} // namespace

void renew_superblock_checksum(std::span<std::byte> image) {
  FORAMEN_EXPECT(image.size() > checksum_at + 4 && image[version_at] == std::byte{3} &&
                     image[offset_size_at] == std::byte{8},
                 "not a superblock of version 3");
  const std::uint32_t checksum = lookup3(image.first(checksum_at));
  std::memcpy(image.data() + checksum_at, &checksum, sizeof checksum);
}

} // namespace foramen::io
