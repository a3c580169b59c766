#include "response/neuron_csv.hpp"

#include "core/error.hpp"

#include <charconv>
#include <fstream>
#include <map>

namespace foramen::response {
namespace {

// Cells of a line; quotes protect commas.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
  }
  return cells;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

// One line with its columns by name.
class Row {
public:
  Row(std::string place, const std::map<std::string, std::size_t>& columns,
      std::vector<std::string> cells)
      : place_(std::move(place)), columns_(columns), cells_(std::move(cells)) {
    if (cells_.size() != columns_.size())
      throw ConfigError(place_,
                        concat(cells_.size(), " cells under ", columns_.size(), " column names"),
                        "give every column a cell; quote cells that contain commas");
  }

  const std::string& text(const std::string& column) const { return cells_[columns_.at(column)]; }
  double number(const std::string& column) const { return parse(column, text(column)); }
  double parse(const std::string& column, const std::string& text) const {
    double value = 0.0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end)
      throw ConfigError(place_, concat("column ", column, ": '", text, "' is not a number"),
                        "write a plain number such as 0.1");
    return value;
  }
  // "a;b|a;b": groups of `n` numbers.
  std::vector<std::vector<double>> groups(const std::string& column, std::size_t n) const {
    std::vector<std::vector<double>> all;
    for (const std::string& group : split(text(column), '|')) {
      std::vector<double> values;
      for (const std::string& part : split(group, ';'))
        values.push_back(parse(column, part));
      if (values.size() != n)
        throw ConfigError(
            place_, concat("column ", column, ": '", group, "' has ", values.size(), " numbers"),
            concat("separate ", n, " numbers by ; and groups by |"));
      all.push_back(std::move(values));
    }
    return all;
  }

private:
  std::string place_;
  const std::map<std::string, std::size_t>& columns_;
  std::vector<std::string> cells_;
};

NeuronCase case_of(const Row& row) {
  NeuronCase c;
  c.case_id = row.text("case_id");
  c.physical_case = row.text("physical_case");
  c.model = row.text("model");
  c.end_nodes = row.text("end_nodes");
  c.diameter = row.number("diameter_um") * um;
  c.n_nodes = static_cast<int>(row.number("n_nodes"));
  c.central_node = static_cast<int>(row.number("node_of_closest_approach"));
  c.detection_node = static_cast<int>(row.number("detection_node"));
  c.sigma = row.number("sigma_S_per_m") * S_per_m;
  for (const auto& s : row.groups("sources_x_y_z_w_um", 4))
    c.sources.push_back({s[0], s[1], s[2], s[3]});
  c.waveform.name = c.case_id;
  for (const auto& s : row.groups("waveform_segments_t0_t1_level", 3))
    c.waveform.pieces.push_back({s[0] * ms, s[1] * ms, s[2], s[2]});
  c.step = row.number("dt_ms") * ms;
  c.stop = row.number("t_stop_ms") * ms;
  c.threshold_mA = row.number("threshold_mA");
  return c;
}

constexpr const char* needed_columns[] = {"case_id",
                                          "physical_case",
                                          "model",
                                          "diameter_um",
                                          "n_nodes",
                                          "node_of_closest_approach",
                                          "sigma_S_per_m",
                                          "sources_x_y_z_w_um",
                                          "waveform_segments_t0_t1_level",
                                          "dt_ms",
                                          "t_stop_ms",
                                          "detection_node",
                                          "end_nodes",
                                          "threshold_mA"};

} // namespace

std::vector<NeuronCase> read_neuron_csv(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!in || !std::getline(in, line))
    throw ConfigError(path, "the file cannot be read or is empty",
                      "give a CSV file in the format of tests/validation/neuron/thresholds.csv");
  std::map<std::string, std::size_t> columns;
  for (const std::string& name : cells_of(line))
    columns.emplace(name, columns.size());
  for (const char* name : needed_columns)
    if (!columns.contains(name))
      throw ConfigError(path + ":1", concat("there is no column ", name),
                        "give the columns of tests/validation/neuron/thresholds.csv");
  std::vector<NeuronCase> cases;
  for (int number = 2; std::getline(in, line); ++number) {
    if (line.empty() || line == "\r")
      continue;
    cases.push_back(case_of(Row(concat(path, ":", number), columns, cells_of(line))));
  }
  return cases;
}

} // namespace foramen::response
