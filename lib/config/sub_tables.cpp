#include "config/branch.hpp"
#include "config/refusal.hpp"
#include "config/table.hpp"
#include "config/toml_writer.hpp"

namespace foramen::config {
namespace {

using Kind = Value::Kind;
using EntryKind = Branch::Entry::Kind;

// A value that must be a table, or null.
const Value* table_value(Branch& branch, const std::string& key) {
  const Value* value = branch.find_value(key);
  const std::string path = join_path(branch.path, key);
  if (value != nullptr && value->kind == Kind::array && !value->children.empty() &&
      value->children.front().kind == Kind::table)
    refuse_at(*value, value->key_mark,
              branch.name_of(key) + " must be one table, not an array of tables",
              "write the header as [" + path + "], once");
  if (value != nullptr && value->kind != Kind::table)
    refuse_at(*value, value->mark,
              branch.name_of(key) + " must be a table, not " + kind_name(value->kind),
              "write it as a table with the header [" + path + "]");
  return value;
}

} // namespace

Table Table::table(const std::string& key, const std::string& doc) {
  Branch& branch = node_->branch;
  const std::string manual_path = join_path(branch.manual_path, key);
  branch.document.declare({manual_path, "table", "", "", doc});
  const Value* value = table_value(branch, key);
  Branch& child = branch.child(branch.entry(key, EntryKind::table), 0, join_path(branch.path, key),
                               manual_path, value);
  return Table(std::make_shared<Node>(Node{child}));
}

std::vector<Table> Table::tables(const std::string& key, const std::string& doc) {
  Branch& branch = node_->branch;
  const std::string manual_path = join_path(branch.manual_path, key) + "[]";
  branch.document.declare({manual_path, "list of tables", "", "", doc});
  Branch::Entry& entry = branch.entry(key, EntryKind::tables);
  const Value* list = branch.find_value(key);
  std::vector<Table> tables;
  if (list == nullptr)
    return tables;
  const std::string path = join_path(branch.path, key);
  if (list->kind != Kind::array)
    refuse_at(*list, list->kind == Kind::table ? list->key_mark : list->mark,
              branch.name_of(key) + " must be an array of tables, not " + kind_name(list->kind),
              "write the header of each element as [[" + path + "]]");
  for (std::size_t i = 0; i < list->children.size(); ++i) {
    const Value& element = list->children[i];
    const std::string name = path + "[" + std::to_string(i) + "]";
    if (element.kind != Kind::table)
      refuse_at(element, element.mark, name + " must be a table, not " + kind_name(element.kind),
                "write each element under its own header [[" + path + "]]");
    tables.push_back(
        Table(std::make_shared<Node>(Node{branch.child(entry, i, name, manual_path, &element)})));
  }
  return tables;
}

std::vector<std::pair<std::string, Table>> Table::named_tables(const std::string& key,
                                                               const std::string& doc) {
  const Table holder = table(key, doc);
  Branch& branch = holder.node_->branch;
  const std::string manual_path = branch.manual_path + ".NAME";
  branch.document.declare({manual_path, "table", "", "", doc});
  std::vector<std::pair<std::string, Table>> named;
  for (const std::string& name : holder.keys()) {
    const Branch::Entry* asked = branch.find_entry(name);
    if (asked != nullptr && asked->kind == EntryKind::value)
      continue; // a key of the holder itself, already read
    const Value* value = table_value(branch, name);
    Branch& child = branch.child(branch.entry(name, EntryKind::table), 0,
                                 join_path(branch.path, name), manual_path, value);
    named.emplace_back(name, Table(std::make_shared<Node>(Node{child})));
  }
  return named;
}

bool Table::has(const std::string& key) const {
  return node_->branch.find_value(key) != nullptr;
}

std::vector<std::string> Table::keys() const {
  std::vector<std::string> keys;
  if (const Value* value = node_->branch.value)
    for (const Value& child : value->children)
      keys.push_back(child.key);
  return keys;
}

std::string Table::path() const {
  return node_->branch.path;
}

std::string Table::place(const std::string& key) const {
  if (const Value* value = node_->branch.find_value(key))
    return value->source->place(value->mark);
  for (const Branch* at = &node_->branch; at != nullptr && at->parent != nullptr; at = at->parent)
    if (at->value != nullptr)
      return at->value->source->place(at->value->key_mark);
  return node_->branch.document.name;
}

void Table::refuse(const std::string& key, const std::string& cause,
                   const std::string& remedy) const {
  if (const Value* value = node_->branch.find_value(key))
    refuse_at(*value, value->mark, cause, remedy);
  refuse_at(node_->branch, cause, remedy);
}

void Table::refuse_unknown(const std::string& key, const std::string& name, const std::string& kind,
                           const std::vector<std::string>& known) const {
  refuse(key, "unknown " + kind + " \"" + name + "\"", suggestion(name, known, "known"));
}

} // namespace foramen::config
