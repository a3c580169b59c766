#include "field/edge_numbering.hpp"

#include "core/parallel.hpp"
#include "field/reference_element.hpp"

#include <algorithm>

namespace foramen::field {

EdgeNumbering::EdgeNumbering(int n_vertices, const std::vector<std::array<int, 4>>& tets) {
  const auto n = static_cast<std::size_t>(n_vertices);
  // All edges of all tetrahedra, bucketed by lower vertex; then each bucket sorted without
  // repetition.
  std::vector<int> bucket(n + 1, 0);
  for (const auto& t : tets)
    for (const auto& [a, b] : tet_edges)
      ++bucket[static_cast<std::size_t>(std::min(t[a], t[b])) + 1];
  for (std::size_t v = 0; v < n; ++v)
    bucket[v + 1] += bucket[v];
  std::vector<int> all(static_cast<std::size_t>(bucket[n]));
  std::vector<int> next(bucket.begin(), bucket.end() - 1);
  for (const auto& t : tets)
    for (const auto& [a, b] : tet_edges) {
      const auto low = static_cast<std::size_t>(std::min(t[a], t[b]));
      all[static_cast<std::size_t>(next[low]++)] = std::max(t[a], t[b]);
    }
  std::vector<int> count(n);
  core::parallel_for(n, 1024, [&](std::size_t v) {
    const auto first = all.begin() + bucket[v], last = all.begin() + bucket[v + 1];
    std::sort(first, last);
    count[v] = static_cast<int>(std::unique(first, last) - first);
  });
  begin_.assign(n + 1, 0);
  for (std::size_t v = 0; v < n; ++v)
    begin_[v + 1] = begin_[v] + count[v];
  upper_.resize(static_cast<std::size_t>(begin_[n]));
  for (std::size_t v = 0; v < n; ++v)
    std::copy_n(all.begin() + bucket[v], count[v], upper_.begin() + begin_[v]);
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
