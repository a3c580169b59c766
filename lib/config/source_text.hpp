// The text a value came from, and the lines with a caret that error messages show.
//
//   study.toml:12: unknown key "clearence" in [lead]
//      12 | clearence = "2 mm"
//         | ^^^^^^^^^
//
// Columns count bytes from 1, as the parser does; carets are placed by characters, so that a line
// with "µ" before the mark is still underlined at the right place.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace foramen::config {

// A stretch of one line; line 0 means nowhere.
struct Mark {
  int line = 0, column = 1, length = 1;
};

struct SourceText {
  std::string name; // "study.toml", or "--set lead.clearance"
  std::vector<std::string> lines;
  bool is_override = false;

  static std::shared_ptr<const SourceText> file(std::string name, std::string_view text);
  static std::shared_ptr<const SourceText> override_of(std::string path, std::string_view text);

  std::string_view line(int number) const;     // from 1; empty beyond the text
  std::string place(const Mark& mark) const;   // "study.toml:12"; the name alone for overrides
  std::string snippet(const Mark& mark) const; // "\n   12 | ...\n      | ^^^", empty for nowhere
};

} // namespace foramen::config
