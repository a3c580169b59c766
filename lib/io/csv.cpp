#include "io/csv.hpp"

#include "core/error.hpp"
#include "io/atomic_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace foramen::io {
namespace {

using core::concat;

std::string shortest(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

// A leading '#' or a field that is empty in the only column would be skipped on reading.
std::string quoted(const std::string& field) {
  if (!field.empty() && field.find_first_of(",\"\r\n") == std::string::npos && field[0] != '#')
    return field;
  std::string text = "\"";
  for (const char c : field)
    text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

// "threshold [mA]" without its unit.
std::string bare_name(const std::string& header) {
  const std::size_t bracket = header.rfind(" [");
  return bracket != std::string::npos && header.ends_with(']') ? header.substr(0, bracket) : header;
}

// Reads record by record; quotes may span lines.
class RecordReader {
public:
  RecordReader(const std::string& text, const std::string& name) : text_(text), name_(name) {}

  // False at the end. `line` is where the record begins.
  bool next(std::vector<std::string>& fields, int& line) {
    while (at_ < text_.size()) {
      line = line_;
      const bool skip = text_[at_] == '#' || text_[at_] == '\n' || text_[at_] == '\r';
      fields = skip ? skipped_line() : record(line);
      if (!skip)
        return true;
    }
    return false;
  }

private:
  std::vector<std::string> skipped_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string::npos ? text_.size() : end + 1;
    ++line_;
    return {};
  }

  std::vector<std::string> record(int line) {
    std::vector<std::string> fields(1);
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"')
        read_quoted(fields.back(), line);
      else if (c == ',')
        fields.emplace_back();
      else if (c == '\n') {
        ++line_;
        break;
      } else if (c != '\r' || (at_ < text_.size() && text_[at_] != '\n'))
        fields.back() += c;
    }
    return fields;
  }

  void read_quoted(std::string& field, int line) {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field += c;
        ++at_;
      } else if (c == '"') {
        ++at_;
        return;
      } else {
        line_ += c == '\n' ? 1 : 0;
        field += c;
      }
    }
    throw core::WorldError(concat(name_, ":", line), "a quote is not closed",
                           "close it, and double quotes within a quoted field");
  }

  const std::string& text_;
  const std::string& name_;
  std::size_t at_ = 0;
  int line_ = 1;
};

std::string trimmed(const std::string& field) {
  const std::size_t first = field.find_first_not_of(" \t");
  return first == std::string::npos
             ? ""
             : field.substr(first, field.find_last_not_of(" \t") - first + 1);
}

} // namespace

CsvTable& CsvTable::add_column(std::string header, std::vector<std::string> fields) {
  FORAMEN_EXPECT(columns_.empty() || columns_.front().fields.size() == fields.size(), "column ",
                 header, " has ", fields.size(), " rows");
  columns_.push_back({std::move(header), std::move(fields)});
  return *this;
}

CsvTable& CsvTable::add(const std::string& name, const std::string& unit,
                        std::span<const double> values) {
  std::vector<std::string> fields;
  for (const double value : values)
    fields.push_back(shortest(value));
  return add_column(unit.empty() ? name : name + " [" + unit + "]", std::move(fields));
}

CsvTable& CsvTable::add(const std::string& name, std::span<const std::int64_t> values) {
  std::vector<std::string> fields;
  for (const std::int64_t value : values)
    fields.push_back(std::to_string(value));
  return add_column(name, std::move(fields));
}

CsvTable& CsvTable::add(const std::string& name, std::span<const int> values) {
  const std::vector<std::int64_t> wide(values.begin(), values.end());
  return add(name, std::span<const std::int64_t>(wide));
}

CsvTable& CsvTable::add(const std::string& name, std::span<const std::string> values) {
  return add_column(name, {values.begin(), values.end()});
}

std::string CsvTable::text() const {
  std::string text;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    text += (c > 0 ? "," : "") + quoted(columns_[c].header);
  text += "\n";
  const std::size_t rows = columns_.empty() ? 0 : columns_.front().fields.size();
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns_.size(); ++c)
      text += (c > 0 ? "," : "") + quoted(columns_[c].fields[r]);
    text += "\n";
  }
  return text;
}

void CsvTable::write(const std::string& path) const {
  write_file(path, text());
}

CsvText CsvText::parse(const std::string& text, const std::string& name) {
  CsvText csv;
  csv.name_ = name;
  const std::string body = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
  RecordReader reader(body, name);
  int line = 0;
  if (!reader.next(csv.header_, line))
    throw core::WorldError(name, "the table is empty", "it needs a line with the column names");
  for (std::string& column : csv.header_)
    column = trimmed(column);
  for (std::vector<std::string> row; reader.next(row, line);) {
    if (row.size() != csv.header_.size())
      throw core::WorldError(
          concat(name, ":", line),
          concat("has ", row.size(), " fields where the header has ", csv.header_.size()),
          "quote fields that contain a comma");
    csv.rows_.push_back(row);
    csv.lines_.push_back(line);
  }
  return csv;
}

CsvText CsvText::from_file(const std::string& path) {
  return parse(read_file(path), path);
}

bool CsvText::has(const std::string& column) const {
  return std::any_of(header_.begin(), header_.end(),
                     [&](const std::string& h) { return h == column || bare_name(h) == column; });
}

std::size_t CsvText::index_of(const std::string& column) const {
  for (std::size_t i = 0; i < header_.size(); ++i)
    if (header_[i] == column || bare_name(header_[i]) == column)
      return i;
  std::string list;
  for (const std::string& h : header_)
    list += (list.empty() ? "" : ", ") + h;
  throw core::WorldError(name_, concat("has no column \"", column, "\""), "its columns: " + list);
}

std::string CsvText::place(std::size_t row) const {
  return concat(name_, ":", lines_.at(row));
}

const std::string& CsvText::field(std::size_t row, const std::string& column) const {
  return rows_.at(row)[index_of(column)];
}

double CsvText::number(std::size_t row, const std::string& column) const {
  std::string text = trimmed(field(row, column));
  if (text.starts_with('+'))
    text.erase(0, 1);
  double value = 0.0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size())
    throw core::WorldError(
        place(row),
        concat("\"", field(row, column), "\" in column \"", column, "\" is not a number"),
        "write it like 1.5 or 2e-3, with a decimal point and without a unit");
  return value;
}

std::vector<double> CsvText::numbers(const std::string& column) const {
  std::vector<double> values;
  for (std::size_t row = 0; row < rows(); ++row)
    values.push_back(number(row, column));
  return values;
}

} // namespace foramen::io
