#include "field/msh_file.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/child_process.hpp"
#include "field/mesh_exchange.hpp"
#include "field/mesher_process.hpp"
#include "field/msh_reader.hpp"

#include <atomic>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string_view>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using core::WorldError;
namespace fs = std::filesystem;

constexpr const char* convert = "convert it: gmsh FILE -save -format msh41 -o NEW.msh";

struct FileBytes {
  std::unique_ptr<char[]> data;
  std::size_t size = 0;
  std::string_view view() const { return {data.get(), size}; }
};

FileBytes bytes_of(const std::string& path) {
  std::error_code problem;
  std::ifstream in;
  FileBytes bytes;
  if (fs::is_directory(path, problem))
    problem = std::make_error_code(std::errc::is_a_directory);
  else if (in.open(path, std::ios::binary); !in)
    problem = std::error_code(errno, std::generic_category());
  else
    bytes.size = static_cast<std::size_t>(fs::file_size(path, problem));
  if (problem)
    throw ConfigError(path, concat("the mesh cannot be read: ", problem.message()),
                      "check the path and that you may read the file");
  bytes.data = std::make_unique_for_overwrite<char[]>(bytes.size);
  // In pieces: copying them is most of the work, the more so into fresh memory.
  std::atomic<std::size_t> read = bytes.size; // less where the file has become shorter
  core::parallel_chunks(bytes.size, std::size_t{1} << 22, [&](std::size_t begin, std::size_t end) {
    std::ifstream piece(path, std::ios::binary);
    piece.seekg(static_cast<std::streamoff>(begin));
    piece.read(bytes.data.get() + begin, static_cast<std::streamsize>(end - begin));
    const std::size_t got = begin + static_cast<std::size_t>(piece.gcount());
    for (std::size_t least = read; got < end && got < least;)
      read.compare_exchange_weak(least, got);
  });
  bytes.size = read;
  return bytes;
}

// What Gmsh would pass over in silence: a file of another kind or version, or half of one.
void check_format(const std::string& path, std::string_view bytes) {
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
  std::istringstream line(std::string(bytes.substr(head.size(), 64)));
  double version = 0.0;
  line >> version;
  const bool known = (version >= 2.0 && version < 2.3) || (version >= 4.0 && version < 4.15);
  if (!known)
    throw ConfigError(path,
                      concat("it is a Gmsh mesh of version ", version,
                             "; versions 2 to 2.2, 4.0 and 4.1 are read"),
                      convert);
  for (const char* section : {"Nodes", "Elements"})
    if (bytes.find(concat("$End", section)) == std::string_view::npos)
      throw ConfigError(path,
                        bytes.find(concat("$", section)) == std::string_view::npos
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

MshContent read_msh_by_gmsh(const std::string& path, const MesherOptions& options,
                            core::Progress& progress) {
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

MshContent read_msh_file(const std::string& path, const MesherOptions& options,
                         core::Progress& progress) {
  MshReading reading;
  {
    const FileBytes bytes = bytes_of(path);
    reading = read_msh(bytes.view());
    if (!reading.content)
      check_format(path, bytes.view());
  }
  if (!reading.content) {
    progress.note(concat(path, ": read by Gmsh (", reading.why_not, ")"));
    return read_msh_by_gmsh(path, options, progress);
  }
  check_numbers(path, *reading.content);
  return *std::move(reading.content);
}

} // namespace foramen::field
