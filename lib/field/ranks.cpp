#include "field/ranks.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mpi.h>
#include <string>
#include <thread>

namespace foramen::field {
namespace {

constexpr int tag = 7;
// MPI counts are ints: longer messages go in pieces.
constexpr std::size_t piece = std::size_t{1} << 30;

std::size_t number_in(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? 0 : std::strtoul(text, nullptr, 10);
}

// Whether a launcher started several of us: Open MPI's mpirun, or srun through PMI or PMIx.
bool launched_together() {
  return number_in("OMPI_COMM_WORLD_SIZE") > 1 || number_in("PMI_SIZE") > 1 ||
         (std::getenv("PMIX_RANK") != nullptr && number_in("SLURM_NTASKS") > 1);
}

void post(const Ranks::Message& m, bool send, std::vector<MPI_Request>& requests) {
  auto* at = static_cast<char*>(m.data);
  for (std::size_t done = 0; done < m.bytes; done += piece) {
    const int n = static_cast<int>(std::min(piece, m.bytes - done)),
              peer = static_cast<int>(m.rank);
    requests.push_back(MPI_REQUEST_NULL);
    if (send)
      MPI_Isend(at + done, n, MPI_BYTE, peer, tag, MPI_COMM_WORLD, &requests.back());
    else
      MPI_Irecv(at + done, n, MPI_BYTE, peer, tag, MPI_COMM_WORLD, &requests.back());
  }
}

} // namespace

const Ranks& Ranks::alone() {
  static const Ranks one(1, 0);
  return one;
}

const Ranks& Ranks::all() {
  static const Ranks ranks = [] {
    if (!launched_together())
      return Ranks(1, 0);
    int running = 0, threads = 0, count = 1, mine = 0;
    MPI_Initialized(&running);
    if (!running) {
      MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &threads);
      std::atexit([] { MPI_Finalize(); });
    }
    MPI_Comm_size(MPI_COMM_WORLD, &count);
    MPI_Comm_rank(MPI_COMM_WORLD, &mine);
    return Ranks(static_cast<std::size_t>(count), static_cast<std::size_t>(mine));
  }();
  return ranks;
}

std::vector<std::size_t> Ranks::split(std::size_t n, std::size_t chunk) const {
  const std::size_t chunks = (n + chunk - 1) / chunk;
  std::vector<std::size_t> bounds;
  for (std::size_t r = 0; r <= count_; ++r)
    bounds.push_back(std::min(n, chunks * r / count_ * chunk));
  return bounds;
}

void Ranks::swap(std::span<const Message> send, std::span<const Message> receive) const {
  if (send.empty() && receive.empty()) // also alone, without MPI
    return;
  std::vector<MPI_Request> requests;
  for (const Message& m : receive)
    post(m, false, requests);
  for (const Message& m : send)
    post(m, true, requests);
  MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
}

std::vector<std::size_t> Ranks::sizes(std::size_t bytes) const {
  std::vector<std::size_t> all(count_, bytes);
  if (several())
    MPI_Allgather(&bytes, sizeof bytes, MPI_BYTE, all.data(), sizeof bytes, MPI_BYTE,
                  MPI_COMM_WORLD);
  return all;
}

void Ranks::gather_bytes(const void* mine, void* all, std::span<const std::size_t> bytes) const {
  gather_bytes_at_first(mine, all, bytes);
  std::size_t total = 0;
  for (const std::size_t b : bytes)
    total += b;
  broadcast_bytes(all, total);
}

void Ranks::gather_bytes_at_first(const void* mine, void* all,
                                  std::span<const std::size_t> bytes) const {
  if (!first()) {
    const Message out{0, const_cast<void*>(mine), bytes[mine_]};
    return swap({&out, 1}, {});
  }
  if (bytes[0] > 0)
    std::memcpy(all, mine, bytes[0]);
  std::vector<Message> in;
  auto* at = static_cast<char*>(all) + bytes[0];
  for (std::size_t r = 1; r < count_; at += bytes[r++])
    in.push_back({r, at, bytes[r]});
  swap({}, in);
}

void Ranks::scatter_bytes(const void* all, void* mine, std::span<const std::size_t> bytes) const {
  if (!first()) {
    const Message in{0, mine, bytes[mine_]};
    return swap({}, {&in, 1});
  }
  if (bytes[0] > 0)
    std::memcpy(mine, all, bytes[0]);
  std::vector<Message> out;
  auto* at = static_cast<char*>(const_cast<void*>(all)) + bytes[0];
  for (std::size_t r = 1; r < count_; at += bytes[r++])
    out.push_back({r, at, bytes[r]});
  swap(out, {});
}

void Ranks::broadcast_bytes(void* data, std::size_t bytes) const {
  auto* at = static_cast<char*>(data);
  for (std::size_t done = 0; several() && done < bytes; done += piece)
    MPI_Bcast(at + done, static_cast<int>(std::min(piece, bytes - done)), MPI_BYTE, 0,
              MPI_COMM_WORLD);
}

std::vector<std::vector<int>> Ranks::exchange(const std::vector<std::vector<int>>& to) const {
  if (!several())
    return to;
  std::vector<int> lengths, theirs(count_);
  for (const std::vector<int>& list : to)
    lengths.push_back(static_cast<int>(list.size()));
  MPI_Alltoall(lengths.data(), 1, MPI_INT, theirs.data(), 1, MPI_INT, MPI_COMM_WORLD);
  std::vector<std::vector<int>> from(count_);
  std::vector<Message> send, receive;
  for (std::size_t r = 0; r < count_; ++r) {
    from[r].resize(static_cast<std::size_t>(theirs[r]));
    if (!to[r].empty())
      send.push_back({r, const_cast<int*>(to[r].data()), to[r].size() * sizeof(int)});
    if (!from[r].empty())
      receive.push_back({r, from[r].data(), from[r].size() * sizeof(int)});
  }
  swap(send, receive);
  return from;
}

void Ranks::together(const std::function<void()>& work) const {
  if (!several())
    return work();
  // Kind, then place, cause and remedy, each closed by a zero; nothing when all went well.
  std::string report;
  const auto note = [&](int kind, std::initializer_list<std::string> texts) {
    report = std::to_string(kind);
    for (const std::string& text : texts)
      report += '\0' + text;
  };
  try {
    work();
  } catch (const core::Error& e) {
    note(static_cast<int>(e.exit_code()), {e.place(), e.cause(), e.remedy()});
  } catch (const std::exception& e) {
    note(static_cast<int>(core::ExitCode::solver_failed),
         {core::concat("rank ", mine_), e.what(), "please report this"});
  }
  const std::vector<std::size_t> lengths = sizes(report.size());
  const std::vector<char> all = join(std::span<const char>(report));
  const auto failed = std::find_if(lengths.begin(), lengths.end(), [](auto n) { return n > 0; });
  if (failed == lengths.end())
    return;
  std::string parts[4];
  std::size_t part = 0;
  for (const char c : std::span(all).first(*failed)) {
    if (c == '\0')
      ++part;
    else
      parts[part] += c;
  }
  throw core::Error(static_cast<core::ExitCode>(std::stoi(parts[0])), parts[1], parts[2], parts[3]);
}

int Ranks::wait_for_first() const {
  int number = 0, done = 0;
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibcast(&number, 1, MPI_INT, 0, MPI_COMM_WORLD, &request);
  for (; !done; MPI_Test(&request, &done, MPI_STATUS_IGNORE))
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return number;
}

void Ranks::say(int number) const {
  if (!several())
    return;
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibcast(&number, 1, MPI_INT, 0, MPI_COMM_WORLD, &request);
  MPI_Wait(&request, MPI_STATUS_IGNORE);
}

} // namespace foramen::field
