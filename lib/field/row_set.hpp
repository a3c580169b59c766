// A set of row numbers below n that tells where each stands among its members.
//
// A bit per number, and per 64 of them how many members come before: 0.2 bytes per number, and both
// questions cost a look or two at memory.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace foramen::field {

class RowSet {
public:
  explicit RowSet(std::size_t n = 0) : bits_((n + 63) / 64, 0) {}

  void insert(std::size_t row) { bits_[row / 64] |= std::uint64_t{1} << row % 64; }
  // After the last `insert`, before the first `place`.
  void count() {
    before_.clear();
    std::uint32_t members = 0;
    for (const std::uint64_t word : bits_) {
      before_.push_back(members);
      members += static_cast<std::uint32_t>(std::popcount(word));
    }
  }
  bool has(std::size_t row) const {
    return row / 64 < bits_.size() && (bits_[row / 64] >> row % 64 & 1) != 0;
  }
  // How many members are less than `row`.
  std::size_t place(std::size_t row) const {
    const std::uint64_t below = (std::uint64_t{1} << row % 64) - 1;
    return before_[row / 64] + static_cast<std::size_t>(std::popcount(bits_[row / 64] & below));
  }
  // In ascending order.
  std::vector<int> members() const {
    std::vector<int> all;
    for (std::size_t i = 0; i < bits_.size(); ++i)
      for (std::uint64_t word = bits_[i]; word != 0; word &= word - 1)
        all.push_back(static_cast<int>(64 * i) + std::countr_zero(word));
    return all;
  }

private:
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> before_; // per word
};

} // namespace foramen::field
