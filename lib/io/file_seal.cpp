#include "io/file_seal.hpp"

#include "core/hash.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace foramen::io {
namespace {

constexpr char mark[] = {'F', 'O', 'R', 'A', 'M', 'E', 'N', '1'};
constexpr std::size_t seal_size = sizeof mark + 2 * sizeof(std::uint64_t);
constexpr std::size_t block_size = 1 << 20; // the digest is that of blocks of this size

std::vector<std::byte> seal_with(const core::Digest& digest) {
  std::vector<std::byte> seal(seal_size);
  std::memcpy(seal.data(), mark, sizeof mark);
  std::memcpy(seal.data() + sizeof mark, &digest.high, sizeof digest.high);
  std::memcpy(seal.data() + sizeof mark + sizeof digest.high, &digest.low, sizeof digest.low);
  return seal;
}

} // namespace

std::vector<std::byte> file_seal(std::span<const std::byte> bytes) {
  core::Hasher hasher;
  for (std::size_t at = 0; at < bytes.size(); at += block_size)
    hasher.add_bytes(bytes.subspan(at, std::min(block_size, bytes.size() - at)));
  return seal_with(hasher.digest());
}

Seal check_seal(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  const std::streamoff size = in.tellg();
  if (!in || size < static_cast<std::streamoff>(seal_size))
    return Seal::none;
  const auto read = [&in](std::vector<std::byte>& bytes) {
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  std::vector<std::byte> seal(seal_size), block;
  in.seekg(size - static_cast<std::streamoff>(seal_size));
  read(seal);
  if (!in || std::memcmp(seal.data(), mark, sizeof mark) != 0)
    return Seal::none;
  in.seekg(0);
  core::Hasher hasher;
  for (std::size_t left = static_cast<std::size_t>(size) - seal_size; left > 0 && in;
       left -= block.size()) {
    block.resize(std::min(block_size, left));
    read(block);
    hasher.add_bytes(block);
  }
  return in && seal == seal_with(hasher.digest()) ? Seal::fits : Seal::broken;
}

} // namespace foramen::io
