#include "field/coarsening.hpp"

#include "core/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::field {
namespace {

constexpr std::size_t grain = 2048; // rows

// What -a_ij must reach for a strong dependence of a row; infinity where there is none.
double strong_from(const SparseMatrix& a, std::size_t row) {
  double sum = 0.0, diagonal = 0.0, strongest = 0.0;
  for (auto k = static_cast<std::size_t>(a.begin[row]);
       k < static_cast<std::size_t>(a.begin[row + 1]); ++k) {
    const bool own = static_cast<std::size_t>(a.column[k]) == row;
    sum += a.value[k];
    diagonal = own ? a.value[k] : diagonal;
    strongest = std::max(strongest, own ? 0.0 : -a.value[k]);
  }
  return strongest <= 0.0 || std::abs(sum) > dominated_row_sum * diagonal
             ? std::numeric_limits<double>::infinity()
             : strong_share * strongest;
}

// Puts the columns of a row's strong dependences into `list`, as long as the row; returns how many.
// Without branches on the entries: which are strong cannot be foreseen.
std::size_t list_strong(const SparseMatrix& a, std::size_t row, std::vector<int>& list) {
  const auto first = static_cast<std::size_t>(a.begin[row]);
  const auto last = static_cast<std::size_t>(a.begin[row + 1]);
  list.resize(std::max(list.size(), last - first));
  const double from = strong_from(a, row);
  std::size_t n = 0;
  for (std::size_t k = first; k < last; ++k) {
    list[n] = a.column[k];
    n += static_cast<std::size_t>(static_cast<std::size_t>(a.column[k]) != row) &
         static_cast<std::size_t>(-a.value[k] >= from);
  }
  return n;
}

Graph reversed(const Graph& g) {
  Graph r;
  r.begin.assign(g.begin.size(), 0);
  for (const int c : g.column)
    ++r.begin[static_cast<std::size_t>(c) + 1];
  for (std::size_t i = 0; i < g.rows(); ++i)
    r.begin[i + 1] += r.begin[i];
  r.column.resize(g.column.size());
  std::vector<std::int64_t> next(r.begin.begin(), r.begin.end() - 1);
  for (std::size_t row = 0; row < g.rows(); ++row)
    for (const int c : g.of(row))
      r.column[static_cast<std::size_t>(next[static_cast<std::size_t>(c)]++)] =
          static_cast<int>(row);
  return r;
}

// Unknowns by how many others want them; the longest waiting of the most wanted comes first.
class Wanted {
public:
  explicit Wanted(const Graph& dependents)
      : count_(dependents.rows()), next_(dependents.rows(), none),
        previous_(dependents.rows(), none) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < count_.size(); ++i)
      most = std::max(most, dependents.of(i).size());
    first_.assign(2 * most + 2, none); // a count grows by one per dependent at most
    last_ = first_;
    for (std::size_t i = 0; i < count_.size(); ++i) {
      count_[i] = static_cast<int>(dependents.of(i).size());
      append(static_cast<int>(i));
    }
  }

  // Of those that are wanted at all; -1 when none is left.
  int take() {
    while (top_ > 0 && first_[top_] == none)
      --top_;
    if (top_ == 0)
      return none;
    const int i = first_[top_];
    remove(i);
    return i;
  }
  void remove(int i) {
    const auto at = static_cast<std::size_t>(i);
    const auto list = static_cast<std::size_t>(count_[at]);
    (previous_[at] == none ? first_[list] : next_[static_cast<std::size_t>(previous_[at])]) =
        next_[at];
    (next_[at] == none ? last_[list] : previous_[static_cast<std::size_t>(next_[at])]) =
        previous_[at];
    next_[at] = previous_[at] = none;
  }
  int change(int i, int by) { // returns by how many it is wanted now
    remove(i);
    count_[static_cast<std::size_t>(i)] += by;
    append(i);
    return count_[static_cast<std::size_t>(i)];
  }

private:
  static constexpr int none = -1;
  void append(int i) {
    const auto at = static_cast<std::size_t>(i);
    const auto list = static_cast<std::size_t>(count_[at]);
    if (list >= first_.size()) {
      first_.resize(2 * list, none);
      last_.resize(2 * list, none);
    }
    previous_[at] = last_[list];
    (last_[list] == none ? first_[list] : next_[static_cast<std::size_t>(last_[list])]) = i;
    last_[list] = i;
    top_ = std::max(top_, list);
  }

  std::vector<int> count_, next_, previous_; // per unknown
  std::vector<int> first_, last_;            // per count
  std::size_t top_ = 0;
};

} // namespace

Graph strong_dependences(const SparseMatrix& a) {
  const auto n = static_cast<std::size_t>(a.rows);
  Graph g;
  g.begin.assign(n + 1, 0);
  const auto each_row = [&](const auto& use) { // use(row, its list, how many are in it)
    core::parallel_chunks(n, grain, [&](std::size_t first, std::size_t last) {
      std::vector<int> list;
      for (std::size_t row = first; row < last; ++row) {
        const std::size_t count = list_strong(a, row, list);
        use(row, list, count);
      }
    });
  };
  each_row([&](std::size_t row, const std::vector<int>&, std::size_t count) {
    g.begin[row + 1] = static_cast<std::int64_t>(count);
  });
  for (std::size_t i = 0; i < n; ++i)
    g.begin[i + 1] += g.begin[i];
  g.column.resize(static_cast<std::size_t>(g.begin[n]));
  each_row([&](std::size_t row, const std::vector<int>& list, std::size_t count) {
    std::copy_n(list.begin(), count, g.column.begin() + g.begin[row]);
  });
  return g;
}

CoarseUnknowns choose_coarse(const Graph& dependences) {
  enum class Kind : std::uint8_t { open, fine, coarse };
  const Graph dependents = reversed(dependences);
  const std::size_t n = dependences.rows();
  std::vector<Kind> kind(n, Kind::open);
  Wanted wanted(dependents);
  const auto is_open = [&](int i) { return kind[static_cast<std::size_t>(i)] == Kind::open; };
  const auto leave_out = [&](int i) {
    kind[static_cast<std::size_t>(i)] = Kind::fine;
    wanted.remove(i);
    for (const int k : dependences.of(static_cast<std::size_t>(i)))
      if (is_open(k))
        wanted.change(k, 1);
  };
  for (std::size_t i = 0; i < n; ++i)
    if (dependents.of(i).empty())
      leave_out(static_cast<int>(i));
  for (int i = wanted.take(); i >= 0; i = wanted.take()) {
    const auto at = static_cast<std::size_t>(i);
    kind[at] = Kind::coarse;
    for (const int j : dependents.of(at))
      if (is_open(j))
        leave_out(j);
    for (const int j : dependences.of(at))
      if (is_open(j) && wanted.change(j, -1) == 0)
        leave_out(j);
  }
  CoarseUnknowns out{.n = 0, .number = std::vector<int>(n, -1)};
  for (std::size_t i = 0; i < n; ++i)
    if (kind[i] == Kind::coarse)
      out.number[i] = out.n++;
  return out;
}

} // namespace foramen::field
