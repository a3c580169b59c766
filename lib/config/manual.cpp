#include "config/manual.hpp"

#include <algorithm>
#include <set>

namespace foramen::config {
namespace {

bool is_table(const KeyEntry& entry) {
  return entry.type == "table" || entry.type == "list of tables";
}

// "lead.clearance" stands in "lead"; dots within quotes do not count.
std::string table_of(const std::string& path) {
  bool quoted = false;
  std::size_t dot = std::string::npos;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '"')
      quoted = !quoted;
    else if (path[i] == '.' && !quoted)
      dot = i;
  }
  return dot == std::string::npos ? "" : path.substr(0, dot);
}

std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : text)
    escaped += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
  return escaped;
}

std::string header_of(const KeyEntry& table) {
  if (!table.path.ends_with("[]"))
    return "[" + table.path + "]";
  std::string path = table.path;
  for (std::size_t at = path.find("[]"); at != std::string::npos; at = path.find("[]"))
    path.erase(at, 2);
  return "[[" + path + "]]";
}

std::string row(const KeyEntry& entry, std::size_t prefix) {
  const std::string key = entry.path.substr(prefix == 0 ? 0 : prefix + 1);
  return "| `" + cell(key) + "` | " + cell(entry.type) + " | " +
         (entry.fallback.empty() ? "required" : "`" + cell(entry.fallback) + "`") + " | " +
         cell(entry.range) + " | " + cell(entry.doc) + " |\n";
}

std::string rows_of(const std::vector<KeyEntry>& manual, const std::string& table) {
  std::string rows;
  for (const KeyEntry& entry : manual)
    if (!is_table(entry) && table_of(entry.path) == table)
      rows += row(entry, table.size());
  return rows.empty()
             ? rows
             : "\n| key | type | default | range | meaning |\n|---|---|---|---|---|\n" + rows;
}

// [populations] says nothing that [populations.NAME] does not.
bool only_holds_named_tables(const std::vector<KeyEntry>& manual, const KeyEntry& table) {
  const bool named = std::any_of(manual.begin(), manual.end(), [&](const KeyEntry& entry) {
    return entry.path == table.path + ".NAME";
  });
  return named && rows_of(manual, table.path).empty();
}

} // namespace

std::vector<KeyEntry> merged_manual(const std::vector<std::vector<KeyEntry>>& manuals) {
  std::vector<KeyEntry> merged;
  std::set<std::string> seen;
  for (const auto& manual : manuals)
    for (const KeyEntry& entry : manual)
      if (seen.insert(entry.path).second)
        merged.push_back(entry);
  return merged;
}

std::string manual_as_markdown(const std::vector<KeyEntry>& manual, const std::string& title) {
  std::string text = "# " + title +
                     "\n\nValues with a dimension are texts with a unit (`\"210 us\"`); lists are "
                     "`[a, b]`. A key whose default is \"required\" has none.\n" +
                     rows_of(manual, "");
  for (const KeyEntry& entry : manual)
    if (is_table(entry) && !only_holds_named_tables(manual, entry))
      text +=
          "\n## `" + header_of(entry) + "`\n\n" + entry.doc + "\n" + rows_of(manual, entry.path);
  return text;
}

} // namespace foramen::config
