#include "config/branch.hpp"

#include "config/toml_writer.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <utility>

namespace foramen::config {

const Branch::Entry* Branch::find_entry(const std::string& name) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == name; });
  return found == entries.end() ? nullptr : &*found;
}

Branch::Entry* Branch::find_entry(const std::string& name) {
  return const_cast<Entry*>(std::as_const(*this).find_entry(name));
}

Branch::Entry& Branch::entry(const std::string& name, Entry::Kind kind) {
  Entry* found = find_entry(name);
  if (found == nullptr)
    found = &entries.emplace_back(Entry{name, kind, {}, {}});
  FORAMEN_EXPECT(found->kind == kind, "key ", join_path(path, name),
                 " is read as a value and as a table");
  return *found;
}

Branch& Branch::child(Entry& entry, std::size_t index, std::string child_path,
                      std::string child_manual, const Value* child_value) {
  if (index >= entry.branches.size())
    entry.branches.push_back(std::make_unique<Branch>(Branch{document,
                                                             this,
                                                             entry.key,
                                                             std::move(child_path),
                                                             std::move(child_manual),
                                                             child_value,
                                                             {}}));
  return *entry.branches.at(index);
}

std::string Branch::title() const {
  if (path.empty())
    return "the top level";
  return path.ends_with(']') ? path : "[" + path + "]";
}

std::string Branch::name_of(const std::string& name) const {
  return path.empty() ? "\"" + name + "\"" : "\"" + name + "\" in " + title();
}

std::vector<std::string> Branch::asked_keys() const {
  std::vector<std::string> keys;
  for (const Entry& e : entries)
    keys.push_back(e.key);
  return keys;
}

void DocumentState::declare(KeyEntry entry) {
  if (manual_paths.insert(entry.path).second)
    manual.push_back(std::move(entry));
}

std::string join_path(const std::string& path, const std::string& key) {
  return path.empty() ? toml_key(key) : path + "." + toml_key(key);
}

} // namespace foramen::config
