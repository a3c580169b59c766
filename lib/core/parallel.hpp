// Parallel loops whose results do not depend on the number of threads.
//
// The range is cut into chunks of `grain` indices; chunks are handed out in order to whichever
// thread is free, so a body must write only to what its index owns. `parallel_sum` adds chunk sums
// in chunk order: the same bits on one thread or many. Nested calls run serially in the calling
// thread. An exception in a body stops the loop and is rethrown in the caller.
#pragma once

#include <cstddef>
#include <functional>

namespace foramen::core {

// Number of threads that loops use, at least 1. Default: hardware threads.
std::size_t thread_count();
void set_thread_count(std::size_t n);

// body(begin, end) for consecutive chunks of at most `grain` (> 0) indices of [0, n).
void parallel_chunks(std::size_t n, std::size_t grain,
                     const std::function<void(std::size_t begin, std::size_t end)>& body);

// body(i) for each i of [0, n); grain indices at a time.
template <class Body> void parallel_for(std::size_t n, std::size_t grain, const Body& body) {
  parallel_chunks(n, grain, [&body](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      body(i);
  });
}

// Sum of chunk sums, added in chunk order. chunk_sum(begin, end) -> double.
double parallel_sum(std::size_t n, std::size_t grain,
                    const std::function<double(std::size_t begin, std::size_t end)>& chunk_sum);

} // namespace foramen::core
