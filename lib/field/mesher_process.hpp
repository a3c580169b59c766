// Where the mesher is, and a folder in which to talk to it.
#pragma once

#include <filesystem>
#include <string>

namespace foramen::field {

// A folder of its own that disappears with the scope. WorldError when it cannot be made.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const char* name) const { return (path_ / name).string(); }

private:
  std::filesystem::path path_;
};

// `given`, else $FORAMEN_MESHER, else `foramen-mesher` beside this program, or, in a build tree, in
// apps/foramen-mesher of one of the folders above it.
std::string mesher_program(const std::string& given);

} // namespace foramen::field
