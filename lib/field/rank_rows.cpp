#include "field/rank_rows.hpp"

#include "core/parallel.hpp"

namespace foramen::field {
namespace {

std::vector<int> row_lengths(const SparseMatrix& a) {
  std::vector<int> lengths(static_cast<std::size_t>(a.rows));
  for (std::size_t i = 0; i < lengths.size(); ++i)
    lengths[i] = static_cast<int>(a.begin[i + 1] - a.begin[i]);
  return lengths;
}

void set_rows(SparseMatrix& a, const std::vector<int>& lengths) {
  a.rows = static_cast<int>(lengths.size());
  a.begin.assign(1, 0);
  for (const int n : lengths)
    a.begin.push_back(a.begin.back() + n);
}

void share_columns(const Ranks& ranks, SparseMatrix& a) {
  std::vector<int> columns{a.columns};
  ranks.broadcast(columns);
  a.columns = columns[0];
}

} // namespace

SparseMatrix distribute(const Ranks& ranks, SparseMatrix a, std::span<const std::size_t> bounds) {
  if (!ranks.several())
    return a;
  share_columns(ranks, a);
  std::vector<std::size_t> entries(bounds.size(), 0); // of the first rank's arrays
  if (ranks.first())
    for (std::size_t r = 0; r < bounds.size(); ++r)
      entries[r] = static_cast<std::size_t>(a.begin[bounds[r]]);
  ranks.broadcast(entries);
  const std::vector<int> lengths = ranks.first() ? row_lengths(a) : std::vector<int>{};
  SparseMatrix part{.rows = 0, .columns = a.columns, .begin = {}, .column = {}, .value = {}};
  set_rows(part, ranks.scatter(std::span<const int>(lengths), bounds));
  part.column = ranks.scatter(std::span<const int>(a.column), entries);
  part.value = ranks.scatter(std::span<const double>(a.value), entries);
  return part;
}

SparseMatrix replicate(const Ranks& ranks, SparseMatrix a) {
  if (!ranks.several())
    return a;
  share_columns(ranks, a);
  std::vector<int> lengths = ranks.first() ? row_lengths(a) : std::vector<int>{};
  ranks.broadcast(lengths);
  set_rows(a, lengths);
  ranks.broadcast(a.column);
  ranks.broadcast(a.value);
  return a;
}

SparseMatrix collect_at_first(const Ranks& ranks, const SparseMatrix& a) {
  if (!ranks.several())
    return a;
  SparseMatrix all{.rows = 0, .columns = a.columns, .begin = {}, .column = {}, .value = {}};
  const std::vector<int> lengths = row_lengths(a);
  set_rows(all, ranks.join_at_first(std::span<const int>(lengths)));
  all.column = ranks.join_at_first(std::span<const int>(a.column));
  all.value = ranks.join_at_first(std::span<const double>(a.value));
  return all;
}

void localise(SparseMatrix& a, const Halo& halo) {
  if (halo.own() == halo.total() && halo.first() == 0 &&
      static_cast<std::size_t>(a.columns) == halo.own())
    return;
  core::parallel_for(a.column.size(), 16384,
                     [&](std::size_t k) { a.column[k] = halo.local(a.column[k]); });
  a.columns = static_cast<int>(halo.total());
}

} // namespace foramen::field
