// Rows of a sparse matrix of which it is not known beforehand how long they are.
//
// They are made in chunks, each into storage of its own, and then joined: the same bits for any
// number of threads. Cost: beyond what making a row takes, each entry is copied twice.
#pragma once

#include "core/parallel.hpp"
#include "field/operator.hpp"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace foramen::field {

// A row under construction: columns in the order of their first appearance.
class RowSum {
public:
  explicit RowSum(std::size_t columns) : place_(columns, none) {}
  void clear() {
    for (const int c : column)
      place_[static_cast<std::size_t>(c)] = none;
    column.clear();
    value.clear();
  }
  bool has(int c) const { return place_[static_cast<std::size_t>(c)] != none; }
  void open(int c) {
    if (has(c))
      return;
    place_[static_cast<std::size_t>(c)] = static_cast<int>(column.size());
    column.push_back(c);
    value.push_back(0.0);
  }
  void add(int c, double v) {
    open(c);
    value[static_cast<std::size_t>(place_[static_cast<std::size_t>(c)])] += v;
  }

  std::vector<int> column;
  std::vector<double> value;

private:
  static constexpr int none = -1;
  std::vector<int> place_;
};

// Things that threads hand on to one another: as many as there are threads are made.
template <class Thing> class Spare {
public:
  Thing take(const auto& make) {
    {
      const std::lock_guard lock(mutex_);
      if (!things_.empty()) {
        Thing thing = std::move(things_.back());
        things_.pop_back();
        return thing;
      }
    }
    return make();
  }
  void give(Thing thing) {
    const std::lock_guard lock(mutex_);
    things_.push_back(std::move(thing));
  }

private:
  std::mutex mutex_;
  std::vector<Thing> things_;
};

// Rows [first, last), made in chunks by `make(row, chunk's scratch)`, which leaves them in
// scratch.column and scratch.value. Scratch is as wide as the matrix: chunks hand it on.
template <class MakeScratch, class Make>
SparseMatrix make_rows(std::size_t first, std::size_t last, int columns,
                       const MakeScratch& make_scratch, const Make& make) {
  constexpr std::size_t least_rows = 1024, most_chunks = 64;
  const std::size_t n = last - first;
  const std::size_t rows = std::max(least_rows, (n + most_chunks - 1) / most_chunks);
  struct Chunk {
    std::vector<int> column;
    std::vector<double> value;
  };
  std::vector<Chunk> chunks(n == 0 ? 0 : (n + rows - 1) / rows);
  SparseMatrix out{.rows = static_cast<int>(n),
                   .columns = columns,
                   .begin = std::vector<std::int64_t>(n + 1, 0),
                   .column = {},
                   .value = {}};
  Spare<decltype(make_scratch())> spare;
  core::parallel_chunks(n, rows, [&](std::size_t begin, std::size_t end) {
    auto scratch = spare.take(make_scratch);
    Chunk& chunk = chunks[begin / rows];
    for (std::size_t i = begin; i < end; ++i) {
      make(first + i, scratch);
      chunk.column.insert(chunk.column.end(), scratch.column.begin(), scratch.column.end());
      chunk.value.insert(chunk.value.end(), scratch.value.begin(), scratch.value.end());
      out.begin[i + 1] = static_cast<std::int64_t>(scratch.column.size());
    }
    spare.give(std::move(scratch));
  });
  for (std::size_t i = 0; i < n; ++i)
    out.begin[i + 1] += out.begin[i];
  out.column.resize(static_cast<std::size_t>(out.begin[n]));
  out.value.resize(out.column.size());
  core::parallel_for(chunks.size(), 1, [&](std::size_t c) {
    const std::int64_t at = out.begin[c * rows];
    std::copy(chunks[c].column.begin(), chunks[c].column.end(), out.column.begin() + at);
    std::copy(chunks[c].value.begin(), chunks[c].value.end(), out.value.begin() + at);
    chunks[c] = {};
  });
  return out;
}

} // namespace foramen::field
