// The processes that share one field: `mpirun -n 4 foramen run ...`, or srun.
//
// Every rank runs the same program and holds part of the rows; what they tell each other goes
// through here, and only here MPI is seen. Without mpirun there is one rank, and MPI is not even
// started. Calls are collective unless they say otherwise: all ranks make them, in the same order,
// from one thread.
//
// Errors: `together` makes an error on any rank the error of all; a lost process ends the others
// (MPI's own behaviour). Cost: a message between two ranks takes some microseconds, plus its bytes.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <type_traits>
#include <vector>

namespace foramen::field {

class Ranks {
public:
  static const Ranks& alone(); // this process
  static const Ranks& all();   // those that mpirun or srun started together; starts MPI if several

  std::size_t count() const { return count_; }
  std::size_t mine() const { return mine_; }
  bool several() const { return count_ > 1; }
  bool first() const { return mine_ == 0; }

  // n items in whole chunks, evenly: rank r takes [bounds[r], bounds[r + 1]).
  std::vector<std::size_t> split(std::size_t n, std::size_t chunk = 1) const;

  // Every rank has filled its part of `values`; afterwards all have everything.
  template <class T> void gather(std::span<T> values, std::span<const std::size_t> bounds) const;
  // The ranks' values one after the other: on every rank, or on the first (others get nothing).
  template <class T> std::vector<T> join(std::span<const T> mine) const;
  template <class T> std::vector<T> join_at_first(std::span<const T> mine) const;
  // From the first rank to all, or to each the part of `values` that `bounds` gives it.
  template <class T> void broadcast(std::vector<T>& values) const;
  template <class T>
  std::vector<T> scatter(std::span<const T> values, std::span<const std::size_t> bounds) const;

  struct Message {
    std::size_t rank; // to whom, or from whom
    void* data;
    std::size_t bytes;
  };
  // Not collective: between those that name each other. At most one message per pair.
  void swap(std::span<const Message> send, std::span<const Message> receive) const;
  // to[r] reaches rank r as its answer's entry of this rank.
  std::vector<std::vector<int>> exchange(const std::vector<std::vector<int>>& to) const;

  // Runs `work`; when it fails on any rank, throws on all what the first of those said.
  void together(const std::function<void()>& work) const;
  // Others wait, asleep, until the first rank says a number.
  int wait_for_first() const;
  void say(int number) const;

private:
  Ranks(std::size_t count, std::size_t mine) : count_(count), mine_(mine) {}
  std::vector<std::size_t> sizes(std::size_t bytes) const; // each rank's, on every rank
  void gather_bytes(const void* mine, void* all, std::span<const std::size_t> bytes) const;
  void gather_bytes_at_first(const void* mine, void* all, std::span<const std::size_t> bytes) const;
  void scatter_bytes(const void* all, void* mine, std::span<const std::size_t> bytes) const;
  void broadcast_bytes(void* data, std::size_t bytes) const;

  std::size_t count_, mine_;
};

template <class T>
void Ranks::gather(std::span<T> values, std::span<const std::size_t> bounds) const {
  static_assert(std::is_trivially_copyable_v<T>);
  if (!several())
    return;
  std::vector<std::size_t> bytes;
  for (std::size_t r = 0; r < count_; ++r)
    bytes.push_back((bounds[r + 1] - bounds[r]) * sizeof(T));
  const std::vector<T> part(values.begin() + static_cast<std::ptrdiff_t>(bounds[mine_]),
                            values.begin() + static_cast<std::ptrdiff_t>(bounds[mine_ + 1]));
  gather_bytes(part.data(), values.data(), bytes);
}

template <class T> std::vector<T> Ranks::join(std::span<const T> mine) const {
  static_assert(std::is_trivially_copyable_v<T>);
  const std::vector<std::size_t> bytes = sizes(mine.size_bytes());
  std::size_t total = 0;
  for (const std::size_t b : bytes)
    total += b;
  std::vector<T> all(total / sizeof(T));
  gather_bytes(mine.data(), all.data(), bytes);
  return all;
}

template <class T> std::vector<T> Ranks::join_at_first(std::span<const T> mine) const {
  static_assert(std::is_trivially_copyable_v<T>);
  const std::vector<std::size_t> bytes = sizes(mine.size_bytes());
  std::size_t total = 0;
  for (const std::size_t b : bytes)
    total += b;
  std::vector<T> all(first() ? total / sizeof(T) : 0);
  gather_bytes_at_first(mine.data(), all.data(), bytes);
  return all;
}

template <class T> void Ranks::broadcast(std::vector<T>& values) const {
  static_assert(std::is_trivially_copyable_v<T>);
  if (!several())
    return;
  std::size_t n = values.size();
  broadcast_bytes(&n, sizeof n);
  values.resize(n);
  broadcast_bytes(values.data(), n * sizeof(T));
}

template <class T>
std::vector<T> Ranks::scatter(std::span<const T> values,
                              std::span<const std::size_t> bounds) const {
  static_assert(std::is_trivially_copyable_v<T>);
  std::vector<std::size_t> bytes;
  for (std::size_t r = 0; r < count_; ++r)
    bytes.push_back((bounds[r + 1] - bounds[r]) * sizeof(T));
  std::vector<T> part(bytes[mine_] / sizeof(T));
  scatter_bytes(values.data(), part.data(), bytes);
  return part;
}

} // namespace foramen::field
