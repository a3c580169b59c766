#include "field/msh_assembly.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace foramen::field {
namespace {

using core::concat;

[[noreturn]] void leave(const std::string& why) {
  throw LeftToGmsh(why);
}

// Gmsh 4.8 cuts larger numbers off.
constexpr std::int64_t largest_number = std::numeric_limits<std::int32_t>::max();

bool is_dense(std::int64_t largest, std::size_t count) {
  return static_cast<std::uint64_t>(largest) <= 4 * static_cast<std::uint64_t>(count) + 1024;
}

template <class T>
std::vector<T> in_order(const std::vector<T>& values, const std::vector<std::size_t>& order) {
  std::vector<T> sorted;
  sorted.reserve(values.size());
  for (const std::size_t i : order)
    sorted.push_back(values[i]);
  return sorted;
}

// The order that sorts these numbers; empty where they ascend already.
std::vector<std::size_t> ascending(const std::vector<std::int64_t>& numbers) {
  if (std::is_sorted(numbers.begin(), numbers.end()))
    return {};
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
  return order;
}

template <std::size_t N> void sort_by_number(MshContent::Cells<N>& cells) {
  const std::vector<std::size_t> order = ascending(cells.number);
  if (order.empty())
    return;
  cells.nodes = in_order(cells.nodes, order);
  cells.number = in_order(cells.number, order);
  cells.set = in_order(cells.set, order);
}

template <class T> void reserve_more(std::vector<T>& v, std::size_t n) {
  if (v.capacity() < v.size() + n)
    v.reserve(std::max(v.size() + n, v.size() + v.size() / 2));
}

template <std::size_t N> void reserve_cells(MshContent::Cells<N>& cells, std::size_t n) {
  reserve_more(cells.nodes, n);
  reserve_more(cells.number, n);
  reserve_more(cells.set, n);
}

} // namespace

void MshAssembly::name_group(int dimension, int number, std::string_view name) {
  if (dimension < 0 || dimension > 3 || number < 1)
    leave(concat("a name for group ", number, " of dimension ", dimension));
  if (name.empty())
    return;
  if (!names_.emplace(std::pair(dimension, number), name).second ||
      !taken_.emplace(dimension, name).second)
    leave(concat("the group \"", name, "\" of dimension ", dimension, " is there twice"));
}

int MshAssembly::add_piece(int dimension, int tag, std::vector<int> groups) {
  const auto index = static_cast<int>(pieces_.size());
  if (!piece_.emplace(std::pair(dimension, tag), index).second)
    leave(concat("entity ", tag, " of dimension ", dimension, " is there twice"));
  pieces_.push_back({dimension, tag, std::move(groups)});
  return index;
}

int MshAssembly::find_piece(int dimension, int tag) const {
  const auto it = piece_.find({dimension, tag});
  return it == piece_.end() ? -1 : it->second;
}

void MshAssembly::set_nodes(std::vector<std::int64_t> numbers, std::vector<Vector3d> x) {
  if (numbers.size() >= static_cast<std::size_t>(std::numeric_limits<int>::max()))
    leave("too many nodes");
  if (const std::vector<std::size_t> order = ascending(numbers); !order.empty()) {
    numbers = in_order(numbers, order);
    x = in_order(x, order);
  }
  if (!numbers.empty() && numbers.front() < 1)
    leave(concat("node ", numbers.front()));
  if (!numbers.empty() && numbers.back() > largest_number)
    leave(concat("node ", numbers.back()));
  if (const auto twice = std::adjacent_find(numbers.begin(), numbers.end()); twice != numbers.end())
    leave(concat("node ", *twice, " is there twice"));
  if (!numbers.empty() && is_dense(numbers.back(), numbers.size())) {
    table_.assign(static_cast<std::size_t>(numbers.back()) + 1, -1);
    for (std::size_t i = 0; i < numbers.size(); ++i)
      table_[static_cast<std::size_t>(numbers[i])] = static_cast<int>(i);
  }
  used_.assign(numbers.size(), 0);
  content_.nodes = std::move(x);
  content_.node_number = std::move(numbers);
}

int MshAssembly::search(std::int64_t number) const {
  const auto& all = content_.node_number;
  const auto it = std::lower_bound(all.begin(), all.end(), number);
  if (it == all.end() || *it != number)
    leave(concat("an element of node ", number, ", which is not there"));
  return static_cast<int>(it - all.begin());
}

void MshAssembly::reserve(const MshKind& kind, std::size_t n) {
  if (kind.type == msh_type::tet_4 || kind.type == msh_type::tet_10)
    reserve_cells(content_.tets, n);
  else if (kind.type == msh_type::triangle_3 || kind.type == msh_type::triangle_6)
    reserve_cells(content_.triangles, n);
}

void MshAssembly::add_other(const MshKind& kind, int piece, std::int64_t number) {
  other_numbers_.push_back(number);
  if (kind.dimension < 2)
    return;
  Others& others = others_[{piece, &kind}];
  if (others.count++ == 0)
    others.first = number;
}

// Gmsh keeps one of two elements of a number, whatever their kinds; which one is for it to say.
void MshAssembly::check_element_numbers() const {
  const std::array<const std::vector<std::int64_t>*, 3> lists = {
      &content_.tets.number, &content_.triangles.number, &other_numbers_};
  std::int64_t largest = 0;
  std::size_t n = 0;
  for (const auto* list : lists) {
    n += list->size();
    for (const std::int64_t number : *list) {
      if (number < 1 || number > largest_number)
        leave(concat("element ", number));
      largest = std::max(largest, number);
    }
  }
  if (is_dense(largest, n)) {
    std::vector<std::uint8_t> seen(static_cast<std::size_t>(largest) + 1, 0);
    for (const auto* list : lists)
      for (const std::int64_t number : *list)
        if (seen[static_cast<std::size_t>(number)]++ != 0)
          leave(concat("element ", number, " is there twice"));
    return;
  }
  std::vector<std::int64_t> all;
  all.reserve(n);
  for (const auto* list : lists)
    all.insert(all.end(), list->begin(), list->end());
  std::sort(all.begin(), all.end());
  if (const auto twice = std::adjacent_find(all.begin(), all.end()); twice != all.end())
    leave(concat("element ", *twice, " is there twice"));
}

void MshAssembly::drop_unused_nodes() {
  if (std::find(used_.begin(), used_.end(), 0) == used_.end())
    return;
  std::vector<int> renumbered(used_.size(), -1);
  std::size_t n = 0;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (used_[i] == 0)
      continue;
    renumbered[i] = static_cast<int>(n);
    content_.nodes[n] = content_.nodes[i];
    content_.node_number[n++] = content_.node_number[i];
  }
  content_.nodes.resize(n);
  content_.node_number.resize(n);
  const auto renumber = [&](auto& cells) {
    for (auto& cell : cells.nodes)
      for (int& v : cell)
        v = v < 0 ? v : renumbered[static_cast<std::size_t>(v)];
  };
  renumber(content_.tets);
  renumber(content_.triangles);
}

// Surfaces, then volumes, by their numbers; groups in the order in which that meets them.
std::vector<int> MshAssembly::sort_pieces() {
  std::vector<int> index(pieces_.size());
  std::map<std::pair<int, int>, int> group;
  for (const auto& [key, piece] : piece_) {
    index[static_cast<std::size_t>(piece)] = static_cast<int>(content_.sets.size());
    std::vector<int> set;
    for (const int number : pieces_[static_cast<std::size_t>(piece)].groups) {
      const auto which = std::pair(key.first, std::abs(number)); // negative: reversed orientation
      const auto [it, fresh] = group.emplace(which, static_cast<int>(content_.groups.size()));
      if (fresh) {
        const auto name = names_.find(which);
        content_.groups.push_back(
            {which.first, which.second, name == names_.end() ? "" : name->second});
      }
      set.push_back(it->second);
    }
    content_.sets.push_back(std::move(set));
  }
  return index;
}

MshContent MshAssembly::finish(Unused unused) {
  check_element_numbers();
  if (unused == Unused::dropped)
    drop_unused_nodes();
  const std::vector<int> index = sort_pieces();
  for (std::vector<int>* sets : {&content_.tets.set, &content_.triangles.set})
    for (int& set : *sets)
      set = index[static_cast<std::size_t>(set)];
  sort_by_number(content_.tets);
  sort_by_number(content_.triangles);
  std::map<std::pair<int, int>, MshContent::Foreign> foreign; // by piece and Gmsh's type
  for (const auto& [key, others] : others_) {
    const MshKind& kind = *key.second;
    foreign[{index[static_cast<std::size_t>(key.first)], kind.type}] = {kind.name, kind.dimension,
                                                                        others.count, others.first};
  }
  for (auto& [key, others] : foreign)
    content_.foreign.push_back(std::move(others));
  return std::move(content_);
}

} // namespace foramen::field
