#include "field/interpolation.hpp"

#include "field/made_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace foramen::field {
namespace {

std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

// The negative entries of fine rows in columns of coarse unknowns; rows [first, last) of them.
class ToCoarse {
public:
  ToCoarse(const SparseMatrix& a, const CoarseUnknowns& coarse, std::size_t first, std::size_t last)
      : first_(first), rows_(make_rows(
                           first, last, a.columns, [] { return Row{}; },
                           [&](std::size_t row, Row& r) { r.find(a, coarse, row); })) {}
  struct Range {
    std::size_t begin, end;
  };
  Range of(int row) const {
    const std::size_t i = index(row) - first_;
    return {static_cast<std::size_t>(rows_.begin[i]), static_cast<std::size_t>(rows_.begin[i + 1])};
  }
  int column(std::size_t k) const { return rows_.column[k]; }
  double value(std::size_t k) const { return rows_.value[k]; }

private:
  struct Row {
    std::vector<int> column;
    std::vector<double> value;
    // Without branches on the entries: which have both properties cannot be foreseen.
    void find(const SparseMatrix& a, const CoarseUnknowns& coarse, std::size_t row) {
      const auto first = static_cast<std::size_t>(a.begin[row]);
      const auto last = static_cast<std::size_t>(a.begin[row + 1]);
      std::size_t n = 0;
      column.resize(last - first);
      value.resize(last - first);
      for (std::size_t k = first; k < last && coarse.number[row] < 0; ++k) {
        column[n] = a.column[k];
        value[n] = a.value[k];
        n += static_cast<std::size_t>(a.value[k] < 0.0) &
             static_cast<std::size_t>(coarse.number[index(a.column[k])] >= 0);
      }
      column.resize(n);
      value.resize(n);
    }
  };
  std::size_t first_;
  SparseMatrix rows_;
};

// The least and the largest column of rows [first, last), as a range.
std::array<std::size_t, 2> columns_of(const SparseMatrix& a, std::size_t first, std::size_t last) {
  const auto begin = a.column.begin() + a.begin[first], end = a.column.begin() + a.begin[last];
  if (begin == end)
    return {0, 0};
  const auto [least, largest] = std::minmax_element(begin, end);
  return {index(*least), index(*largest) + 1};
}

class Interpolation {
public:
  // Of rows with columns within the range given.
  Interpolation(const SparseMatrix& a, const Graph& dependences, const CoarseUnknowns& coarse,
                const std::array<std::size_t, 2>& columns)
      : a_(a), dependences_(dependences), coarse_(coarse),
        to_coarse_(a, coarse, columns[0], columns[1]) {}

  struct Scratch {
    RowSum weights;               // by fine numbers
    std::vector<int> strong_fine; // per unknown: the row whose F_i it is in, plus one
    std::vector<int> column;
    std::vector<double> value;
    std::vector<std::size_t> order;
  };
  Scratch scratch() const {
    const auto n = index(a_.rows);
    return {RowSum(n), std::vector<int>(n, 0), {}, {}, {}};
  }

  void make(std::size_t row, Scratch& s) const {
    s.column.clear();
    s.value.clear();
    if (const int own = coarse_.number[row]; own >= 0) {
      s.column.push_back(own);
      s.value.push_back(1.0);
      return;
    }
    find_sources(row, s);
    if (!s.weights.column.empty())
      weigh(row, s);
  }

private:
  static int mark(std::size_t row) { return static_cast<int>(row) + 1; }
  bool is_coarse(int i) const { return coarse_.number[index(i)] >= 0; }

  void find_sources(std::size_t row, Scratch& s) const {
    s.weights.clear();
    for (const int j : dependences_.of(row)) {
      if (is_coarse(j)) {
        s.weights.open(j);
        continue;
      }
      s.strong_fine[index(j)] = mark(row);
      for (const int k : dependences_.of(index(j)))
        if (is_coarse(k))
          s.weights.open(k);
    }
  }

  void weigh(std::size_t row, Scratch& s) const {
    double diagonal = 0.0;
    for (auto k = index_of(row); k < index_of(row + 1); ++k) {
      const int j = a_.column[k];
      if (index(j) == row || (!s.weights.has(j) && s.strong_fine[index(j)] != mark(row)))
        diagonal += a_.value[k];
      else if (s.weights.has(j))
        s.weights.add(j, a_.value[k]);
      else
        diagonal += pass_on(j, a_.value[k], s);
    }
    keep_largest(s);
    for (std::size_t k = 0; k < s.column.size(); ++k) {
      s.column[k] = coarse_.number[index(s.column[k])];
      s.value[k] = diagonal != 0.0 ? -s.value[k] / diagonal : 0.0;
    }
  }

  // The coupling to a strong fine neighbour goes to what that is coupled to; returns what comes
  // back to the row itself, to which the neighbour is coupled as the row is to it.
  double pass_on(int neighbour, double coupling, Scratch& s) const {
    const double own = std::min(coupling, 0.0);
    const auto [first, last] = to_coarse_.of(neighbour);
    double sum = own;
    for (std::size_t k = first; k < last; ++k)
      if (s.weights.has(to_coarse_.column(k)))
        sum += to_coarse_.value(k);
    if (sum == 0.0)
      return coupling;
    const double share = coupling / sum;
    for (std::size_t k = first; k < last; ++k)
      if (s.weights.has(to_coarse_.column(k)))
        s.weights.add(to_coarse_.column(k), share * to_coarse_.value(k));
    return share * own;
  }

  // Of the sums; in ascending order of columns.
  static void keep_largest(Scratch& s) {
    const RowSum& w = s.weights;
    s.order.resize(w.column.size());
    for (std::size_t k = 0; k < s.order.size(); ++k)
      s.order[k] = k;
    double all = 0.0, kept = 0.0;
    for (const double v : w.value)
      all += v;
    if (s.order.size() > most_weights) {
      std::partial_sort(s.order.begin(), s.order.begin() + most_weights, s.order.end(),
                        [&](std::size_t x, std::size_t y) {
                          const double p = std::abs(w.value[x]), q = std::abs(w.value[y]);
                          return p != q ? p > q : w.column[x] < w.column[y];
                        });
      s.order.resize(most_weights);
    }
    std::sort(s.order.begin(), s.order.end(),
              [&](std::size_t x, std::size_t y) { return w.column[x] < w.column[y]; });
    for (const std::size_t k : s.order)
      kept += w.value[k];
    const double scale = kept != 0.0 ? all / kept : 1.0;
    for (const std::size_t k : s.order) {
      s.column.push_back(w.column[k]);
      s.value.push_back(scale * w.value[k]);
    }
  }

  std::size_t index_of(std::size_t row) const { return static_cast<std::size_t>(a_.begin[row]); }

  const SparseMatrix& a_;
  const Graph& dependences_;
  const CoarseUnknowns& coarse_;
  const ToCoarse to_coarse_;
};

// Rows of x y; those of x from first_row on are at hand.
SparseMatrix product_rows(const SparseMatrix& x, const SparseMatrix& y, std::size_t first,
                          std::size_t last, std::span<const std::uint8_t> wanted) {
  return make_rows(
      first, last, y.columns, [&] { return RowSum(index(y.columns)); },
      [&](std::size_t row, RowSum& sum) {
        sum.clear();
        if (!wanted.empty() && wanted[row] == 0)
          return;
        for (std::int64_t k = x.begin[row]; k < x.begin[row + 1]; ++k) {
          const auto at = static_cast<std::size_t>(k);
          const std::size_t via = index(x.column[at]);
          for (std::int64_t m = y.begin[via]; m < y.begin[via + 1]; ++m)
            sum.add(y.column[static_cast<std::size_t>(m)],
                    x.value[at] * y.value[static_cast<std::size_t>(m)]);
        }
      });
}

} // namespace

SparseMatrix interpolation_rows(const SparseMatrix& a, const Graph& dependences,
                                const CoarseUnknowns& coarse, std::size_t first, std::size_t last) {
  const Interpolation interpolation(a, dependences, coarse, columns_of(a, first, last));
  return make_rows(
      first, last, coarse.n, [&] { return interpolation.scratch(); },
      [&](std::size_t row, Interpolation::Scratch& s) { interpolation.make(row, s); });
}

SparseMatrix coarse_rows(const SparseMatrix& r, const SparseMatrix& a, const SparseMatrix& p,
                         std::size_t first, std::size_t last) {
  std::vector<std::uint8_t> wanted; // rows of A P
  if (first > 0 || last < index(r.rows)) {
    wanted.assign(index(a.rows), 0);
    for (std::int64_t k = r.begin[first]; k < r.begin[last]; ++k)
      wanted[index(r.column[static_cast<std::size_t>(k)])] = 1;
  }
  const SparseMatrix ap = product_rows(a, p, 0, index(a.rows), wanted);
  return product_rows(r, ap, first, last, {});
}

} // namespace foramen::field
