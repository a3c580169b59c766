#include "config/source_text.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace foramen::config {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// UTF-8 continuation bytes take no column of their own.
bool starts_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
}

} // namespace

std::shared_ptr<const SourceText> SourceText::file(std::string name, std::string_view text) {
  return std::make_shared<const SourceText>(SourceText{std::move(name), lines_of(text), false});
}

std::shared_ptr<const SourceText> SourceText::override_of(std::string path, std::string_view text) {
  return std::make_shared<const SourceText>(
      SourceText{"--set " + std::move(path), lines_of(text), true});
}

std::string_view SourceText::line(int number) const {
  if (number < 1 || number > static_cast<int>(lines.size()))
    return {};
  return lines[static_cast<std::size_t>(number - 1)];
}

std::string SourceText::place(const Mark& mark) const {
  return is_override || mark.line == 0 ? name : name + ":" + std::to_string(mark.line);
}

std::string SourceText::snippet(const Mark& mark) const {
  if (mark.line < 1 || mark.line > static_cast<int>(lines.size()))
    return {};
  const std::string& line = lines[static_cast<std::size_t>(mark.line - 1)];
  const std::size_t begin = std::min(static_cast<std::size_t>(mark.column - 1), line.size());
  const std::size_t end = std::min(begin + static_cast<std::size_t>(mark.length), line.size());
  std::ostringstream out;
  const std::string number = is_override ? "" : std::to_string(mark.line);
  out << '\n' << std::setw(5) << number << " | " << line << "\n      | ";
  for (std::size_t i = 0; i < begin; ++i)
    if (starts_character(line[i]))
      out << (line[i] == '\t' ? '\t' : ' ');
  const auto marked =
      std::count_if(line.begin() + static_cast<std::ptrdiff_t>(begin),
                    line.begin() + static_cast<std::ptrdiff_t>(end), starts_character);
  out << std::string(static_cast<std::size_t>(std::max<std::ptrdiff_t>(marked, 1)), '^');
  return out.str();
}

} // namespace foramen::config
