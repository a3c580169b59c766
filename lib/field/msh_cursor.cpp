#include "field/msh_cursor.hpp"

#include <bit>
#include <charconv>
#include <limits>

namespace foramen::field {
namespace {

static_assert(sizeof(int) == 4 && sizeof(double) == 8);

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// Larger numbers than any mesh has; their sums and products with small ones do not overflow.
constexpr std::int64_t largest = std::int64_t{1} << 53;

} // namespace

void MshCursor::leave(const std::string& why) const {
  throw LeftToGmsh(core::concat("byte ", at_ - begin_, ": ", why));
}

void MshCursor::skip_space() {
  while (at_ != end_ && is_space(*at_))
    ++at_;
}

template <class T> T MshCursor::parsed(const char* what) {
  skip_space();
  T value{};
  const auto [after, problem] = std::from_chars(at_, end_, value);
  if (problem != std::errc{} || (after != end_ && !is_space(*after)))
    leave(core::concat("no ", what));
  at_ = after;
  return value;
}

std::int64_t MshCursor::integer() {
  const auto value = parsed<std::int64_t>("whole number");
  if (value > largest || value < -largest)
    leave("a number out of range");
  return value;
}

double MshCursor::number() {
  return parsed<double>("number");
}

std::int64_t MshCursor::int_value() {
  if (binary)
    return value_at<std::int32_t>(take(1, 4));
  const std::int64_t value = integer();
  if (value != static_cast<std::int32_t>(value))
    leave("a number out of range");
  return value;
}

std::int64_t MshCursor::size_value() {
  const std::int64_t value = binary ? value_at<std::int64_t>(take(1, 8)) : integer();
  if (value < 0 || value > largest)
    leave("a number out of range");
  return value;
}

double MshCursor::double_value() {
  return binary ? value_at<double>(take(1, 8)) : number();
}

std::size_t MshCursor::count(std::size_t least_bytes) {
  return checked_count(size_value(), least_bytes);
}

std::size_t MshCursor::checked_count(std::int64_t n, std::size_t least_bytes) const {
  if (n < 0 || static_cast<std::uint64_t>(n) > left() / least_bytes)
    leave(core::concat("a count of ", n));
  return static_cast<std::size_t>(n);
}

const char* MshCursor::take(std::size_t n, std::size_t size) {
  if (n > left() / size)
    leave("the end of the file");
  const char* first = at_;
  at_ += n * size;
  return first;
}

std::string_view MshCursor::line() {
  const char* first = at_;
  const auto* end = static_cast<const char*>(std::memchr(at_, '\n', left()));
  at_ = end == nullptr ? end_ : end + 1;
  std::string_view text(first, static_cast<std::size_t>((end == nullptr ? end_ : end) - first));
  if (text.ends_with('\r'))
    text.remove_suffix(1);
  return text;
}

bool MshCursor::rest_of_line_is_empty() {
  const std::string_view text = line();
  for (const char c : text)
    if (!is_space(c))
      return false;
  return true;
}

std::string_view MshCursor::section() {
  skip_space();
  if (at_ == end_)
    return {};
  const bool whole_line = at_line_start();
  std::string_view name = line();
  if (!whole_line || !name.starts_with('$'))
    leave("no section begins");
  name.remove_prefix(1);
  while (!name.empty() && is_space(name.back()))
    name.remove_suffix(1);
  if (name.empty() || name.starts_with("End"))
    leave("no section begins");
  return name;
}

void MshCursor::end_section(std::string_view name) {
  skip_space();
  const bool whole_line = at_line_start(); // Gmsh looks for sections there alone
  std::string_view text = line();
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  if (!whole_line || !text.starts_with("$End") || text.substr(4) != name)
    leave(core::concat("no $End", name));
}

void MshCursor::skip_section(std::string_view name) {
  const std::string end = core::concat("\n$End", name);
  const std::string_view rest(at_, left());
  const std::size_t found = rest.find(end);
  if (found == std::string_view::npos)
    leave(core::concat("no $End", name));
  at_ += found;
  end_section(name);
}

} // namespace foramen::field
