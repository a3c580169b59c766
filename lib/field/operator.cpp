#include "field/operator.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"

#include <algorithm>

namespace foramen::field {
namespace {

// One appearance of a row in a local matrix.
struct Appearance {
  int matrix; // over all parts
  int local;
};

struct Incidence {
  std::vector<std::int64_t> begin;
  std::vector<Appearance> list;
};

struct Parts {
  std::span<const LocalMatrices> parts;
  std::vector<int> first;                 // number of each part's first matrix; then the total
  std::vector<std::vector<int>> unknowns; // per part, as its `nodes`

  Parts(std::span<const int> unknown_of_node, std::span<const LocalMatrices> p)
      : parts(p), first{0}, unknowns(p.size()) {
    for (std::size_t k = 0; k < p.size(); ++k) {
      first.push_back(first.back() + static_cast<int>(p[k].count()));
      unknowns[k].resize(p[k].nodes.size());
      core::parallel_for(p[k].nodes.size(), 16384, [&](std::size_t i) {
        unknowns[k][i] = unknown_of_node[static_cast<std::size_t>(p[k].nodes[i])];
      });
    }
  }
};

Incidence invert(int first, int last, const Parts& p) {
  Incidence inc;
  const auto rows = static_cast<std::size_t>(last - first);
  inc.begin.assign(rows + 1, 0);
  for (const std::vector<int>& list : p.unknowns)
    for (const int u : list)
      if (u >= first && u < last)
        ++inc.begin[static_cast<std::size_t>(u - first) + 1];
  for (std::size_t i = 0; i < rows; ++i)
    inc.begin[i + 1] += inc.begin[i];
  inc.list.resize(static_cast<std::size_t>(inc.begin.back()));
  std::vector<std::int64_t> next(inc.begin.begin(), inc.begin.end() - 1);
  for (std::size_t k = 0; k < p.parts.size(); ++k) {
    const std::size_t size = p.parts[k].size;
    for (std::size_t m = 0; m < p.parts[k].count(); ++m)
      for (std::size_t a = 0; a < size; ++a)
        if (const int u = p.unknowns[k][m * size + a]; u >= first && u < last)
          inc.list[static_cast<std::size_t>(next[static_cast<std::size_t>(u - first)]++)] = {
              p.first[k] + static_cast<int>(m), static_cast<int>(a)};
  }
  return inc;
}

// Collects single rows; `slot_` remembers where a column of the current row is.
class RowGatherer {
public:
  RowGatherer(int n, const Parts& parts, const Incidence& incidence)
      : parts_(parts), incidence_(incidence), slot_(static_cast<std::size_t>(n), -1) {}

  const std::vector<std::pair<int, double>>& gather(std::size_t row) {
    row_.clear();
    for (std::int64_t i = incidence_.begin[row]; i < incidence_.begin[row + 1]; ++i)
      add(incidence_.list[static_cast<std::size_t>(i)]);
    for (const auto& [column, value] : row_)
      slot_[static_cast<std::size_t>(column)] = -1;
    std::sort(row_.begin(), row_.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return row_;
  }

private:
  void add(const Appearance& at) {
    std::size_t k = 0;
    while (at.matrix >= parts_.first[k + 1])
      ++k;
    const std::size_t size = parts_.parts[k].size;
    const auto m = static_cast<std::size_t>(at.matrix - parts_.first[k]);
    const double* values = parts_.parts[k].values.data() + m * parts_.parts[k].packed();
    const int* unknowns = parts_.unknowns[k].data() + m * size;
    const auto a = static_cast<std::size_t>(at.local);
    for (std::size_t b = 0; b < size; ++b) {
      if (unknowns[b] < 0)
        continue;
      const double value = values[packed_index(std::min(a, b), std::max(a, b), size)];
      int& slot = slot_[static_cast<std::size_t>(unknowns[b])];
      if (slot < 0) {
        slot = static_cast<int>(row_.size());
        row_.emplace_back(unknowns[b], value);
      } else {
        row_[static_cast<std::size_t>(slot)].second += value;
      }
    }
  }

  const Parts& parts_;
  const Incidence& incidence_;
  std::vector<int> slot_;
  std::vector<std::pair<int, double>> row_;
};

} // namespace

SparseMatrix assemble(int n, std::span<const int> unknown_of_node,
                      std::span<const LocalMatrices> parts) {
  return assemble_rows(0, n, n, unknown_of_node, parts);
}

SparseMatrix assemble_rows(int first, int last, int n, std::span<const int> unknown_of_node,
                           std::span<const LocalMatrices> locals) {
  const Parts parts(unknown_of_node, locals);
  const Incidence incidence = invert(first, last, parts);
  SparseMatrix a{.rows = last - first, .columns = n, .begin = {}, .column = {}, .value = {}};
  const auto rows = static_cast<std::size_t>(a.rows);
  a.begin.assign(rows + 1, 0);

  // Rows are collected in chunks, each into storage of its own, then joined.
  constexpr std::size_t grain = 8192;
  const std::size_t n_chunks = (rows + grain - 1) / grain;
  std::vector<std::vector<std::pair<int, double>>> collected(n_chunks);
  core::parallel_chunks(rows, grain, [&](std::size_t begin, std::size_t end) {
    RowGatherer gatherer(n, parts, incidence);
    std::vector<std::pair<int, double>>& entries = collected[begin / grain];
    for (std::size_t row = begin; row < end; ++row) {
      const auto& gathered = gatherer.gather(row);
      entries.insert(entries.end(), gathered.begin(), gathered.end());
      a.begin[row + 1] = static_cast<std::int64_t>(gathered.size());
    }
  });
  for (std::size_t row = 0; row < rows; ++row)
    a.begin[row + 1] += a.begin[row];
  a.column.resize(static_cast<std::size_t>(a.begin.back()));
  a.value.resize(a.column.size());
  core::parallel_for(n_chunks, 1, [&](std::size_t c) {
    auto at = static_cast<std::size_t>(a.begin[c * grain]);
    for (const auto& [column, value] : collected[c]) {
      a.column[at] = column;
      a.value[at++] = value;
    }
    collected[c] = {};
  });
  return a;
}

SparseMatrix transpose(const SparseMatrix& a) {
  SparseMatrix t{.rows = a.columns, .columns = a.rows, .begin = {}, .column = {}, .value = {}};
  t.begin.assign(static_cast<std::size_t>(t.rows) + 1, 0);
  for (const int c : a.column)
    ++t.begin[static_cast<std::size_t>(c) + 1];
  for (std::size_t i = 0; i < static_cast<std::size_t>(t.rows); ++i)
    t.begin[i + 1] += t.begin[i];
  t.column.resize(a.column.size());
  t.value.resize(a.column.size());
  std::vector<std::int64_t> next(t.begin.begin(), t.begin.end() - 1);
  for (int row = 0; row < a.rows; ++row)
    for (std::int64_t k = a.begin[static_cast<std::size_t>(row)];
         k < a.begin[static_cast<std::size_t>(row) + 1]; ++k) {
      const auto from = static_cast<std::size_t>(k);
      const auto to = static_cast<std::size_t>(next[static_cast<std::size_t>(a.column[from])]++);
      t.column[to] = row;
      t.value[to] = a.value[from];
    }
  return t;
}

} // namespace foramen::field
