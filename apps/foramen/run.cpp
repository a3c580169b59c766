// foramen run STUDY: from a study file to results.

#include "command.hpp"
#include "study/execute.hpp"
#include "study/other_ranks.hpp"
#include "study_options.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

// What a rank other than the first does. Its mistakes are the first one's, which reports them.
core::ExitCode serve(const po::variables_map& values, const field::Ranks& ranks) {
  try {
    apply_threads(values);
    auto document = open_study(values);
    const study::Study settings = study::read_study(document);
    study::serve_first_rank(ranks, settings);
  } catch (const core::Error& problem) {
    if (!study::wait_unserving(ranks)) // the first rank sees a study that this one cannot read
      throw;
    return problem.exit_code();
  }
  return core::ExitCode::done;
}

core::ExitCode run(const po::variables_map& values) {
  const field::Ranks& ranks = field::Ranks::all();
  if (!ranks.first())
    return serve(values, ranks);
  const study::OtherRanks others(ranks);
  OpenedStudy opened(values, "run.log");
  const study::Outcome outcome =
      study::execute(opened.settings, opened.folder, opened.cache, opened.progress, ranks);
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
      "      the same study with two keys changed\n"
      "  mpirun -n 4 --map-by socket --bind-to socket foramen run study.toml --threads 16\n"
      "      the field of a large model shared by four processes of sixteen threads\n",
      declare_study_options,
      run};
  return command;
}

} // namespace foramen::apps
