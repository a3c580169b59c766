// The key reference: declarations as Markdown, one section per table.
#pragma once

#include "config/table.hpp"

#include <string>
#include <vector>

namespace foramen::config {

// Declarations of several documents as one list; the first of each path counts. Keys that only some
// studies read (those of one anatomy, of one field kind) are collected this way.
std::vector<KeyEntry> merged_manual(const std::vector<std::vector<KeyEntry>>& manuals);

// Markdown: a title, how values are written, then per table a heading, its doc and a table with
// key, type, default, range and meaning. Keys keep the order of declaration.
std::string manual_as_markdown(const std::vector<KeyEntry>& manual, const std::string& title);

} // namespace foramen::config
