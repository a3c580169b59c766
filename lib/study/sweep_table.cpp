#include "study/sweep_table.hpp"

#include "core/error.hpp"
#include "io/hdf5_file.hpp"
#include "study/text_table.hpp"

#include <optional>

namespace foramen::study {
namespace {

// The programme whose motor (else sensory) threshold at the first fraction is lowest.
struct Best {
  std::string programme, role;
  double threshold = 0.0; // in the unit of the file
  std::optional<double> captured;
};

std::optional<Best> best_of(const io::Hdf5Reader& file) {
  const auto names = file.texts("/programmes/name");
  for (const std::string role : {"motor", "sensory"}) {
    const auto status = file.enums("/summary/" + role + "_status");
    const auto current = file.doubles("/summary/" + role);
    const std::size_t fractions = current.size() / names.size();
    std::optional<std::size_t> lowest;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (status[i * fractions] == 0 &&
          (!lowest || current[i * fractions] < current[*lowest * fractions]))
        lowest = i;
    if (!lowest)
      continue;
    Best best{names[*lowest], role, current[*lowest * fractions], std::nullopt};
    if (file.has("/summary/" + role + "_captured"))
      best.captured = file.doubles("/summary/" + role + "_captured")[*lowest];
    return best;
  }
  return std::nullopt;
}

// Of all points: a sweep has one control.
std::string unit_of(const std::vector<std::size_t>& finished, const std::string& folder) {
  if (finished.empty())
    return "mA";
  const io::Hdf5Reader file(point_folder(folder, finished.front()) + "/results.h5");
  return file.attribute_text("/summary/motor", "units");
}

} // namespace

std::string point_folder(const std::string& folder, std::size_t index) {
  std::string digits = std::to_string(index);
  digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
  return folder + "/points/" + digits;
}

std::string sweep_table(const std::vector<SweepAxis>& axes, const std::vector<SweepPoint>& points,
                        const std::vector<std::size_t>& finished, const std::string& folder) {
  TextTable table;
  std::vector<std::string> heading{"point"};
  for (const SweepAxis& axis : axes)
    heading.push_back(axis.key);
  heading.insert(heading.end(),
                 {"programme", "threshold " + unit_of(finished, folder), "of", "captured", ""});
  table.add(heading);
  for (const std::size_t index : finished) {
    std::vector<std::string> row{std::to_string(index)};
    for (std::size_t a = 0; a < axes.size(); ++a)
      row.push_back(plain_value(axes[a].values[points[index].position[a]]));
    const io::Hdf5Reader file(point_folder(folder, index) + "/results.h5");
    const auto best = best_of(file);
    const double fraction = file.doubles("/summary/fraction").at(0);
    row.push_back(best ? best->programme : "-");
    row.push_back(best ? significant(best->threshold, 3) : "none below the ceiling");
    row.push_back(best ? best->role : "-");
    row.push_back(best && best->captured ? significant(100.0 * *best->captured, 3) + " %" : "-");
    row.emplace_back(best && best->captured && *best->captured < fraction ? "capture lost" : "");
    table.add(row);
  }
  return table.text();
}

} // namespace foramen::study
