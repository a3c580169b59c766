// Loops give the same bits on any number of threads.
#include "core/parallel.hpp"
#include "core/random.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace foramen::core;

namespace {

// Sets the number of threads for one scope.
struct Threads {
  explicit Threads(std::size_t n) { set_thread_count(n); }
  ~Threads() { set_thread_count(before); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  std::size_t before = thread_count();
};

double noisy_sum(std::size_t n) {
  return parallel_sum(n, 7, [](std::size_t begin, std::size_t end) {
    double sum = 0.0;
    for (std::size_t i = begin; i < end; ++i)
      sum += RandomStream(1, "sum", i).normal();
    return sum;
  });
}

} // namespace

TEST_CASE("sums have the same bits on one to four threads", "[core]") {
  double one = 0.0;
  {
    const Threads threads(1);
    one = noisy_sum(10000);
  }
  for (std::size_t n : {2u, 3u, 4u}) {
    const Threads threads(n);
    for (int repeat = 0; repeat < 5; ++repeat)
      CHECK(noisy_sum(10000) == one);
  }
}

TEST_CASE("each index is visited once, in chunks of the grain", "[core]") {
  for (const std::size_t n_threads : {1u, 2u, 4u}) {
    const Threads threads(n_threads);
    for (const std::size_t n : {0u, 1u, 6u, 7u, 8u, 1000u}) {
      std::vector<int> visits(n, 0);
      std::atomic<bool> in_chunks = true; // Catch's own checks are not for several threads
      parallel_chunks(n, 7, [&](std::size_t begin, std::size_t end) {
        if (begin % 7 != 0 || end != std::min<std::size_t>(begin + 7, n))
          in_chunks = false;
        for (std::size_t i = begin; i < end; ++i)
          ++visits[i];
      });
      CHECK(in_chunks);
      CHECK(visits == std::vector<int>(n, 1));
    }
  }
}

TEST_CASE("a grain beyond the range is one chunk", "[core]") {
  std::size_t chunks = 0;
  parallel_chunks(5, static_cast<std::size_t>(-1), [&](std::size_t begin, std::size_t end) {
    ++chunks;
    CHECK(begin == 0);
    CHECK(end == 5);
  });
  CHECK(chunks == 1);
  CHECK_THROWS_AS(parallel_chunks(5, 0, [](std::size_t, std::size_t) {}), std::logic_error);
}

TEST_CASE("an exception in a body reaches the caller and loops go on working", "[core]") {
  for (const std::size_t n_threads : {1u, 3u}) {
    const Threads threads(n_threads);
    std::atomic<int> bodies = 0;
    const auto failing = [&](std::size_t i) {
      ++bodies;
      if (i == 10)
        throw std::runtime_error("body 10");
    };
    CHECK_THROWS_WITH(parallel_for(100000, 1, failing), "body 10");
    CHECK(bodies < 100000); // the rest was not begun
    CHECK(noisy_sum(100) == noisy_sum(100));
  }
}

TEST_CASE("a loop within a loop runs in the calling thread", "[core]") {
  const Threads threads(4);
  std::vector<double> sums(8, 0.0);
  parallel_for(8, 1, [&](std::size_t i) {
    const auto caller = std::this_thread::get_id();
    parallel_for(10, 1, [&](std::size_t k) {
      if (std::this_thread::get_id() != caller)
        throw std::runtime_error("another thread");
      sums[i] += static_cast<double>(k);
    });
  });
  CHECK(sums == std::vector<double>(8, 45.0));
}

TEST_CASE("loops of two threads at once do not mix", "[core]") {
  const Threads threads(2);
  const double expected = noisy_sum(5000);
  double other = 0.0;
  std::thread second([&] { other = noisy_sum(5000); });
  const double mine = noisy_sum(5000);
  second.join();
  CHECK(mine == expected);
  CHECK(other == expected);
}

TEST_CASE("the number of threads cannot change within a loop", "[core]") {
  const Threads threads(2);
  CHECK_THROWS_AS(parallel_for(10, 1, [](std::size_t) { set_thread_count(1); }), std::logic_error);
  CHECK_THROWS_AS(set_thread_count(0), std::logic_error);
  CHECK(thread_count() == 2);
}
