// Where a result comes from: program version, source commit, compiler, machine, time.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace foramen::core {

std::string version();       // "0.1.0"
std::string source_commit(); // "1a2b3c4" or "1a2b3c4-dirty", "unknown" outside a checkout

// Name and value pairs in a fixed order: version, commit, compiler, build, host, processor,
// threads, start (UTC, ISO 8601).
std::vector<std::pair<std::string, std::string>> provenance();

// Folder with the data files (tissues, leads, levels): $FORAMEN_DATA, else `configs` of the source
// tree the program was built from.
std::string data_folder();

} // namespace foramen::core
