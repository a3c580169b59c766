#include "study/cache.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iomanip>

namespace foramen::study {
namespace {

namespace fs = std::filesystem;

std::string seconds_since(std::chrono::steady_clock::time_point start) {
  const double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::ostringstream out;
  out << std::fixed << std::setprecision(2) << s << " s";
  return out.str();
}

const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

} // namespace

Cache::Cache(std::string folder) : folder_(std::move(folder)) {
  std::error_code problem;
  fs::create_directories(folder_, problem);
  if (problem)
    throw WorldError(folder_, concat("the cache folder cannot be made (", problem.message(), ")"),
                     "name another with --cache DIR");
}

std::string Cache::path(const std::string& stage, const core::Digest& key) const {
  return concat(folder_, "/", stage, "-", key.hex(), ".bin");
}

bool Cache::holds(const std::string& stage, const core::Digest& key) const {
  std::error_code no_throw;
  return fs::exists(path(stage, key), no_throw);
}

Artefact Cache::get(const std::string& stage, const core::Digest& key, Progress& progress,
                    const std::function<Artefact()>& compute) {
  const auto start = std::chrono::steady_clock::now();
  const std::string file = path(stage, key);
  const std::string name = concat(stage, " ", key.hex().substr(0, 12));
  auto reading = Artefact::read(file);
  if (reading.problem == Artefact::Problem::none) {
    progress.note(concat(name, ": reused from the cache (", seconds_since(start), ")"));
    return std::move(reading.artefact);
  }
  if (reading.problem != Artefact::Problem::absent) {
    progress.warning(concat(file, ": the cached artefact ", reading.detail,
                            "; it is set aside and computed again.\n  remedy: nothing to do; if it "
                            "happens often, check the disk"));
    std::error_code no_throw;
    fs::rename(file, file + ".damaged", no_throw);
  }
  Artefact made = compute();
  try {
    made.write(file);
  } catch (const WorldError& error) {
    progress.warning(
        concat("the result of ", name, " could not be kept for later runs: ", error.what()));
  }
  progress.note(concat(name, ": computed (", seconds_since(start), ")"));
  return made;
}

std::shared_ptr<void> Cache::find_kept(const std::string& kind, const core::Digest& key) {
  const auto at = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.kind == kind && kept.key == key;
  });
  if (at == kept_.end())
    return nullptr;
  std::rotate(at, at + 1, kept_.end());
  return kept_.back().object;
}

void Cache::forget(const std::string& kind, const core::Digest& key) {
  std::erase_if(kept_, [&](const Kept& kept) { return kept.kind == kind && kept.key == key; });
}

void Cache::keep(Kept kept) {
  if (kept_.size() == most_kept)
    kept_.pop_front();
  kept_.push_back(std::move(kept));
}

std::string default_cache_folder() {
  if (const char* folder = environment("FORAMEN_CACHE"))
    return folder;
  if (const char* base = environment("XDG_CACHE_HOME"))
    return concat(base, "/foramen");
  if (const char* home = environment("HOME"))
    return concat(home, "/.cache/foramen");
  return ".foramen-cache";
}

} // namespace foramen::study
