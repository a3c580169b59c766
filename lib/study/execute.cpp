#include "study/execute.hpp"

#include "study/run_study.hpp"
#include "study/write_fibres.hpp"
#include "study/write_field.hpp"
#include "study/write_results.hpp"
#include "study/write_tables.hpp"

namespace foramen::study {

Outcome execute(const Study& study, const std::string& folder, Cache& cache, Progress& progress,
                const field::Ranks& ranks) {
  Run run = run_study(study, cache, progress, ranks);
  progress.stage("results");
  Outcome outcome;
  outcome.table = result_table(study, run.result);
  outcome.open_thresholds = run.result.has_open_thresholds();
  outcome.files.push_back(write_results(study, run, outcome.table, folder));
  for (std::string& file : write_tables(study, run.result, folder))
    outcome.files.push_back(std::move(file));
  if (run.field && study.output.field_file)
    for (std::string& file : write_field(study, run.result, *run.field, folder))
      outcome.files.push_back(std::move(file));
  if (study.output.fibre_file)
    for (std::string& file : write_fibres(study, run, folder))
      outcome.files.push_back(std::move(file));
  outcome.result = std::move(run.result);
  return outcome;
}

} // namespace foramen::study
