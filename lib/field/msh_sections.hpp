// The sections of a Gmsh file that hold nodes and elements, version by version. Private to
// msh_reader.cpp and msh_version_*.cpp.
#pragma once

#include "field/msh_assembly.hpp"
#include "field/msh_cursor.hpp"

namespace foramen::field {

// The cursor is after the line with the section's name; it is left before the section's end.
namespace msh_version_2 {
void read_nodes(MshCursor& in, MshAssembly& out);
void read_elements(MshCursor& in, MshAssembly& out);
} // namespace msh_version_2

class MshVersion4 {
public:
  MshVersion4(double version, MshCursor& in, MshAssembly& out)
      : is_4_0_(version < 4.1), in_(in), out_(out) {}
  void read_entities();
  void read_nodes();
  void read_elements();

private:
  struct Block {
    int dimension, tag, kind;
    std::size_t count;
  };
  Block block(std::size_t least_bytes);
  void skip_bounds(int dimension);
  std::vector<int> groups();
  void add_elements(const Block& block);

  bool is_4_0_;
  MshCursor& in_;
  MshAssembly& out_;
  std::map<std::pair<int, int>, int> entity_; // piece of a surface or volume, else -1
};

} // namespace foramen::field
