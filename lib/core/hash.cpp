#include "core/hash.hpp"

#include "core/error.hpp"

#include <xxhash.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

namespace foramen::core {

struct Hasher::State {
  XXH3_state_t* xxh = XXH3_createState();
  ~State() { XXH3_freeState(xxh); }
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
  XXH3_128bits_reset(state_->xxh);
}
Hasher::~Hasher() = default;

Hasher& Hasher::add_bytes(std::span<const std::byte> bytes) {
  const std::uint64_t size = bytes.size();
  XXH3_128bits_update(state_->xxh, &size, sizeof size);
  if (size > 0)
    XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
  return *this;
}

Hasher& Hasher::add(std::string_view text) {
  return add_bytes(std::as_bytes(std::span(text.data(), text.size())));
}
Hasher& Hasher::add(double value) {
  return add_bytes(std::as_bytes(std::span(&value, 1)));
}
Hasher& Hasher::add(std::uint64_t value) {
  return add_bytes(std::as_bytes(std::span(&value, 1)));
}
Hasher& Hasher::add(const Digest& digest) {
  return add(digest.high).add(digest.low);
}

Digest Hasher::digest() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(state_->xxh);
  return {hash.high64, hash.low64};
}

std::string Digest::hex() const {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(high),
                static_cast<unsigned long long>(low));
  return text.data();
}

Digest hash_file(const std::string& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  Hasher hasher;
  std::array<char, 1 << 16> block;
  while (in.read(block.data(), block.size()) || in.gcount() > 0)
    hasher.add_bytes(std::as_bytes(std::span(block.data(), static_cast<std::size_t>(in.gcount()))));
  if (!in.eof()) // not opened, a folder, or a failing disk
    throw WorldError(path,
                     concat("cannot be read: ", errno != 0 ? std::strerror(errno) : "read error"),
                     "check that it is a file and that you may read it");
  return hasher.digest();
}

} // namespace foramen::core
