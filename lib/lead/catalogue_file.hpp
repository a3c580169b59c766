// Catalogues that are folders of TOML files: one entry per file, named by it.
#pragma once

#include <string>
#include <vector>

namespace foramen::lead {

// Names (file names without ".toml") in configs/<folder>, sorted. WorldError when it cannot be
// read.
std::vector<std::string> catalogue_names(const std::string& folder);

// Path of entry `name`. ConfigError for an unknown one: `kind` is "lead" or "generator" in the
// message.
std::string catalogue_file(const std::string& folder, const std::string& kind,
                           const std::string& name);

} // namespace foramen::lead
