#include "config/toml_writer.hpp"

#include "config/branch.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace foramen::config {
namespace {

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items)
    text += (text.empty() ? "" : ", ") + item;
  return text;
}

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

void write_values(const Branch& branch, std::string& out) {
  for (const Branch::Entry& entry : branch.entries)
    if (entry.kind == Branch::Entry::Kind::value && !entry.toml.empty())
      out += toml_key(entry.key) + " = " + entry.toml + "\n";
}

bool has_values(const Branch& branch) {
  return std::any_of(branch.entries.begin(), branch.entries.end(), [](const Branch::Entry& e) {
    return e.kind == Branch::Entry::Kind::value && !e.toml.empty();
  });
}

// `path` is the header's key without indices: TOML attaches tables to the last array element.
void write_tables(const Branch& branch, const std::string& path, std::string& out) {
  for (const Branch::Entry& entry : branch.entries)
    for (const auto& child : entry.branches) {
      const bool in_array = entry.kind == Branch::Entry::Kind::tables;
      const std::string header = join_path(path, entry.key);
      if (in_array || has_values(*child) || child->value != nullptr)
        out += (out.empty() ? "" : "\n") + (in_array ? "[[" + header + "]]" : "[" + header + "]") +
               "\n";
      write_values(*child, out);
      write_tables(*child, header, out);
    }
}

} // namespace

std::string toml_key(const std::string& key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), is_bare) ? key : toml_text(key);
}

std::string toml_text(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += std::string("\\") + c;
    else if (c == '\n')
      quoted += "\\n";
    else if (c == '\t')
      quoted += "\\t";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04X",
                    static_cast<unsigned>(static_cast<unsigned char>(c)));
      quoted += escape.data();
    } else
      quoted += c;
  }
  return quoted + "\"";
}

std::string toml_number(double value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  std::string text(buffer.data(), end);
  const std::size_t exponent = text.find('e');
  if (exponent == std::string::npos)
    return text.find('.') == std::string::npos ? text + ".0" : text;
  // "1e-05" to "1e-5": leading zeros in exponents came late to TOML.
  std::size_t zeros = exponent + 1;
  if (text[zeros] == '+' || text[zeros] == '-')
    ++zeros;
  while (zeros + 1 < text.size() && text[zeros] == '0')
    text.erase(zeros, 1);
  return text;
}

std::string toml_integer(std::int64_t value) {
  return std::to_string(value);
}

std::string toml_flag(bool value) {
  return value ? "true" : "false";
}

std::string toml_list(const std::vector<std::string>& items) {
  return "[" + joined(items) + "]";
}

std::string toml_value(const Value& value) {
  std::vector<std::string> items;
  switch (value.kind) {
  case Value::Kind::table:
    for (const Value& child : value.children)
      items.push_back(toml_key(child.key) + " = " + toml_value(child));
    return "{" + joined(items) + "}";
  case Value::Kind::array:
    for (const Value& child : value.children)
      items.push_back(toml_value(child));
    return toml_list(items);
  case Value::Kind::text:
    return toml_text(value.text);
  case Value::Kind::integer:
    return toml_integer(value.integer);
  case Value::Kind::number:
    return toml_number(value.number);
  case Value::Kind::flag:
    return toml_flag(value.flag);
  case Value::Kind::date:
    return value.text;
  }
  return {};
}

std::string toml_document(const Branch& root) {
  std::string out;
  write_values(root, out);
  write_tables(root, {}, out);
  return out;
}

} // namespace foramen::config
