#include "lead/catalogue_file.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"

#include <algorithm>
#include <filesystem>

namespace foramen::lead {

std::vector<std::string> catalogue_names(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(data_folder()) / folder;
  std::error_code problem;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path, problem))
    if (entry.path().extension() == ".toml")
      names.push_back(entry.path().stem().string());
  if (problem)
    throw WorldError(path.string(), concat("cannot read the catalogue: ", problem.message()),
                     "set FORAMEN_DATA to the folder `configs` of the programme");
  std::sort(names.begin(), names.end());
  return names;
}

std::string catalogue_file(const std::string& folder, const std::string& kind,
                           const std::string& name) {
  const std::vector<std::string> names = catalogue_names(folder);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    std::string known;
    for (const std::string& other : names)
      known += (known.empty() ? "" : ", ") + other;
    const auto nearest = config::nearest_name(name, names);
    throw ConfigError(concat("configs/", folder), concat("there is no ", kind, " \"", name, "\""),
                      nearest ? concat("did you mean \"", *nearest, "\"? Known: ", known)
                              : concat("known: ", known));
  }
  return (std::filesystem::path(data_folder()) / folder / (name + ".toml")).string();
}

} // namespace foramen::lead
