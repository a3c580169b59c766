// Names for values: 128-bit digests (XXH3) of what a stage has read, used as cache keys and as
// checksums of artefacts. Not cryptographic. Equal bits in, equal digest out, on every machine of
// the same byte order.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace foramen::core {

struct Digest {
  std::uint64_t high = 0, low = 0;
  bool operator==(const Digest&) const = default;
  std::string hex() const; // 32 lower-case digits
};

class Hasher {
public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  // Each item is preceded by its length, so that ("ab", "c") and ("a", "bc") differ.
  Hasher& add(std::string_view text);
  Hasher& add(double value);
  Hasher& add(std::uint64_t value);
  Hasher& add(const Digest& digest);
  Hasher& add_bytes(std::span<const std::byte> bytes);
  template <class T> Hasher& add_values(std::span<T> values) {
    return add_bytes(std::as_bytes(values));
  }
  Digest digest() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

// Digest of a whole file. Throws WorldError when it cannot be read.
Digest hash_file(const std::string& path);

} // namespace foramen::core
