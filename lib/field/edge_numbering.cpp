#include "field/edge_numbering.hpp"

#include "core/parallel.hpp"
#include "field/reference_element.hpp"

#include <algorithm>

namespace foramen::field {

EdgeNumbering::EdgeNumbering(int n_vertices, const std::vector<std::array<int, 4>>& tets,
                             const Ranks& ranks) {
  const std::vector<std::size_t> bounds = ranks.split(static_cast<std::size_t>(n_vertices));
  const std::size_t mine = bounds[ranks.mine()], n = bounds[ranks.mine() + 1] - mine;
  // The edges of all tetrahedra, of this rank's lower vertices, in buckets by lower vertex; then
  // each bucket sorted without repetition.
  const auto each = [&](const auto& found) {
    for (const auto& t : tets)
      for (const auto& [a, b] : tet_edges)
        if (const auto low = static_cast<std::size_t>(std::min(t[a], t[b])) - mine; low < n)
          found(low, std::max(t[a], t[b])); // unsigned: lower ones are not below n either
  };
  std::vector<int> bucket(n + 1, 0);
  each([&](std::size_t low, int) { ++bucket[low + 1]; });
  for (std::size_t v = 0; v < n; ++v)
    bucket[v + 1] += bucket[v];
  std::vector<int> all(static_cast<std::size_t>(bucket[n]));
  std::vector<int> next(bucket.begin(), bucket.end() - 1);
  each([&](std::size_t low, int upper) { all[static_cast<std::size_t>(next[low]++)] = upper; });
  std::vector<int> count(n);
  core::parallel_for(n, 1024, [&](std::size_t v) {
    const auto first = all.begin() + bucket[v], last = all.begin() + bucket[v + 1];
    std::sort(first, last);
    count[v] = static_cast<int>(std::unique(first, last) - first);
  });
  std::vector<int> own;
  own.reserve(all.size() / 4); // five tetrahedra share an edge
  for (std::size_t v = 0; v < n; ++v)
    own.insert(own.end(), all.begin() + bucket[v], all.begin() + bucket[v] + count[v]);
  begin_.assign(1, 0);
  if (ranks.several()) {
    count = ranks.join(std::span<const int>(count));
    own = ranks.join(std::span<const int>(own));
  }
  for (const int c : count)
    begin_.push_back(begin_.back() + c);
  upper_ = std::move(own);
}

int EdgeNumbering::find(int a, int b) const {
  const auto low = static_cast<std::size_t>(std::min(a, b));
  const auto first = upper_.begin() + begin_[low], last = upper_.begin() + begin_[low + 1];
  const auto it = std::lower_bound(first, last, std::max(a, b));
  return it != last && *it == std::max(a, b) ? static_cast<int>(it - upper_.begin()) : -1;
}

std::vector<std::array<int, 2>> EdgeNumbering::ends() const {
  std::vector<std::array<int, 2>> ends(upper_.size());
  for (std::size_t v = 0; v + 1 < begin_.size(); ++v)
    for (int e = begin_[v]; e < begin_[v + 1]; ++e)
      ends[static_cast<std::size_t>(e)] = {static_cast<int>(v),
                                           upper_[static_cast<std::size_t>(e)]};
  return ends;
}

} // namespace foramen::field
