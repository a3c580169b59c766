#include "study/run_study.hpp"

#include "study/field_frequency.hpp"
#include "study/field_run.hpp"
#include "study/warnings.hpp"

namespace foramen::study {

Run run_study(const Study& study, Cache& cache, Progress& progress, const field::Ranks& ranks) {
  Run run;
  StudyResult& result = run.result;
  for (const std::string& line : warnings_before(study))
    progress.warning(line);
  for (const std::string& line : frequency_report(study))
    progress.note(line);
  StageClock clock;
  std::vector<std::vector<PlacedFibre>> fibres;
  for (const PopulationSettings& population : study.populations)
    fibres.push_back(place_fibres(study.anatomy.nerve, population, study.seed));
  FieldRun field = run_field(study, fibres, cache, progress, ranks, clock);
  run.field = std::move(field.field);
  run.potentials = std::move(field.potentials);
  result.accuracy = std::move(field.accuracy);
  if (run.field) {
    const field::UnitPotentials& potentials = run.field->potentials();
    result.impedance = potentials.impedance;
    result.solver = potentials.report;
  }
  result.drive = drive_of(study, result.impedance);
  for (std::vector<PlacedFibre>& placed : fibres)
    result.populations.push_back({std::move(placed), {}});
  progress.stage("thresholds");
  const double pieces = static_cast<double>(study.programmes.size() * study.populations.size());
  double finished = 0.0;
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    for (std::size_t p = 0; p < study.populations.size(); ++p) {
      PopulationResult& population = result.populations[p];
      population.thresholds.push_back(programme_thresholds(study, result.drive, i,
                                                           study.populations[p], population.fibres,
                                                           run.potentials[p], cache, progress));
      if (result.accuracy)
        for (std::size_t k = 0; k < population.fibres.size(); ++k)
          population.thresholds.back()[k].field_error = field.errors[i][p][k];
      progress.done(++finished / pieces);
      progress.checkpoint();
    }
    result.summary.push_back(
        summarise(study, result.drive, i, result.populations, result.impedance));
  }
  clock.lap("thresholds");
  result.stage_seconds = clock.seconds();
  for (const std::string& line : warnings_after(study, result))
    progress.warning(line);
  return run;
}

} // namespace foramen::study
