#include "field/rank_rows.hpp"

#include "core/parallel.hpp"

namespace foramen::field {

SparseMatrix join_rows(const Ranks& ranks, SparseMatrix mine) {
  if (!ranks.several())
    return mine;
  std::vector<int> lengths(static_cast<std::size_t>(mine.rows));
  for (std::size_t i = 0; i < lengths.size(); ++i)
    lengths[i] = static_cast<int>(mine.begin[i + 1] - mine.begin[i]);
  SparseMatrix all{.rows = 0, .columns = mine.columns, .begin = {0}, .column = {}, .value = {}};
  for (const int n : ranks.join(std::span<const int>(lengths)))
    all.begin.push_back(all.begin.back() + n);
  all.rows = static_cast<int>(all.begin.size() - 1);
  all.column = ranks.join(std::span<const int>(mine.column));
  all.value = ranks.join(std::span<const double>(mine.value));
  return all;
}

SparseMatrix take_rows(const SparseMatrix& a, std::size_t first, std::size_t last) {
  const auto begin = static_cast<std::ptrdiff_t>(a.begin[first]);
  const auto end = static_cast<std::ptrdiff_t>(a.begin[last]);
  SparseMatrix part{.rows = static_cast<int>(last - first),
                    .columns = a.columns,
                    .begin = {},
                    .column = {a.column.begin() + begin, a.column.begin() + end},
                    .value = {a.value.begin() + begin, a.value.begin() + end}};
  for (std::size_t i = first; i <= last; ++i)
    part.begin.push_back(a.begin[i] - a.begin[first]);
  return part;
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
