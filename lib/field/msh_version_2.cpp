// Sections $Nodes and $Elements of versions 2.0 to 2.2 (Gmsh reference manual, "MSH file format
// version 2 (Legacy)"):
//   $Nodes     n,  then  number x y z
//   $Elements  n,  then  number type n_tags tags... nodes...; in binary blocks  type n n_tags  and
//              n times  number tags... nodes...
// Tags: physical group, elementary number, (partitions). A piece of geometry here is all elements
// of one physical group: many programs write one elementary number throughout.

#include "field/msh_sections.hpp"

namespace foramen::field::msh_version_2 {
namespace {

// The count ends its line, binary or not.
std::size_t count_on_line(MshCursor& in, std::size_t least_bytes) {
  const std::int64_t n = in.integer();
  if (!in.rest_of_line_is_empty())
    in.leave("more than a count on its line");
  return in.checked_count(n, least_bytes);
}

class Elements {
public:
  Elements(MshCursor& in, MshAssembly& out) : in_(in), out_(out) {}

  void read_text(std::size_t n) {
    std::array<std::int64_t, 128> nodes;
    for (std::size_t i = 0; i < n; ++i) {
      const std::int64_t number = in_.int_value();
      const MshKind& kind = kind_of(in_.int_value());
      const std::size_t n_tags = checked_tags(in_.int_value());
      for (std::size_t k = 0; k < n_tags; ++k)
        tags_[k] = in_.int_value();
      for (int a = 0; a < kind.n_nodes; ++a)
        nodes[static_cast<std::size_t>(a)] = in_.int_value();
      out_.add<std::int64_t>(kind, piece(kind, n_tags), number,
                             reinterpret_cast<const char*>(nodes.data()));
    }
  }

  void read_binary(std::size_t n) {
    for (std::size_t done = 0; done < n;) {
      const MshKind& kind = kind_of(in_.int_value());
      const std::int64_t n_in_block = in_.int_value();
      const std::size_t n_tags = checked_tags(in_.int_value());
      const std::size_t size = 4 * (1 + n_tags + static_cast<std::size_t>(kind.n_nodes));
      const std::size_t count = in_.checked_count(n_in_block, size);
      if (count == 0 || count > n - done)
        in_.leave(core::concat("a block of ", count, " elements"));
      const char* record = in_.take(count, size);
      out_.add_records<std::int32_t>(kind, count, record, size, 4 * (1 + n_tags),
                                     [&](const char* element) {
                                       for (std::size_t k = 0; k < n_tags; ++k)
                                         tags_[k] = value_at<std::int32_t>(element + 4 * (1 + k));
                                       return piece(kind, n_tags);
                                     });
      done += count;
    }
  }

private:
  const MshKind& kind_of(std::int64_t type) const {
    const MshKind* kind = find_msh_kind(type);
    if (kind == nullptr)
      in_.leave(core::concat("elements of type ", type));
    return *kind;
  }

  std::size_t checked_tags(std::int64_t n) const {
    if (n != 2 && n != 3)
      in_.leave(core::concat("an element with ", n, " tags"));
    return static_cast<std::size_t>(n);
  }

  int piece(const MshKind& kind, std::size_t n_tags) {
    if (tags_[0] < 0 || tags_[1] < 0)
      in_.leave("a group or elementary number below zero");
    if (n_tags == 3 && tags_[2] != 0)
      in_.leave("a partition");
    if (kind.dimension < 2)
      return -1;
    const auto group = static_cast<int>(tags_[0]);
    if (kind.dimension != last_dimension_ || group != last_group_) {
      last_dimension_ = kind.dimension;
      last_group_ = group;
      last_piece_ = out_.find_piece(kind.dimension, group);
      if (last_piece_ < 0)
        last_piece_ = out_.add_piece(kind.dimension, group,
                                     group == 0 ? std::vector<int>{} : std::vector<int>{group});
    }
    return last_piece_;
  }

  MshCursor& in_;
  MshAssembly& out_;
  std::array<std::int64_t, 3> tags_{};
  int last_dimension_ = -1, last_group_ = -1, last_piece_ = -1;
};

} // namespace

void read_nodes(MshCursor& in, MshAssembly& out) {
  const std::size_t n = count_on_line(in, 8); // "1 0 0 0\n"
  std::vector<std::int64_t> numbers;
  std::vector<Vector3d> x;
  numbers.reserve(n);
  x.reserve(n);
  constexpr std::size_t size = 4 + 3 * 8;
  const char* record = in.binary ? in.take(n, size) : nullptr;
  for (std::size_t i = 0; i < n; ++i) {
    if (in.binary) {
      numbers.push_back(value_at<std::int32_t>(record));
      x.push_back(position_at(record + 4));
      record += size;
    } else {
      numbers.push_back(in.int_value());
      const double a = in.number(), b = in.number(), c = in.number();
      x.emplace_back(a, b, c);
    }
  }
  out.set_nodes(std::move(numbers), std::move(x));
}

void read_elements(MshCursor& in, MshAssembly& out) {
  const std::size_t n = count_on_line(in, 8);
  Elements elements(in, out);
  if (in.binary)
    elements.read_binary(n);
  else
    elements.read_text(n);
}

} // namespace foramen::field::msh_version_2
