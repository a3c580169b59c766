#include "study/sweep_run.hpp"

#include "config/table.hpp"
#include "core/hash.hpp"
#include "core/provenance.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_file.hpp"
#include "study/execute.hpp"
#include "study/read_leads.hpp"
#include "study/sweep_table.hpp"

#include <algorithm>
#include <filesystem>

namespace foramen::study {
namespace {

namespace fs = std::filesystem;

config::Document open_point(const std::string& path, const std::vector<std::string>& overrides,
                            const SweepPoint& point) {
  auto document = config::Document::from_file(path);
  for (const std::string& assignment : overrides)
    document.override_with(assignment);
  for (const std::string& assignment : point.assignments)
    document.override_with(assignment);
  return document;
}

std::vector<SweepAxis> axes_of(const std::string& path, const std::vector<std::string>& overrides) {
  auto document = open_point(path, overrides, {});
  auto axes = read_sweep(document.root());
  if (axes.empty())
    throw ConfigError(
        path, "the study has no [sweep]",
        "list axes, for example [sweep] \"lead.clearance\" = [\"1 mm\", \"2 mm\"], or "
        "use foramen run");
  return axes;
}

std::string key_of(const Study& study) {
  core::Hasher hasher;
  hasher.add(study.resolved).add(core::version()).add(core::source_commit());
  return hasher.digest().hex();
}

// Finished before, from the same configuration, by the same program.
bool is_finished(const std::string& folder, const std::string& key) {
  if (!fs::exists(folder + "/point.key") || !fs::exists(folder + "/results.h5"))
    return false;
  return io::read_file(folder + "/point.key") == key + "\n";
}

// Whether the sweep moves a lead that a mesh might follow, and none does.
bool meshes_every_pose(const Study& study) {
  if (study.mesh_pose || study.field.own_mesh ||
      study.field.kind != FieldSettings::Kind::finite_elements)
    return false;
  const auto moves = [&](const lead::PlacedLead& lead) {
    return lead.placement.shape != lead::Shape::follows_nerve &&
           std::any_of(study.sweep.begin(), study.sweep.end(), [&](const SweepAxis& axis) {
             const auto& keys = lead::pose_keys;
             return std::any_of(keys.begin(), keys.end(), [&](const char* key) {
               return axis.key == table_of(lead) + "." + key;
             });
           });
  };
  return std::any_of(study.leads.begin(), study.leads.end(), moves);
}

void run_point(const std::string& path, const std::vector<std::string>& overrides,
               const SweepPoint& point, const std::string& folder, Cache& cache, Progress& progress,
               SweepOutcome& outcome) {
  auto document = open_point(path, overrides, point);
  const Study study = read_study(document);
  const std::string key = key_of(study);
  fs::create_directories(folder);
  if (is_finished(folder, key)) {
    progress.note(concat("point ", point.index, ": there already"));
    ++outcome.reused;
  } else {
    fs::remove(folder + "/point.key");
    outcome.open_thresholds |= execute(study, folder, cache, progress).open_thresholds;
    io::write_file(folder + "/point.key", key + "\n");
  }
  ++outcome.finished;
}

std::string described(const std::vector<SweepAxis>& axes, const SweepPoint& point) {
  std::string text = concat("point ", point.index, " (");
  for (std::size_t a = 0; a < axes.size(); ++a)
    text +=
        concat(a > 0 ? ", " : "", axes[a].key, "=", plain_value(axes[a].values[point.position[a]]));
  return text + ")";
}

} // namespace

SweepOutcome run_sweep(const std::string& path, const std::vector<std::string>& overrides,
                       const Shard& shard, const std::string& folder, Cache& cache,
                       Progress& progress) {
  const auto axes = axes_of(path, overrides);
  const auto points = expand_sweep(axes);
  {
    // The first point, whoever owns it: a misspelled axis is refused before any work. Its resolved
    // configuration, axes included, tells merge_sweep what the sweep was.
    auto document = open_point(path, overrides, points.front());
    const Study study = read_study(document);
    io::write_file(folder + "/study.toml", study.resolved);
    if (meshes_every_pose(study))
      progress.note("every pose of a lead gets a mesh of its own; where poses are within some "
                    "millimetre, [lead.mesh_pose] lets one mesh follow, which is several times "
                    "faster");
  }
  SweepOutcome outcome;
  std::vector<std::size_t> finished;
  for (const SweepPoint& point : points) {
    if (!shard.owns(point.index))
      continue;
    ++outcome.points;
    progress.note(described(axes, point));
    try {
      run_point(path, overrides, point, point_folder(folder, point.index), cache, progress,
                outcome);
      finished.push_back(point.index);
    } catch (const core::Error& error) {
      // The other points go on; a full disk would only repeat itself.
      outcome.problems.push_back(concat(described(axes, point), ": ", error.what()));
      progress.warning(outcome.problems.back());
      outcome.worst = std::max(outcome.worst, error.exit_code());
    }
    progress.checkpoint();
  }
  outcome.table = sweep_table(axes, points, finished, folder);
  return outcome;
}

} // namespace foramen::study
