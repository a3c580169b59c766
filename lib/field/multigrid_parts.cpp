#include "field/multigrid_parts.hpp"

#include "core/parallel.hpp"
#include "field/algebraic_hierarchy.hpp"

namespace foramen::field {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// The linear unknowns of which a quadratic one is the mean; `entry(linear unknown, weight)`.
void each_end(const Unknowns& u, std::size_t unknown, const auto& entry) {
  if (u.linear_of[unknown] != Unknowns::none) {
    entry(index(u.linear_of[unknown]), 1.0);
    return;
  }
  for (const int end : u.ends_of[unknown])
    if (end != Unknowns::none)
      entry(index(u.linear_of[index(end)]), 0.5);
}

SparseMatrix empty_rows(std::size_t rows, int columns) {
  return {.rows = static_cast<int>(rows),
          .columns = columns,
          .begin = std::vector<std::int64_t>(rows + 1, 0),
          .column = {},
          .value = {}};
}

// From the number of entries of row i in begin[i + 1] to where rows begin, with room for entries.
void make_room(SparseMatrix& a) {
  for (std::size_t i = 0; i + 1 < a.begin.size(); ++i)
    a.begin[i + 1] += a.begin[i];
  a.column.resize(static_cast<std::size_t>(a.begin.back()));
  a.value.resize(a.column.size());
}

// Rows [first, last) of the map from linear to quadratic unknowns: an edge's is the mean of its
// ends, of which a grounded one counts as zero.
SparseMatrix mean_of_ends(const Unknowns& u, std::size_t first, std::size_t last) {
  constexpr std::size_t grain = 16384;
  SparseMatrix p = empty_rows(last - first, u.n_linear);
  core::parallel_for(last - first, grain, [&](std::size_t i) {
    each_end(u, first + i, [&](std::size_t, double) { ++p.begin[i + 1]; });
  });
  make_room(p);
  core::parallel_for(last - first, grain, [&](std::size_t i) {
    auto k = static_cast<std::size_t>(p.begin[i]);
    each_end(u, first + i, [&](std::size_t linear, double weight) {
      p.column[k] = static_cast<int>(linear);
      p.value[k++] = weight;
    });
  });
  return p;
}

// Rows [first, last) of its transpose, columns in ascending order. What it takes from is in the
// halo: an edge shares an element with its ends.
SparseMatrix sum_at_ends(const Unknowns& u, const Halo& halo, std::size_t first, std::size_t last) {
  SparseMatrix r = empty_rows(last - first, u.n);
  const auto visit = [&](const auto& entry) { // entry(row, quadratic unknown, weight)
    halo.each([&](std::size_t i) {
      each_end(u, i, [&](std::size_t linear, double weight) {
        if (linear >= first && linear < last)
          entry(linear - first, i, weight);
      });
    });
  };
  visit([&](std::size_t row, std::size_t, double) { ++r.begin[row + 1]; });
  make_room(r);
  std::vector<std::int64_t> next(r.begin.begin(), r.begin.end() - 1);
  visit([&](std::size_t row, std::size_t column, double weight) {
    const auto k = static_cast<std::size_t>(next[row]++);
    r.column[k] = static_cast<int>(column);
    r.value[k] = weight;
  });
  return r;
}

// Where the linear unknowns of each rank's unknowns begin.
std::vector<std::size_t> linear_bounds(const Unknowns& u, std::span<const std::size_t> bounds) {
  std::vector<std::size_t> result;
  std::size_t i = 0, count = 0;
  for (const std::size_t bound : bounds) {
    for (; i < bound; ++i)
      count += u.linear_of[i] != Unknowns::none ? 1 : 0;
    result.push_back(count);
  }
  return result;
}

// Rows [bounds] of n_fine to those of n_coarse, in proportion.
std::vector<std::size_t> coarser(std::span<const std::size_t> bounds, std::size_t n_fine,
                                 std::size_t n_coarse) {
  std::vector<std::size_t> result;
  for (const std::size_t b : bounds)
    result.push_back(b * n_coarse / n_fine);
  return result;
}

// What a level keeps of a matrix that is here as a whole.
SparseMatrix keep(const Ranks& ranks, SparseMatrix a, bool whole,
                  std::span<const std::size_t> bounds) {
  return whole ? std::move(a) : take_rows(a, bounds[ranks.mine()], bounds[ranks.mine() + 1]);
}

} // namespace

MultigridParts share_levels(const Ranks& ranks, const RankRows& quadratic, SparseMatrix linear,
                            const Unknowns& u, std::span<const std::size_t> bounds,
                            std::size_t share_from) {
  SparseMatrix whole_linear = join_rows(ranks, std::move(linear));
  std::vector<AlgebraicLevel> below = algebraic_hierarchy(ranks, whole_linear);
  const std::size_t n_levels = below.size() + 2;
  // Rows of each level; the quadratic one's are not asked for.
  std::vector<std::size_t> rows{0, static_cast<std::size_t>(whole_linear.rows)};
  for (const AlgebraicLevel& level : below)
    rows.push_back(static_cast<std::size_t>(level.a.rows));

  MultigridParts parts;
  parts.levels.resize(n_levels);
  LevelParts& top = parts.levels[0];
  top.bounds.assign(bounds.begin(), bounds.end());
  const std::size_t mine = ranks.mine();
  top.prolongation = mean_of_ends(u, bounds[mine], bounds[mine + 1]);
  for (std::size_t l = 1; l < n_levels; ++l) {
    const LevelParts& finer = parts.levels[l - 1];
    LevelParts& level = parts.levels[l];
    const std::size_t n = rows[l];
    level.whole = !ranks.several() || n < share_from || l + 1 == n_levels;
    if (!finer.whole || l == 1)
      level.bounds = l == 1 ? linear_bounds(u, bounds) : coarser(finer.bounds, rows[l - 1], n);
    if (l == 1)
      parts.levels[0].restriction =
          sum_at_ends(u, quadratic.halo, level.bounds[mine], level.bounds[mine + 1]);
    if (l + 1 < n_levels) {
      AlgebraicLevel& next = below[l - 1];
      level.prolongation = keep(ranks, std::move(next.prolongation), level.whole, level.bounds);
      const std::vector<std::size_t> next_bounds =
          level.whole ? std::vector<std::size_t>{} : coarser(level.bounds, n, rows[l + 1]);
      level.restriction = keep(ranks, std::move(next.restriction), level.whole, next_bounds);
    }
    SparseMatrix& a = l == 1 ? whole_linear : below[l - 2].a;
    level.rows.a = keep(ranks, std::move(a), level.whole, level.bounds);
  }

  // Which rows of others each level reads: its own matrix, the restriction from it, and the
  // prolongation to the finer level.
  localise(parts.levels[0].restriction, quadratic.halo);
  for (std::size_t l = 1; l < n_levels; ++l) {
    LevelParts &finer = parts.levels[l - 1], &level = parts.levels[l];
    if (level.whole) {
      level.rows.halo = Halo(rows[l]);
    } else {
      level.rows.halo =
          Halo(ranks, level.bounds,
               {level.rows.a.column, level.restriction.column, finer.prolongation.column});
    }
    localise(finer.prolongation, level.rows.halo);
    localise(level.rows.a, level.rows.halo);
    if (l + 1 < n_levels)
      localise(level.restriction, level.rows.halo);
  }
  return parts;
}

} // namespace foramen::field
