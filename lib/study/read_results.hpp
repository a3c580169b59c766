// What `foramen show` needs from a results.h5.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace foramen::study {

struct StoredRun {
  std::string table, configuration;
  std::vector<std::pair<std::string, std::string>> provenance;
};

// Throws WorldError for a file that is absent, damaged, or not a result of this program.
StoredRun read_stored_run(const std::string& path);

} // namespace foramen::study
