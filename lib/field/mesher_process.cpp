#include "field/mesher_process.hpp"

#include "core/error.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace foramen::field {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  std::string name = (parent / "foramen-mesh-XXXXXX").string();
  if (error || mkdtemp(name.data()) == nullptr)
    throw core::WorldError(name,
                           core::concat("cannot make a folder for temporary files: ",
                                        error ? error.message() : std::strerror(errno)),
                           "name a folder that can be written in TMPDIR");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string mesher_program(const std::string& given) {
  if (!given.empty())
    return given;
  if (const char* named = std::getenv("FORAMEN_MESHER"); named != nullptr && *named != '\0')
    return named;
  const fs::path here = fs::read_symlink("/proc/self/exe").parent_path();
  if (fs::exists(here / "foramen-mesher") && !fs::is_directory(here / "foramen-mesher"))
    return here / "foramen-mesher";
  for (fs::path folder = here; folder != folder.root_path(); folder = folder.parent_path())
    if (const fs::path program = folder / "apps" / "foramen-mesher" / "foramen-mesher";
        fs::exists(program))
      return program;
  return here / "foramen-mesher";
}

} // namespace foramen::field
