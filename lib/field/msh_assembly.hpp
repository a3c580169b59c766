// MshContent in the making: nodes, pieces of geometry with their groups, and elements as a file
// lists them, put in the order that MshContent promises.
//
// Nodes come first, then elements; node numbers may be in any order and have gaps. Throws
// LeftToGmsh for what a sound file does not have: numbers below 1 or given twice, nodes that are
// not there, two names for a group or two groups of a name. Cost: linear where numbers are dense
// (below four times their count), else n log n.
#pragma once

#include "core/parallel.hpp"
#include "field/msh_content.hpp"
#include "field/msh_cursor.hpp"
#include "field/msh_kinds.hpp"

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace foramen::field {

class MshAssembly {
public:
  void name_group(int dimension, int number, std::string_view name);
  // A surface or volume (other dimensions are not kept) and the numbers of its groups; its index.
  int add_piece(int dimension, int tag, std::vector<int> groups);
  int find_piece(int dimension, int tag) const; // -1: none

  void set_nodes(std::vector<std::int64_t> numbers, std::vector<Vector3d> x);
  bool has_nodes() const { return !content_.nodes.empty(); }

  // The nodes' numbers as the file has them, in Gmsh's order. `piece` does not matter for elements
  // of lines and points.
  template <class Int>
  void add(const MshKind& kind, int piece, std::int64_t number, const char* nodes);
  void reserve(const MshKind& kind, std::size_t n); // so many more
  // n elements of a kind: `piece(record)` of each, called in order; their numbers and nodes at
  // records of `size` bytes, the nodes at offset `nodes`.
  template <class Int, class PieceOf>
  void add_records(const MshKind& kind, std::size_t n, const char* records, std::size_t size,
                   std::size_t nodes, const PieceOf& piece);

  enum class Unused { kept, dropped }; // nodes of no element at all
  MshContent finish(Unused unused);

private:
  struct Piece {
    int dimension, tag;
    std::vector<int> groups;
  };
  struct Others {
    std::int64_t count = 0, first = 0;
  };

  int index_of(std::int64_t number) const {
    const auto i = static_cast<std::uint64_t>(number);
    if (!table_.empty() && i < table_.size() && table_[i] >= 0)
      return table_[i];
    return search(number);
  }
  int search(std::int64_t number) const;
  template <class Int, std::size_t N, class PieceOf>
  void add_cells(MshContent::Cells<N>& cells, std::size_t n_nodes, std::size_t n,
                 const char* records, std::size_t size, std::size_t nodes, const PieceOf& piece);
  template <class Int, std::size_t N>
  void set_cell(std::array<int, N>& cell, std::size_t n_nodes, const char* nodes);
  void mark_used(int node) {
    std::atomic_ref(used_[static_cast<std::size_t>(node)]).store(1, std::memory_order_relaxed);
  }
  void add_other(const MshKind& kind, int piece, std::int64_t number);
  void check_element_numbers() const;
  void drop_unused_nodes();
  std::vector<int> sort_pieces(); // new index of each

  MshContent content_;
  std::map<std::pair<int, int>, std::string> names_; // of groups
  std::set<std::pair<int, std::string>> taken_;
  std::vector<Piece> pieces_;
  std::map<std::pair<int, int>, int> piece_;
  std::vector<int> table_; // of a node's number; empty: numbers are searched
  std::vector<std::uint8_t> used_;
  std::vector<std::int64_t> other_numbers_;                 // of elements that are not kept
  std::map<std::pair<int, const MshKind*>, Others> others_; // per piece
};

// Where each of our nodes is among Gmsh's: its last two edges are 23 and 13.
constexpr std::array<std::size_t, 10> msh_tet_order = {0, 1, 2, 3, 4, 5, 6, 7, 9, 8};

// Three coordinates in binary.
inline Vector3d position_at(const char* bytes) {
  return {value_at<double>(bytes), value_at<double>(bytes + 8), value_at<double>(bytes + 16)};
}

template <class Int, std::size_t N>
void MshAssembly::set_cell(std::array<int, N>& cell, std::size_t n_nodes, const char* nodes) {
  cell.fill(-1);
  for (std::size_t a = 0; a < n_nodes; ++a) {
    const std::size_t b = N == 10 ? msh_tet_order[a] : a;
    cell[a] = index_of(value_at<Int>(nodes + b * sizeof(Int)));
    mark_used(cell[a]);
  }
}

template <class Int, std::size_t N, class PieceOf>
void MshAssembly::add_cells(MshContent::Cells<N>& cells, std::size_t n_nodes, std::size_t n,
                            const char* records, std::size_t size, std::size_t nodes,
                            const PieceOf& piece) {
  const std::size_t before = cells.nodes.size();
  for (std::size_t i = 0; i < n; ++i) {
    cells.number.push_back(value_at<Int>(records + i * size));
    cells.set.push_back(piece(records + i * size));
  }
  cells.nodes.resize(before + n);
  core::parallel_for(n, 8192, [&](std::size_t i) {
    set_cell<Int>(cells.nodes[before + i], n_nodes, records + i * size + nodes);
  });
}

template <class Int, class PieceOf>
void MshAssembly::add_records(const MshKind& kind, std::size_t n, const char* records,
                              std::size_t size, std::size_t nodes, const PieceOf& piece) {
  reserve(kind, n);
  const auto n_nodes = static_cast<std::size_t>(kind.n_nodes);
  if (kind.type == msh_type::tet_10 || kind.type == msh_type::tet_4)
    return add_cells<Int>(content_.tets, n_nodes, n, records, size, nodes, piece);
  if (kind.type == msh_type::triangle_6 || kind.type == msh_type::triangle_3)
    return add_cells<Int>(content_.triangles, n_nodes, n, records, size, nodes, piece);
  for (std::size_t i = 0; i < n; ++i) {
    const char* record = records + i * size;
    add<Int>(kind, piece(record), value_at<Int>(record), record + nodes);
  }
}

template <class Int>
void MshAssembly::add(const MshKind& kind, int piece, std::int64_t number, const char* nodes) {
  const auto n_nodes = static_cast<std::size_t>(kind.n_nodes);
  const auto add_to = [&](auto& cells) {
    cells.number.push_back(number);
    cells.set.push_back(piece);
    set_cell<Int>(cells.nodes.emplace_back(), n_nodes, nodes);
  };
  if (kind.type == msh_type::tet_10 || kind.type == msh_type::tet_4)
    return add_to(content_.tets);
  if (kind.type == msh_type::triangle_6 || kind.type == msh_type::triangle_3)
    return add_to(content_.triangles);
  for (std::size_t a = 0; a < n_nodes; ++a)
    mark_used(index_of(value_at<Int>(nodes + a * sizeof(Int))));
  add_other(kind, piece, number);
}

} // namespace foramen::field
