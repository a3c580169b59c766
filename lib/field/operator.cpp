#include "field/operator.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/simd.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <numeric>

namespace foramen::field {
namespace {

// One appearance of a row in a local matrix.
struct Appearance {
  int matrix; // over all parts
  int local;
};

} // namespace

// Where the rows of the local matrices go.
struct Assembly::Layout {
  int first_row, last_row, columns;
  std::vector<int> first;                 // number of each part's first matrix; then the total
  std::vector<std::vector<int>> unknowns; // per part, as its `nodes`
  std::vector<std::int64_t> begin;        // per row: its appearances
  std::vector<Appearance> list;

  Layout(int row0, int row1, int n, std::span<const int> unknown_of_node,
         std::span<const LocalMatrices> parts)
      : first_row(row0), last_row(row1), columns(n), first{0}, unknowns(parts.size()) {
    for (std::size_t k = 0; k < parts.size(); ++k) {
      first.push_back(first.back() + static_cast<int>(parts[k].count()));
      unknowns[k].resize(parts[k].nodes.size());
      core::parallel_for(parts[k].nodes.size(), 16384, [&](std::size_t i) {
        unknowns[k][i] = unknown_of_node[static_cast<std::size_t>(parts[k].nodes[i])];
      });
    }
    invert(parts);
  }
  bool has(int u) const { return u >= first_row && u < last_row; }
  std::size_t rows() const { return static_cast<std::size_t>(last_row - first_row); }

private:
  void invert(std::span<const LocalMatrices> parts) {
    begin.assign(rows() + 1, 0);
    for (const std::vector<int>& part : unknowns)
      for (const int u : part)
        if (has(u))
          ++begin[static_cast<std::size_t>(u - first_row) + 1];
    for (std::size_t i = 0; i < rows(); ++i)
      begin[i + 1] += begin[i];
    list.resize(static_cast<std::size_t>(begin.back()));
    std::vector<std::int64_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const std::size_t size = parts[k].size;
      for (std::size_t m = 0; m < parts[k].count(); ++m)
        for (std::size_t a = 0; a < size; ++a)
          if (const int u = unknowns[k][m * size + a]; has(u))
            list[static_cast<std::size_t>(next[static_cast<std::size_t>(u - first_row)]++)] = {
                first[k] + static_cast<int>(m), static_cast<int>(a)};
    }
  }
};

namespace {

// One row of the matrix while it is collected. Which place a column has is kept in a table of open
// addresses, as large as the row asks for whatever the size of the matrix; a change of stamp clears
// it.
class Row {
public:
  Row() : table_(512), column_(128), value_(128), order_(128) {}
  void begin() {
    ++stamp_;
    n_ = 0;
  }
  // values[index[k]] in columns[k], for each of `size`; negative columns are left out.
  void add(std::size_t size, const int* columns, const double* values, const std::uint8_t* index) {
    make_room(size);
    std::uint64_t* const table = table_.data();
    int* const column = column_.data();
    double* const value = value_.data();
    const std::size_t mask = table_.size() - 1;
    const std::uint64_t stamp = stamp_;
    std::size_t n = n_;
    for (std::size_t k = 0; k < size; ++k) {
      const int c = columns[k];
      if (c < 0)
        continue;
      const std::size_t slot = find(table, column, mask, stamp, c);
      const bool fresh = stamp_of(table[slot]) != stamp;
      const std::size_t place = fresh ? n : place_of(table[slot]);
      table[slot] = stamp << 32 | place;
      column[place] = c;
      value[place] = (fresh ? 0.0 : value[place]) + values[index[k]];
      n += fresh ? 1 : 0;
    }
    n_ = n;
  }
  std::size_t size() const { return n_; }
  // `size()` entries in ascending order of columns, all different.
  void take(int* column, double* value) {
    if (n_ <= most_counted)
      count_less();
    else
      sort();
    for (std::size_t i = 0; i < n_; ++i) {
      const auto place = static_cast<std::size_t>(order_[i]);
      column[place] = column_[i];
      value[place] = value_[i];
    }
  }

private:
  // Where each goes is how many are less than it. For the few entries of a row counting them all,
  // without a branch, beats sorting; an electrode's row has thousands.
  static constexpr std::size_t most_counted = 256;
  void count_less() {
    for (std::size_t first = 0; first < n_; first += pack) {
      Lanes<int, pack> columns, less = {};
      std::memcpy(&columns, column_.data() + first, sizeof columns);
      for (std::size_t i = 0; i < n_; ++i)
        less -= columns > column_[i]; // lanes of -1 where true
      std::memcpy(order_.data() + first, &less, sizeof less);
    }
  }
  void sort() {
    std::vector<int> ascending(n_);
    std::iota(ascending.begin(), ascending.end(), 0);
    std::sort(ascending.begin(), ascending.end(), [this](int a, int b) {
      return column_[static_cast<std::size_t>(a)] < column_[static_cast<std::size_t>(b)];
    });
    for (std::size_t place = 0; place < n_; ++place)
      order_[static_cast<std::size_t>(ascending[place])] = static_cast<int>(place);
  }

  // A slot: the stamp of the row that it belongs to, and the column's place there.
  static std::uint64_t stamp_of(std::uint64_t slot) { return slot >> 32; }
  static std::size_t place_of(std::uint64_t slot) { return slot & 0xffffffffu; }
  static std::size_t find(const std::uint64_t* table, const int* column, std::size_t mask,
                          std::uint64_t stamp, int c) {
    std::size_t i = static_cast<std::size_t>(c) & mask;
    while (stamp_of(table[i]) == stamp && column[place_of(table[i])] != c)
      i = (i + 1) & mask;
    return i;
  }
  void make_room(std::size_t more) {
    while (4 * (n_ + more) > table_.size())
      grow();
    if (n_ + more > column_.size()) {
      column_.resize(2 * (n_ + more) / pack * pack + pack);
      value_.resize(column_.size());
      order_.resize(column_.size());
    }
  }
  void grow() {
    table_.assign(2 * table_.size(), 0);
    for (std::size_t place = 0; place < n_; ++place)
      table_[find(table_.data(), column_.data(), table_.size() - 1, stamp_, column_[place])] =
          stamp_ << 32 | place;
  }

  static constexpr std::size_t pack = 4; // that every processor has vectors for
  std::vector<std::uint64_t> table_;
  std::vector<int> column_; // whole packs; after n_ anything
  std::vector<double> value_;
  std::vector<int> order_;
  std::uint64_t stamp_ = 0; // rows of one chunk: far from 32 bits
  std::size_t n_ = 0;
};

// Where the entries of each row of a packed matrix are.
class PackedRows {
public:
  explicit PackedRows(std::size_t size) : size_(size), index_(size * size) {
    for (std::size_t a = 0; a < size; ++a)
      for (std::size_t b = 0; b < size; ++b)
        index_[a * size + b] =
            static_cast<std::uint8_t>(packed_index(std::min(a, b), std::max(a, b), size));
  }
  const std::uint8_t* row(std::size_t a) const { return index_.data() + a * size_; }

private:
  std::size_t size_;
  std::vector<std::uint8_t> index_;
};

// Collects single rows.
template <class Layout> class RowGatherer {
public:
  RowGatherer(const Layout& layout, std::span<const LocalMatrices> parts)
      : layout_(layout), parts_(parts) {
    for (const LocalMatrices& part : parts)
      packed_.emplace_back(part.size);
  }

  Row& gather(std::size_t row) {
    row_.begin();
    for (std::int64_t i = layout_.begin[row]; i < layout_.begin[row + 1]; ++i)
      add(layout_.list[static_cast<std::size_t>(i)]);
    return row_;
  }

private:
  void add(const Appearance& at) {
    std::size_t k = 0;
    while (at.matrix >= layout_.first[k + 1])
      ++k;
    const std::size_t size = parts_[k].size;
    const auto m = static_cast<std::size_t>(at.matrix - layout_.first[k]);
    row_.add(size, layout_.unknowns[k].data() + m * size,
             parts_[k].values.data() + m * parts_[k].packed(),
             packed_[k].row(static_cast<std::size_t>(at.local)));
  }

  const Layout& layout_;
  std::span<const LocalMatrices> parts_;
  std::vector<PackedRows> packed_; // of each part
  Row row_;
};

constexpr std::size_t grain = 8192; // rows

// The entries of a chunk of rows, one row's after the other's.
struct Collected {
  std::vector<int> column;
  std::vector<double> value;
  std::size_t size = 0;

  void add(Row& row) {
    if (size + row.size() > column.size()) {
      column.resize(2 * (size + row.size()));
      value.resize(column.size());
    }
    row.take(column.data() + size, value.data() + size);
    size += row.size();
  }
};

// The first `n` chunks, whose rows begin at `first` of `rows`, behind what the matrix has.
void append(const std::vector<Collected>& chunks, std::size_t n, std::size_t rows,
            std::size_t first, SparseMatrix& a) {
  std::size_t size = a.value.size(), done = std::min(rows, first + n * grain);
  for (std::size_t c = 0; c < n; ++c)
    size += chunks[c].size;
  if (size > a.value.capacity()) { // rows to come, were they like those so far
    constexpr double spare = 1.02;
    const double estimate =
        spare * static_cast<double>(size) * static_cast<double>(rows) / static_cast<double>(done);
    a.column.reserve(std::max(size, static_cast<std::size_t>(estimate)));
    a.value.reserve(a.column.capacity());
  }
  for (std::size_t c = 0; c < n; ++c) {
    const auto count = static_cast<std::ptrdiff_t>(chunks[c].size);
    a.column.insert(a.column.end(), chunks[c].column.begin(), chunks[c].column.begin() + count);
    a.value.insert(a.value.end(), chunks[c].value.begin(), chunks[c].value.begin() + count);
  }
}

} // namespace

Assembly::Assembly(int first, int last, int n, std::span<const int> unknown_of_node,
                   std::span<const LocalMatrices> parts)
    : layout_(std::make_unique<Layout>(first, last, n, unknown_of_node, parts)) {}
Assembly::~Assembly() = default;

SparseMatrix Assembly::matrix(std::span<const LocalMatrices> parts) const {
  const std::size_t rows = layout_->rows();
  SparseMatrix a{.rows = static_cast<int>(rows),
                 .columns = layout_->columns,
                 .begin = std::vector<std::int64_t>(rows + 1, 0),
                 .column = {},
                 .value = {}};
  // A few chunks of rows at a time, each into storage that later ones use again: the system need
  // not find and clear memory for all of them.
  const std::size_t at_once = 8 * core::thread_count() * grain;
  std::vector<Collected> chunks((std::min(rows, at_once) + grain - 1) / grain);
  for (std::size_t first = 0; first < rows; first += at_once) {
    const std::size_t n = std::min(at_once, rows - first);
    core::parallel_chunks(n, grain, [&](std::size_t begin, std::size_t end) {
      RowGatherer gatherer(*layout_, parts);
      Collected& chunk = chunks[begin / grain];
      chunk.size = 0;
      for (std::size_t row = first + begin; row < first + end; ++row) {
        Row& gathered = gatherer.gather(row);
        chunk.add(gathered);
        a.begin[row + 1] = static_cast<std::int64_t>(gathered.size());
      }
    });
    append(chunks, (n + grain - 1) / grain, rows, first, a);
  }
  for (std::size_t row = 0; row < rows; ++row)
    a.begin[row + 1] += a.begin[row];
  return a;
}

void Assembly::refill(SparseMatrix& a, std::span<const LocalMatrices> parts,
                      std::span<const std::uint8_t> wanted) const {
  core::parallel_chunks(layout_->rows(), grain, [&](std::size_t begin, std::size_t end) {
    RowGatherer gatherer(*layout_, parts);
    std::vector<int> columns;
    for (std::size_t row = begin; row < end; ++row) {
      if (wanted[row] == 0)
        continue;
      const auto at = static_cast<std::size_t>(a.begin[row]);
      Row& gathered = gatherer.gather(row);
      columns.resize(std::max(columns.size(), gathered.size()));
      gathered.take(columns.data(), a.value.data() + at);
    }
  });
}

SparseMatrix assemble(int n, std::span<const int> unknown_of_node,
                      std::span<const LocalMatrices> parts) {
  return assemble_rows(0, n, n, unknown_of_node, parts);
}

SparseMatrix assemble_rows(int first, int last, int n, std::span<const int> unknown_of_node,
                           std::span<const LocalMatrices> parts) {
  return Assembly(first, last, n, unknown_of_node, parts).matrix(parts);
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
