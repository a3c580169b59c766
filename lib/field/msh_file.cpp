#include "field/msh_file.hpp"

#include "core/error.hpp"
#include "field/child_process.hpp"
#include "field/mesh_exchange.hpp"
#include "field/mesher_process.hpp"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using core::WorldError;
namespace fs = std::filesystem;

constexpr const char* convert = "convert it: gmsh FILE -save -format msh41 -o NEW.msh";

std::string bytes_of(const std::string& path) {
  std::error_code problem;
  std::ifstream in;
  if (fs::is_directory(path, problem))
    problem = std::make_error_code(std::errc::is_a_directory);
  else if (in.open(path, std::ios::binary); !in)
    problem = std::error_code(errno, std::generic_category());
  else
    problem.clear();
  if (problem)
    throw ConfigError(path, concat("the mesh cannot be read: ", problem.message()),
                      "check the path and that you may read the file");
  return {std::istreambuf_iterator<char>(in), {}};
}

// What Gmsh would pass over in silence: a file of another kind or version, or half of one.
void check_format(const std::string& path, const std::string& bytes) {
  if (bytes.starts_with("$NOD") || bytes.starts_with("$PARA"))
    throw ConfigError(path,
                      "it is a Gmsh mesh of version 1; versions 2 to 2.2, 4.0 and 4.1 are "
                      "read",
                      convert);
  constexpr std::string_view head = "$MeshFormat";
  if (!bytes.starts_with(head))
    throw ConfigError(path,
                      bytes.empty() ? "the file is empty"
                                    : "it is not a Gmsh mesh: it does not begin with $MeshFormat",
                      "name a .msh file, as `gmsh -3 GEOMETRY.geo -o MESH.msh` writes it");
  std::istringstream line(bytes.substr(head.size(), 64));
  double version = 0.0;
  line >> version;
  const bool known = (version >= 2.0 && version < 2.3) || (version >= 4.0 && version < 4.15);
  if (!known)
    throw ConfigError(path,
                      concat("it is a Gmsh mesh of version ", version,
                             "; versions 2 to 2.2, 4.0 and 4.1 are read"),
                      convert);
  for (const char* section : {"Nodes", "Elements"})
    if (bytes.find(concat("$End", section)) == std::string::npos)
      throw ConfigError(path,
                        bytes.find(concat("$", section)) == std::string::npos
                            ? concat("it has no section $", section)
                            : concat("it ends within its section $", section),
                        "write the file again: it is not whole");
}

[[noreturn]] void give_up(const std::string& path, const std::string& program, const ChildEnd& end,
                          const std::string& last_words, double time_limit_s) {
  const std::string words = last_words.empty() ? "" : "; its last words: " + last_words;
  if (end.how == ChildEnd::How::out_of_time)
    throw WorldError(
        path, concat("Gmsh did not read it within the time limit of ", time_limit_s, " s", words),
        "raise field.mesher_time_limit, or write the file in binary");
  if (end.how == ChildEnd::How::killed_by_signal)
    throw WorldError(path,
                     concat("Gmsh (", program, ") was ended by signal ", end.code, " (",
                            strsignal(end.code), ") while it read the mesh", words),
                     "signal 9 usually means that memory ran out; otherwise open the file in Gmsh "
                     "and save it again");
  throw ConfigError(path, concat("Gmsh cannot read the mesh", words),
                    "open the file in Gmsh and save it again");
}

void check_numbers(const std::string& path, const MshContent& content) {
  for (std::size_t i = 0; i < content.nodes.size(); ++i)
    if (!content.nodes[i].allFinite())
      throw ConfigError(
          path, concat("node ", content.node_number[i], " has a coordinate that is not a number"),
          "write the file again");
}

} // namespace

MshContent read_msh_file(const std::string& path, const MesherOptions& options,
                         core::Progress& progress) {
  check_format(path, bytes_of(path));
  const std::string program = mesher_program(options.program);
  const TemporaryFolder folder;
  // Gmsh goes by the extension: whatever the user's, this one is a mesh.
  fs::create_symlink(fs::absolute(path), folder.file("file.msh"));
  const std::string messages = folder.file("messages");
  const ChildEnd end = run_child({program, "--read", folder.file("file.msh"), folder.file("reply")},
                                 messages, options.time_limit_s, progress);
  if (end.how != ChildEnd::How::exited || end.code != 0)
    give_up(path, program, end, last_lines(messages, 4), options.time_limit_s);
  MshContent content = read_content(folder.file("reply"));
  check_numbers(path, content);
  return content;
}

} // namespace foramen::field
