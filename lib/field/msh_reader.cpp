#include "field/msh_reader.hpp"

#include "field/msh_sections.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace foramen::field {
namespace {

using core::concat;

constexpr std::array<std::string_view, 5> no_part_of_the_mesh = {
    "Periodic", "NodeData", "ElementData", "ElementNodeData", "InterpolationScheme"};

// Gmsh takes a line of at most so many characters for a group's name.
constexpr std::size_t longest_name_line = 120;

// version text-or-binary size; in binary the number one, which tells the byte order.
double read_format(MshCursor& in) {
  const double version = in.number();
  const std::int64_t type = in.integer(), size = in.integer();
  if (!in.rest_of_line_is_empty())
    in.leave("more than three numbers in $MeshFormat");
  const bool known =
      version == 2.0 || version == 2.1 || version == 2.2 || version == 4.0 || version == 4.1;
  if (!known || (type != 0 && type != 1) || size != 8 || (type == 1 && version == 4.0))
    in.leave(concat("format ", version, " ", type, " ", size));
  in.binary = type == 1;
  if (in.binary && in.int_value() != 1)
    in.leave("the other byte order");
  in.end_section("MeshFormat");
  return version;
}

// n, then  dimension number "name".
void read_names(MshCursor& in, double version, MshAssembly& out) {
  if (version == 2.0)
    in.leave("names of groups in version 2.0"); // without dimensions
  const std::int64_t count = in.integer();
  if (!in.rest_of_line_is_empty())
    in.leave("more than a count on its line");
  for (std::size_t n = in.checked_count(count, 6); n > 0; --n) {
    const auto dimension = in.integer(), number = in.integer();
    const std::string_view line = in.line();
    const std::size_t first = line.find('"'), last = line.find('"', first + 1);
    if (first == std::string_view::npos || last == std::string_view::npos ||
        line.size() > longest_name_line || dimension != static_cast<int>(dimension) ||
        number != static_cast<int>(number))
      in.leave("an unusual name of a group");
    out.name_group(static_cast<int>(dimension), static_cast<int>(number),
                   line.substr(first + 1, last - first - 1));
  }
}

MshContent read(std::string_view bytes) {
  MshCursor in(bytes);
  MshAssembly out;
  if (in.section() != "MeshFormat")
    in.leave("no $MeshFormat");
  const double version = read_format(in);
  const bool is_2 = version < 3.0;
  MshVersion4 version_4(version, in, out);
  std::set<std::string_view> seen;
  const auto after = [&](std::string_view section) {
    if (!seen.contains(section))
      in.leave(concat("no $", section, " before it"));
  };
  for (std::string_view name = in.section(); !name.empty(); name = in.section()) {
    if (std::find(no_part_of_the_mesh.begin(), no_part_of_the_mesh.end(), name) !=
        no_part_of_the_mesh.end()) {
      in.skip_section(name);
      continue;
    }
    if (!seen.insert(name).second)
      in.leave(concat("a second $", name));
    if (name == "PhysicalNames") {
      read_names(in, version, out);
    } else if (name == "Entities" && !is_2) {
      version_4.read_entities();
    } else if (name == "Nodes") {
      if (is_2)
        msh_version_2::read_nodes(in, out);
      else {
        after("Entities");
        version_4.read_nodes();
      }
    } else if (name == "Elements") {
      after("Nodes");
      if (is_2)
        msh_version_2::read_elements(in, out);
      else
        version_4.read_elements();
    } else {
      in.leave(concat("a section $", name));
    }
    in.end_section(name);
  }
  after("Elements");
  return out.finish(is_2 ? MshAssembly::Unused::dropped : MshAssembly::Unused::kept);
}

} // namespace

MshReading read_msh(std::string_view bytes) {
  try {
    return {read(bytes), {}};
  } catch (const LeftToGmsh& reason) {
    return {std::nullopt, reason.what()};
  }
}

} // namespace foramen::field
