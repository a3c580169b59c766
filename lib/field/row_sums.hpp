// Sums over the rows of all ranks that come out the same, to the bit, on any number of ranks and
// threads: rows are summed in chunks of `row_chunk`, chunks are added in global order. Ranks own
// whole chunks.
#pragma once

#include "core/parallel.hpp"
#include "field/lane_kernels.hpp"
#include "field/lane_vector.hpp"
#include "field/ranks.hpp"

#include <array>

namespace foramen::field {

inline constexpr std::size_t row_chunk = 2048;
using PerLane = std::array<double, most_lanes>;

// Runs body(range, sums) over this rank's rows; collective.
template <std::size_t count, class Body>
std::array<PerLane, count> sum_rows(const Ranks& ranks, std::size_t own, std::size_t lanes,
                                    const Body& body) {
  using Sums = std::array<PerLane, count>;
  std::vector<Sums> partial((own + row_chunk - 1) / row_chunk);
  core::parallel_chunks(own, row_chunk, [&](std::size_t begin, std::size_t end) {
    body(Range{begin, end, lanes}, partial[begin / row_chunk]);
  });
  if (ranks.several())
    partial = ranks.join(std::span<const Sums>(partial));
  Sums total{};
  for (const Sums& sums : partial)
    for (std::size_t k = 0; k < count; ++k)
      for (std::size_t l = 0; l < lanes; ++l)
        total[k][l] += sums[k][l];
  return total;
}

// The same without sums; not collective.
template <class Body> void each_row_range(std::size_t own, std::size_t lanes, const Body& body) {
  core::parallel_chunks(own, row_chunk, [&](std::size_t begin, std::size_t end) {
    body(Range{begin, end, lanes});
  });
}

} // namespace foramen::field
