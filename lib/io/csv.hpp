// Tables as CSV (RFC 4180): a header line "name [unit]", fields quoted where need be, "\n" line
// ends.
//
// Numbers are the shortest text that reads back to the same double. A table that has one column
// longer than another is our own bug. Writing is whole or not at all (io/atomic_file.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace foramen::io {

class CsvTable {
public:
  // `unit` is "" for pure numbers.
  CsvTable& add(const std::string& name, const std::string& unit, std::span<const double> values);
  CsvTable& add(const std::string& name, std::span<const std::int64_t> values);
  CsvTable& add(const std::string& name, std::span<const int> values);
  CsvTable& add(const std::string& name, std::span<const std::string> values);

  std::string text() const;
  void write(const std::string& path) const;

private:
  struct Column {
    std::string header;
    std::vector<std::string> fields;
  };
  CsvTable& add_column(std::string header, std::vector<std::string> fields);
  std::vector<Column> columns_;
};

// A CSV file in memory. Lines may end in "\r\n"; lines that begin with "#" and empty lines are
// skipped; every row has as many fields as the header.
class CsvText {
public:
  // Throws WorldError (place: file:line) for a quote left open, a ragged row, a missing header.
  static CsvText parse(const std::string& text, const std::string& name);
  static CsvText from_file(const std::string& path);

  const std::vector<std::string>& header() const { return header_; }
  std::size_t rows() const { return rows_.size(); }
  bool has(const std::string& column) const;
  // By the header's text, with or without its " [unit]". Throws WorldError for an unknown column.
  const std::string& field(std::size_t row, const std::string& column) const;
  // Throws WorldError (place: file:line) when the field is not a number.
  double number(std::size_t row, const std::string& column) const;
  std::vector<double> numbers(const std::string& column) const;

private:
  std::size_t index_of(const std::string& column) const;
  std::string place(std::size_t row) const;

  std::string name_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<int> lines_; // of each row
};

} // namespace foramen::io
