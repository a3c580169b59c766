// Options that every command on a study shares, and what they lead to.
#pragma once

#include "command.hpp"
#include "config/table.hpp"
#include "core/quantity_text.hpp"
#include "study/cache.hpp"
#include "study/chosen_fibre.hpp"
#include "study/study.hpp"
#include "terminal_progress.hpp"

#include <string>

namespace foramen::apps {

// STUDY, --set, --out, --cache, --threads.
void declare_study_options(po::options_description& options,
                           po::positional_options_description& positional);

// The study file with the --set overrides applied.
config::Document open_study(const po::variables_map& values);

// --out, or results/<name of the study file>.
std::string output_folder(const po::variables_map& values);
std::string cache_folder(const po::variables_map& values);
void apply_threads(const po::variables_map& values); // --threads, for this process

// What a command that computes starts with: threads set, study read and checked, folder made, log
// and cache open.
struct OpenedStudy {
  OpenedStudy(const po::variables_map& values, const std::string& log_name);
  study::Study settings;
  std::string folder;
  TerminalProgress progress;
  study::Cache cache;
};

// --population, --fibre, --programme, for commands on one fibre of a study.
void declare_fibre_options(po::options_description& options);
study::FibreChoice fibre_choice(const po::variables_map& values);

// An option's quantity, "1.5 mA". Refuses what is none.
template <class Q> Q quantity_of(const po::variables_map& values, const char* option) {
  const core::Dimension dimension = core::dimension_of(Q{});
  const auto parsed = core::parse_quantity(text_of(values, option), dimension);
  if (parsed.problem != core::QuantityTextProblem::none)
    throw ConfigError(
        concat("--", option),
        concat("\"", text_of(values, option), "\" is not a ", core::dimension_name(dimension)),
        concat("write for example \"", core::example_quantity(dimension), "\""));
  return Q::from_si(parsed.si);
}

// Creates a folder. Throws WorldError.
void make_folder(const std::string& path);

} // namespace foramen::apps
