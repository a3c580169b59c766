#include "config/override.hpp"

#include "config/table.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace foramen::config {
namespace {

using core::concat;
using core::ConfigError;
using Kind = Value::Kind;

constexpr const char* form = "write --set key=value, for example --set lead.clearance=\"2 mm\"";

struct Segment {
  std::string name;
  Mark mark;
};

// Segments of `a."b.c".0` and the position of the '=' that ends them.
std::vector<Segment> split_path(const std::string& text, std::size_t& equals) {
  const auto malformed = [&](const std::string& cause) {
    throw ConfigError("--set " + text, cause, form);
  };
  std::vector<Segment> segments;
  std::size_t i = 0;
  while (true) {
    const std::size_t begin = i;
    std::string name;
    if (i < text.size() && (text[i] == '"' || text[i] == '\'')) {
      const std::size_t close = text.find(text[i], i + 1);
      if (close == std::string::npos)
        malformed("a quote in the key is not closed");
      name = text.substr(i + 1, close - i - 1);
      i = close + 1;
    } else {
      i = std::min(text.find_first_of(".=", i), text.size());
      name = text.substr(begin, i - begin);
      name.erase(0, name.find_first_not_of(" \t"));
      name.erase(name.find_last_not_of(" \t") + 1);
    }
    if (i == text.size())
      malformed("an override without a value");
    if (name.empty())
      malformed("an override with an empty key");
    segments.push_back({name, {1, static_cast<int>(begin) + 1, static_cast<int>(i - begin)}});
    if (text[i] == '=') {
      equals = i;
      return segments;
    }
    if (text[i] != '.')
      malformed("a key that is neither bare nor quoted");
    ++i;
  }
}

bool looks_like_toml(const std::string& text) {
  return !text.empty() && (text.front() == '[' || text.front() == '{' || text.front() == '"' ||
                           text.front() == '\'');
}

// The key is replaced by "k" and spaces, so that columns stay those of the assignment.
Value parse_value(const std::string& assignment, std::size_t equals,
                  const std::shared_ptr<const SourceText>& source) {
  const std::string written = assignment.substr(equals + 1);
  const std::size_t first = std::min(written.find_first_not_of(" \t"), written.size());
  const std::string trimmed =
      written.substr(first, written.find_last_not_of(" \t") + 1 - std::min(first, written.size()));
  if (trimmed.empty())
    throw ConfigError(source->name, "an override without a value", form);
  const Mark mark{1, static_cast<int>(equals + 1 + first) + 1, static_cast<int>(trimmed.size())};
  try {
    Value document =
        parse_toml("k" + std::string(equals - 1, ' ') + assignment.substr(equals), source);
    if (document.children.size() == 1 && document.children.front().kind != Kind::date)
      return std::move(document.children.front());
  } catch (const ConfigError&) {
    if (looks_like_toml(trimmed))
      throw;
  }
  Value text;
  text.kind = Kind::text;
  text.text = trimmed;
  text.source = source;
  text.mark = mark;
  return text;
}

Value empty_table(const std::shared_ptr<const SourceText>& source, const Mark& mark) {
  Value table;
  table.source = source;
  table.mark = table.key_mark = mark;
  return table;
}

// The entry or element named by a segment; an entry that is absent is made.
Value& descend(Value& parent, const Segment& segment, const std::string& parent_path,
               const std::shared_ptr<const SourceText>& source) {
  const auto refuse = [&](const std::string& cause, const std::string& remedy) {
    throw ConfigError(source->name, cause + source->snippet(segment.mark), remedy);
  };
  if (parent.kind == Kind::table) {
    if (Value* found = parent.find(segment.name))
      return *found;
    parent.children.push_back(empty_table(source, segment.mark));
    parent.children.back().key = segment.name;
    return parent.children.back();
  }
  if (parent.kind != Kind::array)
    refuse(concat("\"", parent_path, "\" is ", kind_name(parent.kind), " and has no key \"",
                  segment.name, "\""),
           "end the key at \"" + parent_path + "\"");
  const std::size_t n = parent.children.size();
  const std::string range = n == 0 ? "it is empty" : concat("its elements are 0 to ", n - 1);
  std::size_t index = 0;
  const auto [end, problem] =
      std::from_chars(segment.name.data(), segment.name.data() + segment.name.size(), index);
  if (problem != std::errc{} || end != segment.name.data() + segment.name.size())
    refuse(concat("\"", parent_path, "\" is a list: \"", segment.name, "\" is not a number"),
           "number the element from 0, for example " + parent_path + ".0; " + range);
  if (index >= n)
    refuse(concat("\"", parent_path, "\" has no element ", index), range);
  return parent.children[index];
}

} // namespace

void apply_override(Value& tree, const std::string& assignment) {
  std::size_t equals = 0;
  const std::vector<Segment> segments = split_path(assignment, equals);
  const auto source = SourceText::override_of(assignment.substr(0, equals), assignment);
  Value value = parse_value(assignment, equals, source);
  Value* at = &tree;
  std::string path;
  for (const Segment& segment : segments) {
    at = &descend(*at, segment, path, source);
    path += (path.empty() ? "" : ".") + segment.name;
  }
  value.key = at->key;
  value.key_mark = segments.back().mark;
  *at = std::move(value);
}

} // namespace foramen::config
