// Renews the checksum of an HDF5 superblock. Private to this library.
//
// H5Fget_file_image (1.10.8) clears the "open for writing" flag in the bytes it returns and leaves
// the checksum as it was, so that the image does not open. The superblock of version 3 has 44 bytes
// and then their lookup3 hash (HDF5 File Format Specification 3.0, II.A; B. Jenkins, "lookup3.c",
// 2006).
#pragma once

#include <cstddef>
#include <span>

namespace foramen::io {

// `image` is a whole file with a superblock of version 3 and 8-byte offsets.
void renew_superblock_checksum(std::span<std::byte> image);

} // namespace foramen::io
