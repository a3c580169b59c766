// A TOML document as a tree of values that know where they stand in their text.
//
// Tables keep the order of the file. `children` are the entries of a table (with `key`) or the
// elements of an array. toml11 is seen by toml_reader.cpp alone.
#pragma once

#include "config/source_text.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace foramen::config {

struct Value {
  enum class Kind { table, array, text, integer, number, flag, date };

  Kind kind = Kind::table;
  std::string key;  // in its table
  std::string text; // of a text, or as written for other scalars
  std::int64_t integer = 0;
  double number = 0.0;
  bool flag = false;
  std::vector<Value> children;

  std::shared_ptr<const SourceText> source;
  Mark key_mark; // the key, or the [header]
  Mark mark;     // the value

  const Value* find(const std::string& name) const; // entry of a table, or null
  Value* find(const std::string& name);
};

std::string kind_name(Value::Kind kind); // "a table", "an integer", ...

// Throws ConfigError (place "name:line:column") for what is not TOML, not UTF-8, or an integer
// beyond 64 bits.
Value parse_toml(const std::string& text, std::shared_ptr<const SourceText> source);

} // namespace foramen::config
