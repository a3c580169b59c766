#include "config/toml_syntax_error.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <regex>
#include <sstream>
#include <vector>

namespace foramen::config {
namespace {

using core::concat;

// std::regex recurses once per character: longer lines are not looked at.
constexpr std::size_t longest_line = 2000;

// What the user probably meant by a line that does not parse.
std::string remedy_for(std::string_view line) {
  static const std::regex unquoted(
      R"(^\s*([A-Za-z0-9_.-]+)\s*=\s*([^"'\[\{\s][^"'#,]*?)\s*(#.*)?$)");
  static const std::regex colon(R"(^\s*[A-Za-z0-9_.-]+\s*:.*$)");
  const std::string text(line.substr(0, longest_line));
  std::smatch parts;
  if (std::regex_match(text, parts, unquoted)) {
    const std::string value = parts[2];
    if (value == "True" || value == "False" || value == "TRUE" || value == "FALSE")
      return concat("write ", parts[1], " = ", value[0] == 'T' ? "true" : "false");
    return concat("texts and values with a unit stand in quotes: write ", parts[1], " = \"", value,
                  "\"");
  }
  if (std::regex_match(text, colon))
    return "write key = value, with '=' instead of ':'";
  return "see https://toml.io for the grammar; texts and values with a unit stand in quotes";
}

} // namespace

void refuse_toml(const SourceText& source, const Mark& mark, const std::string& cause,
                 const std::string& remedy) {
  const std::string place = source.is_override || mark.line == 0
                                ? source.name
                                : concat(source.name, ":", mark.line, ":", mark.column);
  throw core::ConfigError(place, cause + source.snippet(mark), remedy);
}

void refuse_syntax(const std::string& report, const SourceText& source) {
  static const std::regex headline(R"(^\[error\] (?:toml::\w+: )?(.*)$)");
  static const std::regex numbered(R"(^ *(\d+) \| .*$)");
  static const std::regex marked(R"(^ +\| ( *)([~^]+)-* ?(.*)$)");
  std::string cause = "not TOML";
  std::vector<std::pair<Mark, std::string>> places;
  std::istringstream in(report);
  std::smatch parts;
  for (std::string line; std::getline(in, line);) {
    line.resize(std::min(line.size(), longest_line));
    if (std::regex_match(line, parts, headline))
      cause = parts[1];
    else if (std::regex_match(line, parts, numbered))
      places.push_back({{std::stoi(parts[1]), 1, 1}, ""});
    else if (!places.empty() && std::regex_match(line, parts, marked)) {
      places.back().first.column = static_cast<int>(parts[1].length()) + 1;
      places.back().first.length = static_cast<int>(parts[2].length());
      places.back().second = parts[3];
    }
  }
  if (places.empty())
    refuse_toml(source, {}, cause, remedy_for({}));
  auto& [mark, comment] = places.back();
  if (mark.line > static_cast<int>(source.lines.size()) && !source.lines.empty())
    mark = {static_cast<int>(source.lines.size()), static_cast<int>(source.lines.back().size()) + 1,
            1}; // the text ends too early
  if (comment == "value defined twice" || comment == "table defined twice")
    refuse_toml(source, mark, cause,
                concat("keep one; the first is in line ", places.front().first.line));
  if (!comment.empty() && comment != "here")
    cause += ": " + comment;
  refuse_toml(source, mark, cause, remedy_for(source.line(mark.line)));
}

} // namespace foramen::config
