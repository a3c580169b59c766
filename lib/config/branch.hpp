// What is known about one table while it is read: its values in the text, what was asked for, and
// what the answer was. Private to this library.
//
// Branches form a tree owned by the document. A branch exists as soon as its table is asked for,
// with `value` null when the text has no such table.
#pragma once

#include "config/table.hpp"
#include "config/toml_value.hpp"

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace foramen::config {

struct DocumentState;

struct Branch {
  // A key that was asked for: a value with its resolved TOML text, or one or more tables.
  struct Entry {
    enum class Kind { value, table, tables };
    std::string key;
    Kind kind = Kind::value;
    std::string toml; // of a value
    std::vector<std::unique_ptr<Branch>> branches;
  };

  DocumentState& document;
  const Branch* parent = nullptr;
  std::string key;         // in the parent
  std::string path;        // "lead", "populations[1]"; "" at the root
  std::string manual_path; // "lead", "populations[]", "programmes.NAME"
  const Value* value = nullptr;
  std::deque<Entry> entries; // in the order asked for

  Entry* find_entry(const std::string& name);
  const Entry* find_entry(const std::string& name) const;
  Entry& entry(const std::string& name, Entry::Kind kind); // found or made
  Branch& child(Entry& entry, std::size_t index, std::string child_path, std::string child_manual,
                const Value* child_value);

  const Value* find_value(const std::string& name) const {
    return value == nullptr ? nullptr : value->find(name);
  }
  std::string title() const;                         // "[lead]", "populations[1]", "the top level"
  std::string name_of(const std::string& key) const; // "\"clearance\" in [lead]"
  std::vector<std::string> asked_keys() const;
};

struct DocumentState {
  std::string name;
  std::shared_ptr<const SourceText> source;
  Value tree;
  std::unique_ptr<Branch> root;
  std::vector<KeyEntry> manual;
  std::set<std::string> manual_paths;

  void declare(KeyEntry entry); // the first declaration of a path counts
};

struct Table::Node {
  Branch& branch;
};

std::string join_path(const std::string& path, const std::string& key);

} // namespace foramen::config
