// Options that every command on a study shares, and what they lead to.
#pragma once

#include "command.hpp"
#include "config/table.hpp"

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

// Creates a folder. Throws WorldError.
void make_folder(const std::string& path);

} // namespace foramen::apps
