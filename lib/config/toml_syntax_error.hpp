// What is wrong with a text that is not TOML, said in the words of the user's line.
#pragma once

#include "config/source_text.hpp"

#include <string>

namespace foramen::config {

// ConfigError at "name:line:column" with the line and a caret.
[[noreturn]] void refuse_toml(const SourceText& source, const Mark& mark, const std::string& cause,
                              const std::string& remedy);

// The same from toml11's own report: a headline, then "  12 | line" and "     |  ^--- comment" for
// each place, the last of which is where it stopped. The remedy guesses what the line was meant to
// be.
[[noreturn]] void refuse_syntax(const std::string& report, const SourceText& source);

} // namespace foramen::config
