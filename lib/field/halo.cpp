#include "field/halo.hpp"

#include "core/error.hpp"

#include <cstring>

namespace foramen::field {

Halo::Halo(const Ranks& ranks, std::span<const std::size_t> bounds,
           std::initializer_list<std::span<const int>> needed)
    : ranks_(&ranks), first_(bounds[ranks.mine()]), own_(bounds[ranks.mine() + 1] - first_),
      copied_(bounds.back()) {
  for (const std::span<const int> rows : needed)
    for (const int row : rows)
      if (static_cast<std::size_t>(row) - first_ >= own_) // wraps for those before
        copied_.insert(static_cast<std::size_t>(row));
  copied_.count();
  copies_ = copied_.members();
  total_ = own_ + copies_.size();
  if (!ranks.several())
    return;
  std::vector<std::vector<int>> wanted(ranks.count());
  std::size_t at = 0;
  for (std::size_t r = 0; r < ranks.count(); ++r) {
    const std::size_t begin = at;
    for (; at < copies_.size() && static_cast<std::size_t>(copies_[at]) < bounds[r + 1]; ++at)
      wanted[r].push_back(copies_[at]);
    if (at > begin)
      receives_.push_back({r, own_ + begin, own_ + at});
  }
  std::vector<std::vector<int>> asked = ranks.exchange(wanted);
  for (std::size_t r = 0; r < ranks.count(); ++r) {
    if (asked[r].empty())
      continue;
    for (int& row : asked[r])
      row -= static_cast<int>(first_);
    sends_.push_back({r, std::move(asked[r])});
  }
}

int Halo::local_copy(int global) const {
  const auto row = static_cast<std::size_t>(global);
  FORAMEN_EXPECT(copied_.has(row), "row ", global);
  return static_cast<int>(own_ + copied_.place(row));
}

void Halo::refresh_bytes(void* rows, std::size_t row_bytes) const {
  auto* data = static_cast<char*>(rows);
  std::vector<std::vector<char>> packed(sends_.size());
  std::vector<Ranks::Message> send, receive;
  for (std::size_t i = 0; i < sends_.size(); ++i) {
    packed[i].resize(sends_[i].rows.size() * row_bytes);
    char* to = packed[i].data();
    for (const int row : sends_[i].rows) {
      std::memcpy(to, data + static_cast<std::size_t>(row) * row_bytes, row_bytes);
      to += row_bytes;
    }
    send.push_back({sends_[i].rank, packed[i].data(), packed[i].size()});
  }
  for (const Block& b : receives_)
    receive.push_back({b.rank, data + b.begin * row_bytes, (b.end - b.begin) * row_bytes});
  ranks_->swap(send, receive);
}

} // namespace foramen::field
