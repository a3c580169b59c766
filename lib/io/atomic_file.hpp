// Files that are either whole or not there.
//
// The bytes go to "PATH.part-PID" in the same folder, are synchronised with the disk, and the file
// is renamed: a kill or a full disk leaves the old file, never half of the new one. Throws
// WorldError for a missing or unwritable folder, a full disk, a quota, with the size and what to
// do.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace foramen::io {

void write_file(const std::string& path, std::span<const std::byte> bytes);
void write_file(const std::string& path, std::string_view text);

// The whole file. Throws WorldError when it cannot be read.
std::string read_file(const std::string& path);

} // namespace foramen::io
