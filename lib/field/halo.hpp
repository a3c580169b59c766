// The rows of a vector that a rank holds: its own, then copies of those of other ranks that its
// matrices read.
//
// Own rows are global rows [first, first + own), at local 0, 1, ...; copies follow in ascending
// global order. With one rank, or for a level that every rank holds in full, there are no copies
// and `refresh` does nothing. Cost of `refresh`: one message to and from each neighbour.
#pragma once

#include "field/lane_vector.hpp"
#include "field/ranks.hpp"
#include "field/row_set.hpp"

#include <initializer_list>

namespace foramen::field {

class Halo {
public:
  explicit Halo(std::size_t rows = 0) : own_(rows), total_(rows) {} // all of them are here
  // Rank r owns [bounds[r], bounds[r + 1]); lists of global rows are needed, in any order and
  // repeated, own ones included.
  Halo(const Ranks& ranks, std::span<const std::size_t> bounds,
       std::initializer_list<std::span<const int>> needed);

  std::size_t first() const { return first_; }
  std::size_t own() const { return own_; }
  std::size_t total() const { return total_; }
  // Of an own or a needed row.
  int local(int global) const {
    const std::size_t own = static_cast<std::size_t>(global) - first_; // wraps for those before
    return own < own_ ? static_cast<int>(own) : local_copy(global);
  }
  // body(global row) for all that are here, in ascending order.
  template <class Body> void each(const Body& body) const {
    const auto own = static_cast<int>(first_);
    auto copy = copies_.begin();
    for (; copy != copies_.end() && *copy < own; ++copy)
      body(static_cast<std::size_t>(*copy));
    for (std::size_t i = first_; i < first_ + own_; ++i)
      body(i);
    for (; copy != copies_.end(); ++copy)
      body(static_cast<std::size_t>(*copy));
  }

  template <class Number> void refresh(LaneVector<Number>& v) const {
    if (total_ != own_ || !sends_.empty())
      refresh_bytes(v.data(), v.lanes() * sizeof(Number));
  }

private:
  struct Neighbour {
    std::size_t rank;
    std::vector<int> rows; // local own rows to send
  };
  struct Block {
    std::size_t rank, begin, end; // local rows that come from there
  };
  int local_copy(int global) const;
  void refresh_bytes(void* rows, std::size_t row_bytes) const;

  const Ranks* ranks_ = nullptr;
  std::size_t first_ = 0, own_ = 0, total_ = 0;
  std::vector<int> copies_; // their global rows
  RowSet copied_;           // the same
  std::vector<Neighbour> sends_;
  std::vector<Block> receives_;
};

} // namespace foramen::field
