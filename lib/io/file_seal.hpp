// A digest of a whole file in its last 24 bytes, to notice damage before anything is parsed.
//
// HDF5's checksums do not cover texts of variable length (the attributes `units` and `long_name`):
// a flipped byte there makes the library crash or never return. HDF5 ignores bytes behind its end,
// so that other programmes read sealed files as they are; one that changes the file drops the seal.
//
// Cost: reads the file once, at the speed of the disk.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace foramen::io {

// The 24 bytes to append: "FORAMEN1" and the digest of `bytes`.
std::vector<std::byte> file_seal(std::span<const std::byte> bytes);

enum class Seal { none, fits, broken };
Seal check_seal(const std::string& path); // an unreadable file has none

} // namespace foramen::io
