#include "study_options.hpp"

#include "core/parallel.hpp"

#include <filesystem>

namespace foramen::apps {

void declare_study_options(po::options_description& options,
                           po::positional_options_description& positional) {
  options.add_options()("study", po::value<std::string>(), "the study file (first argument)")(
      "set", po::value<std::vector<std::string>>()->composing(),
      "key=value: override a key of the study, for example --set lead.clearance=\"2 mm\"; "
      "repeatable")("out", po::value<std::string>(),
                    "folder of the results (default: results/STUDY)")(
      "cache", po::value<std::string>(),
      "folder of the stage cache (default: $FORAMEN_CACHE or ~/.cache/foramen)")(
      "threads", po::value<int>(), "number of threads (default: all)");
  positional.add("study", 1);
}

namespace {

study::Study read(const po::variables_map& values) {
  apply_threads(values);
  auto document = open_study(values);
  return study::read_study(document);
}

std::string made_folder(const po::variables_map& values) {
  const std::string folder = output_folder(values);
  make_folder(folder);
  return folder;
}

} // namespace

OpenedStudy::OpenedStudy(const po::variables_map& values, const std::string& log_name)
    : settings(read(values)), folder(made_folder(values)), progress(folder + "/" + log_name),
      cache(cache_folder(values)) {}

void declare_fibre_options(po::options_description& options) {
  options.add_options()("population", po::value<std::string>(), "default: the study's first")(
      "fibre", po::value<std::size_t>()->default_value(0), "number of the fibre, from 0")(
      "programme", po::value<std::string>(), "for example \"motor E3\"; default: the first");
}

study::FibreChoice fibre_choice(const po::variables_map& values) {
  return {.population = text_of(values, "population"),
          .programme = text_of(values, "programme"),
          .fibre = values["fibre"].as<std::size_t>()};
}

config::Document open_study(const po::variables_map& values) {
  const std::string path = text_of(values, "study");
  if (path.empty())
    throw ConfigError("command line", "no study file is named",
                      "write for example: foramen run configs/studies/l5_extraforaminal.toml");
  auto document = config::Document::from_file(path);
  for (const std::string& assignment : texts_of(values, "set"))
    document.override_with(assignment);
  return document;
}

std::string output_folder(const po::variables_map& values) {
  const std::string given = text_of(values, "out");
  if (!given.empty())
    return given;
  return (std::filesystem::path("results") / std::filesystem::path(text_of(values, "study")).stem())
      .string();
}

std::string cache_folder(const po::variables_map& values) {
  const std::string given = text_of(values, "cache");
  return given.empty() ? study::default_cache_folder() : given;
}

void apply_threads(const po::variables_map& values) {
  if (values.count("threads") == 0)
    return;
  const int threads = values["threads"].as<int>();
  if (threads < 1)
    throw ConfigError("--threads", concat(threads, " is not a number of threads"),
                      "give at least 1");
  core::set_thread_count(static_cast<std::size_t>(threads));
}

void make_folder(const std::string& path) {
  std::error_code problem;
  std::filesystem::create_directories(path, problem);
  if (problem)
    throw WorldError(path, concat("the folder cannot be made (", problem.message(), ")"),
                     "name another with --out DIR");
}

} // namespace foramen::apps
