#include "core/parallel.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace foramen::core {
namespace {

thread_local bool inside_loop = false;

// Threads that wait for loops. One loop at a time; workers sleep in between.
class Team {
public:
  explicit Team(std::size_t workers) {
    for (std::size_t i = 0; i < workers; ++i)
      threads_.emplace_back([this] { serve(); });
  }
  ~Team() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    for (std::thread& t : threads_)
      t.join();
  }
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  std::size_t workers() const { return threads_.size(); }

  void run(std::size_t chunks, const std::function<void(std::size_t)>& chunk) {
    {
      const std::lock_guard lock(mutex_);
      chunk_ = &chunk;
      n_chunks_ = chunks;
      next_ = 0;
      error_ = nullptr;
      active_ = threads_.size();
      ++generation_;
    }
    wake_.notify_all();
    work(); // the caller is one of the team
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return active_ == 0; });
    chunk_ = nullptr;
    if (error_)
      std::rethrow_exception(error_);
  }

private:
  void work() {
    inside_loop = true;
    for (std::size_t i = next_++; i < n_chunks_; i = next_++) {
      try {
        (*chunk_)(i);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!error_)
          error_ = std::current_exception();
        next_ = n_chunks_;
      }
    }
    inside_loop = false;
  }
  void serve() {
    std::size_t seen = 0;
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [&] { return stop_ || generation_ != seen; });
      if (stop_)
        return;
      seen = generation_;
      lock.unlock();
      work();
      lock.lock();
      if (--active_ == 0)
        idle_.notify_one();
    }
  }

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable wake_, idle_;
  const std::function<void(std::size_t)>* chunk_ = nullptr;
  std::size_t n_chunks_ = 0, active_ = 0, generation_ = 0;
  std::atomic<std::size_t> next_ = 0;
  std::exception_ptr error_;
  bool stop_ = false;
};

std::atomic<std::size_t> requested_threads = std::max(1u, std::thread::hardware_concurrency());

std::size_t chunk_count(std::size_t n, std::size_t grain) {
  return n / grain + (n % grain != 0 ? 1 : 0);
}

std::unique_ptr<Team> team;
std::mutex team_mutex; // one loop at a time uses the team; others run serially

} // namespace

std::size_t thread_count() {
  return requested_threads;
}

void set_thread_count(std::size_t n) {
  FORAMEN_EXPECT(n > 0, "n = ", n);
  FORAMEN_EXPECT(!inside_loop, "the number of threads is set from inside a loop");
  const std::lock_guard lock(team_mutex);
  requested_threads = n;
  team.reset();
}

void parallel_chunks(std::size_t n, std::size_t grain,
                     const std::function<void(std::size_t, std::size_t)>& body) {
  FORAMEN_EXPECT(grain > 0, "grain = ", grain);
  const std::size_t chunks = chunk_count(n, grain);
  const std::function<void(std::size_t)> chunk = [&](std::size_t c) {
    body(c * grain, c * grain + std::min(grain, n - c * grain));
  };
  std::unique_lock lock(team_mutex, std::defer_lock);
  if (inside_loop || chunks < 2 || requested_threads < 2 || !lock.try_lock()) {
    for (std::size_t c = 0; c < chunks; ++c)
      chunk(c);
    return;
  }
  if (!team)
    team = std::make_unique<Team>(requested_threads - 1);
  team->run(chunks, chunk);
}

double parallel_sum(std::size_t n, std::size_t grain,
                    const std::function<double(std::size_t, std::size_t)>& chunk_sum) {
  FORAMEN_EXPECT(grain > 0, "grain = ", grain);
  std::vector<double> sums(chunk_count(n, grain), 0.0);
  parallel_chunks(n, grain, [&](std::size_t begin, std::size_t end) {
    sums[begin / grain] = chunk_sum(begin, end);
  });
  double total = 0.0;
  for (const double sum : sums)
    total += sum;
  return total;
}

} // namespace foramen::core
