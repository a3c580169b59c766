// Values and resolved documents as TOML text that reads back to the same bits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace foramen::config {

struct Branch;
struct Value;

std::string toml_key(const std::string& key);   // bare where TOML allows, else quoted
std::string toml_text(const std::string& text); // "quoted", with escapes
std::string toml_number(double value);          // shortest; always a float ("3.0", "1e-5")
std::string toml_integer(std::int64_t value);
std::string toml_flag(bool value);
std::string toml_list(const std::vector<std::string>& items); // of TOML texts
std::string toml_value(const Value& value);                   // on one line

// Everything that was asked for: values of a table first, then its sub-tables.
std::string toml_document(const Branch& root);

} // namespace foramen::config
