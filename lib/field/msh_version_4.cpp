// Sections $Entities, $Nodes and $Elements of versions 4.0 (text) and 4.1 (Gmsh reference manual,
// "MSH file format" and "MSH file format version 4.0 (Legacy)"). Of version 4.1:
//   $Entities  numbers of points, curves, surfaces, volumes, then of each
//              tag  x y z (points) or two corners of a box  n groups...  (but points) n bounds...
//   $Nodes     blocks, nodes, least, largest; blocks  dimension tag parametric n,  n numbers, n x y
//   z $Elements  blocks, elements, least, largest; blocks  dimension tag type n,  n times number
//   nodes...
// In version 4.0 points have boxes, blocks begin  tag dimension,  least and largest are not there,
// and each node's number precedes its coordinates.

#include "field/msh_sections.hpp"

#include <limits>

namespace foramen::field {

MshVersion4::Block MshVersion4::block(std::size_t least_bytes) {
  std::int64_t dimension = in_.int_value(), tag = in_.int_value();
  if (is_4_0_)
    std::swap(dimension, tag);
  const std::int64_t kind = in_.int_value();
  if (!entity_.contains({static_cast<int>(dimension), static_cast<int>(tag)}))
    in_.leave(core::concat("a block of entity ", tag, " of dimension ", dimension,
                           ", which is not there"));
  return {static_cast<int>(dimension), static_cast<int>(tag), static_cast<int>(kind),
          in_.count(least_bytes)};
}

void MshVersion4::skip_bounds(int dimension) {
  if (dimension == 0)
    return;
  for (std::size_t n = in_.count(2); n > 0; --n)
    in_.int_value();
}

std::vector<int> MshVersion4::groups() {
  std::vector<int> numbers;
  for (std::size_t n = in_.count(2); n > 0; --n) {
    const auto number = static_cast<int>(in_.int_value());
    // Gmsh may drop one of two; a negative one means reversed orientation.
    for (const int other : numbers)
      if (std::abs(other) == std::abs(number))
        in_.leave(core::concat("an entity twice in group ", number));
    if (number == 0 || number == std::numeric_limits<int>::min())
      in_.leave(core::concat("group ", number));
    numbers.push_back(number);
  }
  return numbers;
}

void MshVersion4::read_entities() {
  std::array<std::size_t, 4> n{};
  for (std::size_t& count : n)
    count = in_.count(2);
  for (int dimension = 0; dimension < 4; ++dimension)
    for (std::size_t i = 0; i < n[static_cast<std::size_t>(dimension)]; ++i) {
      const auto tag = static_cast<int>(in_.int_value());
      for (int k = 0; k < (dimension > 0 || is_4_0_ ? 6 : 3); ++k)
        in_.double_value();
      std::vector<int> numbers = groups();
      skip_bounds(dimension);
      if (tag < 1)
        in_.leave(core::concat("entity ", tag));
      const int piece = dimension < 2 ? -1 : out_.add_piece(dimension, tag, std::move(numbers));
      if (!entity_.emplace(std::pair(dimension, tag), piece).second)
        in_.leave(core::concat("entity ", tag, " of dimension ", dimension, " is there twice"));
    }
}

void MshVersion4::read_nodes() {
  const std::size_t n_blocks = in_.count(8), n = in_.count(8);
  if (!is_4_0_) {
    in_.size_value();
    in_.size_value();
  }
  std::vector<std::int64_t> numbers;
  std::vector<Vector3d> x;
  numbers.reserve(n);
  x.reserve(n);
  for (std::size_t b = 0; b < n_blocks; ++b) {
    const Block nodes = block(8);
    if (nodes.kind != 0)
      in_.leave("parametric nodes");
    if (nodes.count > n - x.size())
      in_.leave("more nodes than there should be");
    if (in_.binary) {
      const char* number = in_.take(nodes.count, 8);
      const char* position = in_.take(nodes.count, 24);
      for (std::size_t i = 0; i < nodes.count; ++i) {
        numbers.push_back(value_at<std::int64_t>(number + 8 * i));
        x.push_back(position_at(position + 24 * i));
      }
      continue;
    }
    for (std::size_t i = 0; i < nodes.count && !is_4_0_; ++i)
      numbers.push_back(in_.integer());
    for (std::size_t i = 0; i < nodes.count; ++i) {
      if (is_4_0_)
        numbers.push_back(in_.integer());
      const double a = in_.number(), c = in_.number(), d = in_.number();
      x.emplace_back(a, c, d);
    }
  }
  if (x.size() != n)
    in_.leave("fewer nodes than there should be");
  out_.set_nodes(std::move(numbers), std::move(x));
}

void MshVersion4::add_elements(const Block& elements) {
  const MshKind* kind = find_msh_kind(elements.kind);
  if (kind == nullptr || kind->dimension != elements.dimension)
    in_.leave(core::concat("elements of type ", elements.kind, " in an entity of dimension ",
                           elements.dimension));
  const int piece = entity_.at({elements.dimension, elements.tag});
  const auto n = static_cast<std::size_t>(kind->n_nodes);
  in_.checked_count(static_cast<std::int64_t>(elements.count), (in_.binary ? 8 : 2) * (1 + n));
  if (in_.binary) {
    out_.add_records<std::int64_t>(*kind, elements.count, in_.take(elements.count, 8 * (1 + n)),
                                   8 * (1 + n), 8, [&](const char*) { return piece; });
    return;
  }
  out_.reserve(*kind, elements.count);
  std::array<std::int64_t, 128> nodes;
  for (std::size_t i = 0; i < elements.count; ++i) {
    const std::int64_t number = in_.integer();
    for (std::size_t a = 0; a < n; ++a)
      nodes[a] = in_.integer();
    out_.add<std::int64_t>(*kind, piece, number, reinterpret_cast<const char*>(nodes.data()));
  }
}

void MshVersion4::read_elements() {
  const std::size_t n_blocks = in_.count(8), n = in_.count(4);
  if (!is_4_0_) {
    in_.size_value();
    in_.size_value();
  }
  std::size_t done = 0;
  for (std::size_t b = 0; b < n_blocks; ++b) {
    const Block elements = block(4);
    if (elements.count > n - done)
      in_.leave("more elements than there should be");
    add_elements(elements);
    done += elements.count;
  }
  if (done != n)
    in_.leave("fewer elements than there should be");
}

} // namespace foramen::field
