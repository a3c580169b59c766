// merged.h5: what a sweep's points have in common, stacked along the axes.

#include "config/table.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"
#include "io/hdf5_file.hpp"
#include "study/study.hpp"
#include "study/sweep_run.hpp"
#include "study/sweep_table.hpp"

#include <filesystem>
#include <memory>

namespace foramen::study {
namespace {

namespace fs = std::filesystem;

using Points = std::vector<std::unique_ptr<io::Hdf5Reader>>;

Points open_points(const std::string& folder, std::size_t count) {
  Points points;
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string file = point_folder(folder, i) + "/results.h5";
    if (fs::exists(point_folder(folder, i) + "/point.key") && fs::exists(file))
      points.push_back(std::make_unique<io::Hdf5Reader>(file));
    else
      missing.push_back(i);
  }
  if (missing.empty())
    return points;
  std::string list;
  for (std::size_t k = 0; k < missing.size() && k < 8; ++k)
    list += (k > 0 ? ", " : "") + std::to_string(missing[k]);
  throw WorldError(
      folder,
      concat(missing.size(), " of ", count, " points are missing: ", list,
             missing.size() > 8 ? ", ..." : ""),
      "run foramen sweep again with the same study and --out; it computes only what is "
      "missing");
}

class Stack {
public:
  Stack(io::Hdf5Writer& to, const Points& points, const std::vector<SweepAxis>& axes)
      : to_(to), points_(points) {
    for (const SweepAxis& axis : axes) {
      axis_paths_.push_back("/axes/" + axis.key);
      extents_.push_back(axis.values.size());
    }
  }
  // Numbers or enums; `own` are the scales of the dataset's own dimensions.
  void add(const std::string& path, const io::Axes& own, bool is_enum = false) {
    const io::Shape shape = points_.front()->shape(path);
    std::vector<double> values;
    std::vector<int> codes;
    for (const auto& point : points_) {
      if (point->shape(path) != shape)
        throw WorldError(path, "the points of the sweep differ in shape, so they cannot be stacked",
                         "do not sweep keys that change the number of fibres, programmes or "
                         "contacts; read the points' own results.h5 instead");
      if (is_enum) {
        const auto part = point->enums(path);
        codes.insert(codes.end(), part.begin(), part.end());
      } else {
        const auto part = point->doubles(path);
        values.insert(values.end(), part.begin(), part.end());
      }
    }
    io::Shape stacked = extents_;
    stacked.insert(stacked.end(), shape.begin(), shape.end());
    io::Axes axes = axis_paths_;
    axes.insert(axes.end(), own.begin(), own.end());
    const std::string meaning = points_.front()->attribute_text(path, "long_name");
    if (is_enum)
      to_.write_enums(path, codes, stacked, points_.front()->enum_names(path), meaning, axes);
    else
      to_.write_doubles(path, values, stacked,
                        {points_.front()->attribute_text(path, "units"), meaning}, axes);
  }

private:
  io::Hdf5Writer& to_;
  const Points& points_;
  io::Axes axis_paths_;
  io::Shape extents_;
};

void copy_common(io::Hdf5Writer& to, const io::Hdf5Reader& from) {
  for (const auto& [name, value] : core::provenance())
    to.attribute("/meta", name, value);
  to.attribute("/meta", "program", std::string("foramen"));
  to.attribute("/meta", "title", from.attribute_text("/meta", "title"));
  to.write_text("/meta/configuration", from.text("/meta/configuration"),
                "the study of the first point, with the sweep's axes (TOML)");
  for (const std::string name : {"name", "kind", "target", "pulse"}) {
    const auto texts = from.texts("/programmes/" + name);
    to.write_texts("/programmes/" + name, texts, {texts.size()}, "as in every point's results.h5");
  }
  const auto fractions = from.doubles("/summary/fraction");
  to.write_doubles("/summary/fraction", fractions, {fractions.size()},
                   {"1", "fraction of the population"});
  for (const std::string name : {"capture_amplitude_mA", "capture_amplitude_V"})
    if (from.has_attribute("/summary", name))
      to.attribute("/summary", name, from.attribute_number("/summary", name));
}

bool ends_with(const std::string& text, const char* suffix) {
  return text.ends_with(suffix);
}

void stack_summary(Stack& stack, const io::Hdf5Reader& first) {
  for (const std::string& name : first.names("/summary")) {
    if (name == "fraction")
      continue;
    const std::string path = "/summary/" + name;
    io::Axes own{"/programmes/name"};
    if (first.shape(path).size() == 2)
      own.push_back("/summary/fraction");
    stack.add(path, own, ends_with(name, "_status"));
  }
}

void stack_populations(Stack& stack, const io::Hdf5Reader& first) {
  for (const std::string& population : first.names("/populations"))
    for (const std::string& name : first.names("/populations/" + population)) {
      const std::string path = concat("/populations/", population, "/", name);
      const bool per_programme = first.shape(path).size() == 2;
      stack.add(path, per_programme ? io::Axes{"/programmes/name", ""} : io::Axes{""},
                name == "status");
    }
}

} // namespace

MergeOutcome merge_sweep(const std::string& folder) {
  const std::string study = folder + "/study.toml";
  if (!fs::exists(study))
    throw WorldError(folder, "is not the folder of a sweep (it has no study.toml)",
                     "name the --out folder of foramen sweep");
  auto document = config::Document::from_file(study);
  const auto axes = read_sweep(document.root());
  const auto sweep_points = expand_sweep(axes);
  const Points points = open_points(folder, sweep_points.size());
  MergeOutcome outcome{folder + "/merged.h5", {}};
  io::Hdf5Writer file(outcome.file);
  copy_common(file, *points.front());
  for (const SweepAxis& axis : axes) {
    std::vector<std::string> values;
    for (const std::string& value : axis.values)
      values.push_back(plain_value(value));
    file.write_texts("/axes/" + axis.key, values, {values.size()}, "values of " + axis.key);
  }
  Stack stack(file, points, axes);
  stack_summary(stack, *points.front());
  stack_populations(stack, *points.front());
  if (points.front()->has("/programmes/load"))
    stack.add("/programmes/load", {"/programmes/name"});
  if (points.front()->has("/field/impedance"))
    stack.add("/field/impedance", {"", ""});
  file.commit();
  std::vector<std::size_t> all(sweep_points.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = i;
  outcome.table = sweep_table(axes, sweep_points, all, folder);
  return outcome;
}

} // namespace foramen::study
