// The ways a configuration is refused, one function each: place, cause with the line and a caret,
// remedy. Private to this library.
#pragma once

#include "config/branch.hpp"
#include "core/quantity_text.hpp"

#include <string>
#include <vector>

namespace foramen::config {

// At a value of the text.
[[noreturn]] void refuse_at(const Value& value, const Mark& mark, const std::string& cause,
                            const std::string& remedy);
// At a table, or at the nearest table above it that the text has.
[[noreturn]] void refuse_at(const Branch& branch, const std::string& cause,
                            const std::string& remedy);

// A required key is absent. A key nobody has asked for that looks like a slip for it is named
// instead.
[[noreturn]] void refuse_missing(const Branch& branch, const std::string& key,
                                 const std::string& example, const std::string& doc);
// `expected` is "a text", "a list of lengths"; `example` is TOML for the remedy.
[[noreturn]] void refuse_type(const Branch& branch, const std::string& name, const Value& value,
                              const std::string& expected, const std::string& example);
// A quantity that does not read as one of `dimension`.
[[noreturn]] void refuse_quantity(const Branch& branch, const std::string& name, const Value& value,
                                  Dimension dimension);
[[noreturn]] void refuse_range(const Branch& branch, const std::string& name, const Value& value,
                               const std::string& got, const std::string& range);
[[noreturn]] void refuse_choice(const Branch& branch, const std::string& name, const Value& value,
                                const std::vector<std::string>& choices);
// A key or table that no one has asked for.
[[noreturn]] void refuse_unknown_key(const Branch& branch, const Value& value);

// "did you mean "a"? known: a, b, c" or "known: a, b, c".
std::string suggestion(const std::string& name, const std::vector<std::string>& known,
                       const std::string& label);

} // namespace foramen::config
