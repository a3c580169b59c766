#include "config/toml_syntax_error.hpp"
#include "config/toml_value.hpp"
#include "core/error.hpp"

#include <toml.hpp>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace foramen::config {
namespace {

using core::concat;
using core::ConfigError;
using Toml = toml::basic_value<toml::discard_comments>;

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// The key to the left of the '=' before a value; the value itself where there is none.
Mark mark_of_key_before(std::string_view line, const Mark& value) {
  std::size_t end = std::min(static_cast<std::size_t>(value.column - 1), line.size());
  const auto skip_white = [&] {
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\t'))
      --end;
  };
  skip_white();
  if (end == 0 || line[end - 1] != '=')
    return value;
  --end;
  skip_white();
  if (end == 0)
    return value;
  std::size_t begin = end;
  if (const char quote = line[end - 1]; quote == '"' || quote == '\'') {
    const std::size_t open = end > 1 ? line.rfind(quote, end - 2) : std::string_view::npos;
    begin = open == std::string_view::npos ? end - 1 : open;
  } else {
    while (begin > 0 && is_bare(line[begin - 1]))
      --begin;
  }
  return {value.line, static_cast<int>(begin) + 1, std::max(1, static_cast<int>(end - begin))};
}

Mark mark_of_key(const Value& value, const Mark& mark) {
  const std::string_view line = value.source->line(mark.line);
  const std::size_t column = std::min(static_cast<std::size_t>(mark.column - 1), line.size());
  const std::string_view region = line.substr(column, static_cast<std::size_t>(mark.length));
  const bool from_header_or_dotted_key =
      (value.kind == Value::Kind::table && !region.starts_with('{')) || region.starts_with("[[");
  if (!from_header_or_dotted_key)
    return mark_of_key_before(line, mark);
  const std::size_t name = value.key.empty() ? std::string_view::npos : region.rfind(value.key);
  if (name == std::string_view::npos)
    return mark;
  return {mark.line, static_cast<int>(column + name) + 1, static_cast<int>(value.key.size())};
}

// toml11 wraps integers beyond 64 bits around in silence.
void check_integer(const Value& value) {
  std::string digits = value.text;
  std::erase(digits, '_');
  if (digits.starts_with('+'))
    digits.erase(0, 1);
  int base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0o") || digits.starts_with("0b")) {
    base = digits[1] == 'x' ? 16 : digits[1] == 'o' ? 8 : 2;
    digits.erase(0, 2);
  }
  std::int64_t checked = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), checked, base);
  if (read.ec == std::errc::result_out_of_range)
    refuse_toml(
        *value.source, value.mark, concat("the integer ", value.text, " is too large"),
        "integers lie between -9223372036854775808 and 9223372036854775807; write a decimal "
        "point for a number");
}

Value convert(const Toml& toml, const std::string& key,
              const std::shared_ptr<const SourceText>& source) {
  Value value;
  value.key = key;
  value.source = source;
  const toml::source_location at = toml.location();
  value.mark = {static_cast<int>(at.line()), static_cast<int>(at.column()),
                std::max(1, static_cast<int>(at.region()))};
  const std::string_view line = source->line(value.mark.line);
  value.text = line.substr(std::min(static_cast<std::size_t>(value.mark.column - 1), line.size()),
                           static_cast<std::size_t>(value.mark.length));
  switch (toml.type()) {
  case toml::value_t::table:
    value.kind = Value::Kind::table;
    for (const auto& [name, entry] : toml.as_table())
      value.children.push_back(convert(entry, name, source));
    std::sort(value.children.begin(), value.children.end(), [](const Value& a, const Value& b) {
      return std::pair(a.mark.line, a.mark.column) < std::pair(b.mark.line, b.mark.column);
    });
    break;
  case toml::value_t::array:
    value.kind = Value::Kind::array;
    for (const Toml& element : toml.as_array())
      value.children.push_back(convert(element, {}, source));
    break;
  case toml::value_t::string:
    value.kind = Value::Kind::text;
    value.text = toml.as_string().str;
    break;
  case toml::value_t::integer:
    value.kind = Value::Kind::integer;
    value.integer = toml.as_integer();
    check_integer(value);
    break;
  case toml::value_t::floating:
    value.kind = Value::Kind::number;
    value.number = toml.as_floating();
    break;
  case toml::value_t::boolean:
    value.kind = Value::Kind::flag;
    value.flag = toml.as_boolean();
    break;
  default:
    value.kind = Value::Kind::date;
  }
  value.key_mark = mark_of_key(value, value.mark);
  return value;
}

// toml11 reads beyond its buffer when a text that is not UTF-8 ends early.
void check_utf8(const SourceText& source) {
  for (std::size_t n = 0; n < source.lines.size(); ++n) {
    const std::string& line = source.lines[n];
    for (std::size_t i = 0; i < line.size();) {
      const auto byte = static_cast<unsigned char>(line[i]);
      const std::size_t follow = byte < 0x80                     ? 0
                                 : (byte >= 0xC2 && byte < 0xE0) ? 1
                                 : byte >= 0xE0 && byte < 0xF0   ? 2
                                 : byte >= 0xF0 && byte < 0xF5   ? 3
                                                                 : 9;
      bool good = follow != 9 && i + follow < line.size() && byte != 0 && byte != 0x7F;
      for (std::size_t k = 1; good && k <= follow; ++k)
        good = (static_cast<unsigned char>(line[i + k]) & 0xC0u) == 0x80u;
      if (!good)
        refuse_toml({source.name, {}, source.is_override},
                    {static_cast<int>(n) + 1, static_cast<int>(i) + 1, 1},
                    "a byte that is not UTF-8 text", "save the file as UTF-8 text");
      i += follow + 1;
    }
  }
}

} // namespace

Value parse_toml(const std::string& text, std::shared_ptr<const SourceText> source) {
  check_utf8(*source);
  std::istringstream in(text);
  try {
    return convert(toml::parse<toml::discard_comments>(in, source->name), {}, source);
  } catch (const toml::exception& problem) {
    refuse_syntax(problem.what(), *source);
  } catch (const ConfigError&) {
    throw;
  } catch (const std::exception& problem) {
    refuse_syntax(problem.what(), *source);
  }
}

} // namespace foramen::config
