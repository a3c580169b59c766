// "a.b=value" on the command line, put into the tree of values.
#pragma once

#include "config/toml_value.hpp"

#include <string>

namespace foramen::config {

// The value is TOML, or a bare text when it is not. Tables on the way are made; list elements are
// numbered from 0 and must exist. Throws ConfigError with the place "--set a.b".
void apply_override(Value& tree, const std::string& assignment);

} // namespace foramen::config
