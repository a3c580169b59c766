#include "config/toml_syntax_error.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <vector>

namespace foramen::config {
namespace {

using core::concat;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// What the user probably meant by a line that does not parse.
std::string remedy_for(std::string_view line) {
  constexpr std::string_view key_characters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";
  const std::string_view body = trimmed(line);
  const std::size_t key_end = std::min(body.find_first_not_of(key_characters), body.size());
  const std::string_view key = body.substr(0, key_end);
  const std::string_view rest = trimmed(body.substr(key_end));
  if (!key.empty() && rest.starts_with(':'))
    return "write key = value, with '=' instead of ':'";
  if (!key.empty() && rest.starts_with('=')) {
    const std::string_view value = trimmed(rest.substr(1, rest.find('#') - 1));
    if (value == "True" || value == "TRUE")
      return concat("write ", key, " = true");
    if (value == "False" || value == "FALSE")
      return concat("write ", key, " = false");
    if (!value.empty() && value.find_first_of("\"',[{") == std::string_view::npos)
      return concat("texts and values with a unit stand in quotes: write ", key, " = \"", value,
                    "\"");
  }
  return "see https://toml.io for the grammar; texts and values with a unit stand in quotes";
}

// The headline without "[error] " and the name of the function that raised it.
std::string headline_of(std::string_view line) {
  line.remove_prefix(std::string_view("[error] ").size());
  if (line.starts_with("toml::"))
    line.remove_prefix(std::min(line.find(": ") + 2, line.size()));
  return std::string(line);
}

// A place in toml11's report: "  12 | line" and then "     |  ^--- comment".
struct ReportedPlace {
  Mark mark;
  std::string comment;
};

void read_report_line(std::string_view line, std::vector<ReportedPlace>& places) {
  const std::size_t bar = line.find(" |");
  if (bar == std::string_view::npos ||
      line.substr(0, bar).find_first_not_of(" 0123456789") != std::string_view::npos)
    return;
  const std::string_view number = trimmed(line.substr(0, bar));
  if (!number.empty()) {
    ReportedPlace place;
    std::from_chars(number.data(), number.data() + number.size(), place.mark.line);
    places.push_back(place);
    return;
  }
  const std::size_t caret = line.find_first_of("~^");
  if (places.empty() || caret == std::string_view::npos ||
      line.substr(bar + 2, caret - bar - 2).find_first_not_of(' ') != std::string_view::npos)
    return;
  const std::size_t after = std::min(line.find_first_not_of("~^", caret), line.size());
  places.back().mark.column = static_cast<int>(caret - (bar + 3)) + 1;
  places.back().mark.length = static_cast<int>(after - caret);
  const std::size_t comment = line.find_first_not_of("- ", after);
  places.back().comment = comment == std::string_view::npos ? "" : line.substr(comment);
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
  std::string cause = "not TOML";
  std::vector<ReportedPlace> places;
  std::istringstream in(report);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("[error] "))
      cause = headline_of(line);
    else
      read_report_line(line, places);
  }
  if (places.empty())
    refuse_toml(source, {}, cause, remedy_for({}));
  auto& [mark, comment] = places.back();
  if (mark.line > static_cast<int>(source.lines.size()) && !source.lines.empty())
    mark = {static_cast<int>(source.lines.size()), static_cast<int>(source.lines.back().size()) + 1,
            1}; // the text ends too early
  if (comment == "value defined twice" || comment == "table defined twice")
    refuse_toml(source, mark, cause,
                concat("keep one; the first is in line ", places.front().mark.line));
  if (!comment.empty() && comment != "here")
    cause += ": " + comment;
  refuse_toml(source, mark, cause, remedy_for(source.line(mark.line)));
}

} // namespace foramen::config
