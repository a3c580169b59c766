// foramen sweep STUDY: every point of the study's [sweep], or the share of one shard.

#include "command.hpp"
#include "study/execute.hpp"
#include "study/sweep_run.hpp"
#include "study_options.hpp"
#include "terminal_progress.hpp"

#include <iostream>

namespace foramen::apps {
namespace {

void declare(po::options_description& options, po::positional_options_description& positional) {
  declare_study_options(options, positional);
  options.add_options()("shard", po::value<std::string>(),
                        "i/N: only the points i, i+N, i+2N, ... (0 <= i < N)");
}

core::ExitCode run(const po::variables_map& values) {
  apply_threads(values);
  const std::string path = text_of(values, "study");
  open_study(values); // the first complaint about the file, before any folder is made
  const std::string folder = output_folder(values);
  make_folder(folder);
  const study::Shard shard =
      values.count("shard") != 0 ? study::parse_shard(text_of(values, "shard")) : study::Shard{};
  const std::string log =
      shard.count == 1 ? folder + "/sweep.log" : concat(folder, "/sweep-", shard.index, ".log");
  TerminalProgress progress(log);
  study::Cache cache(cache_folder(values));
  const study::SweepOutcome outcome =
      study::run_sweep(path, texts_of(values, "set"), shard, folder, cache, progress);
  progress.finish();
  std::cout << outcome.finished << " of " << outcome.points << " points finished";
  if (outcome.reused > 0)
    std::cout << " (" << outcome.reused << " were there already)";
  std::cout << "\n" << outcome.table;
  for (const std::string& problem : outcome.problems)
    std::cerr << "error: " << problem << "\n";
  std::cout << "results: " << folder << "/points\nnext:    foramen merge " << folder << "\n";
  if (!outcome.problems.empty())
    return outcome.worst;
  return outcome.open_thresholds ? core::ExitCode::open_thresholds : core::ExitCode::done;
}

} // namespace

const Command& sweep_command() {
  static const Command command{
      "sweep",
      "STUDY.toml",
      "compute every point of a study's [sweep]",
      "  foramen sweep configs/studies/l5_migration.toml --out results/migration\n"
      "      all points one after the other; run again to resume\n"
      "  foramen sweep study.toml --out results/s --shard 0/4\n"
      "      a quarter of them; the other shards may run elsewhere at the same time\n"
      "  sbatch --array=0-3 scripts/slurm/sweep.sbatch study.toml results/s\n"
      "      the same on a cluster\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
