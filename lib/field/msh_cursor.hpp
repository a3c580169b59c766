// A place in the bytes of a Gmsh file, and the numbers that follow it, as text or binary.
//
// Every step is checked against the end of the bytes. What is not as expected throws `LeftToGmsh`:
// either the file is at fault, or it has what this reader does not know. Numbers in binary are the
// machine's own (little-endian, 4-byte int, 8-byte double and size_t).
#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace foramen::field {

struct LeftToGmsh : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One value of bytes that need not be aligned.
template <class T> T value_at(const char* bytes) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

class MshCursor {
public:
  explicit MshCursor(std::string_view bytes)
      : begin_(bytes.data()), at_(begin_), end_(begin_ + bytes.size()) {}

  bool binary = false; // how the three below read

  std::int64_t int_value();  // int in binary
  std::int64_t size_value(); // size_t in binary; not negative
  double double_value();
  // A size_value that cannot exceed what is left of the file at `least_bytes` each.
  std::size_t count(std::size_t least_bytes);
  std::size_t checked_count(std::int64_t n, std::size_t least_bytes) const;

  const char* take(std::size_t n, std::size_t size); // n records of `size` bytes, n checked
  std::int64_t integer();                            // text
  double number();                                   // text
  std::string_view line();                           // the rest of it, without its end (\n or \r\n)
  // Past white space: the name of the next section, empty at the end of the file.
  std::string_view section();
  void end_section(std::string_view name);  // expects $End...
  void skip_section(std::string_view name); // up to after $End...
  bool rest_of_line_is_empty();             // and goes to the next

  [[noreturn]] void leave(const std::string& why) const; // with the place in the file

private:
  void skip_space();
  bool at_line_start() const { return at_ == begin_ || at_[-1] == '\n'; }
  template <class T> T parsed(const char* what);
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  const char* begin_;
  const char* at_;
  const char* end_;
};

} // namespace foramen::field
