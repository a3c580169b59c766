// foramen run STUDY: from a study file to results.

#include "command.hpp"
#include "study/execute.hpp"
#include "study_options.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

core::ExitCode run(const po::variables_map& values) {
  OpenedStudy opened(values, "run.log");
  const study::Outcome outcome =
      study::execute(opened.settings, opened.folder, opened.cache, opened.progress);
  opened.progress.finish();
  std::cout << outcome.table << "\n";
  for (const std::string& file : outcome.files)
    std::cout << "written: " << file << "\n";
  std::cout << "log:     " << opened.folder << "/run.log\n";
  if (!outcome.open_thresholds)
    return core::ExitCode::done;
  std::cerr << "some thresholds lie above thresholds.ceiling and stayed open (marked >)\n"
               "  remedy: raise thresholds.ceiling if the generator can deliver more, or bring the "
               "lead nearer\n";
  return core::ExitCode::open_thresholds;
}

} // namespace

const Command& run_command() {
  static const Command command{
      "run",
      "STUDY.toml",
      "compute a study: thresholds, tables, field",
      "  foramen run configs/studies/l5_extraforaminal.toml --out results/l5\n"
      "      the default study; a second run reuses every stage that has not changed\n"
      "  foramen run study.toml --set lead.clearance=\"2 mm\" --set populations.a_beta.count=500\n"
      "      the same study with two keys changed\n",
      declare_study_options,
      run};
  return command;
}

} // namespace foramen::apps
