// A plain CSV file as rows of named cells, for reference data without quoted commas.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace foramen::validation {

using CsvRow = std::map<std::string, std::string>;

inline std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> all;
  std::stringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');)
    all.push_back(cell);
  return all;
}

// Lines that begin with # are returned through `comments`.
inline std::vector<CsvRow> read_csv(const std::string& path, std::string* comments = nullptr) {
  std::ifstream in(path);
  if (!in)
    throw std::runtime_error("cannot read " + path);
  std::vector<std::string> names;
  std::vector<CsvRow> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind('#', 0) == 0) {
      if (comments != nullptr)
        *comments += line;
      continue;
    }
    const std::vector<std::string> values = cells(line);
    if (names.empty()) {
      names = values;
      continue;
    }
    CsvRow row;
    for (std::size_t i = 0; i < names.size() && i < values.size(); ++i)
      row[names[i]] = values[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

inline const std::string folder = std::string(FORAMEN_SOURCE_DIR) + "/tests/validation/neuron/";

} // namespace foramen::validation
