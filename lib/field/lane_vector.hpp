// Vectors of rows x lanes: one lane per contact, the lanes of a row side by side and aligned.
//
// All contacts are solved at once: each matrix entry is read once for all of them, and the lanes
// are what the processor's vector units work on. Lanes are padded to 4, 8 or 16; padding lanes hold
// zeros.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

namespace foramen::field {

inline constexpr std::size_t most_lanes = 16;

inline std::size_t padded_lanes(std::size_t n) {
  return n <= 4 ? 4 : n <= 8 ? 8 : most_lanes;
}

template <class Number> class LaneVector {
public:
  LaneVector() = default;
  LaneVector(std::size_t rows, std::size_t lanes) : rows_(rows), lanes_(lanes) {
    constexpr std::size_t line = 64; // bytes of a cache line
    const std::size_t bytes = std::max<std::size_t>(rows * lanes * sizeof(Number), 1);
    data_.reset(static_cast<Number*>(std::aligned_alloc(line, (bytes + line - 1) / line * line)));
    if (!data_)
      throw std::bad_alloc();
    std::fill_n(data_.get(), rows * lanes, Number(0));
  }
  std::size_t rows() const { return rows_; }
  std::size_t lanes() const { return lanes_; }
  Number* data() { return data_.get(); }
  const Number* data() const { return data_.get(); }
  Number& operator()(std::size_t row, std::size_t lane) { return data_[row * lanes_ + lane]; }
  const Number& operator()(std::size_t row, std::size_t lane) const {
    return data_[row * lanes_ + lane];
  }

private:
  struct Free {
    void operator()(Number* p) const { std::free(p); }
  };
  std::size_t rows_ = 0, lanes_ = 0;
  std::unique_ptr<Number[], Free> data_;
};

} // namespace foramen::field
