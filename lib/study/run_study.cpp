#include "study/run_study.hpp"

#include "study/field_frequency.hpp"
#include "study/warnings.hpp"

#include <chrono>

namespace foramen::study {
namespace {

class Stopwatch {
public:
  explicit Stopwatch(StudyResult& result) : result_(result) {}
  void lap(const std::string& stage) {
    const auto now = Clock::now();
    result_.stage_seconds.emplace_back(stage, std::chrono::duration<double>(now - last_).count());
    last_ = now;
  }

private:
  using Clock = std::chrono::steady_clock;
  StudyResult& result_;
  Clock::time_point last_ = Clock::now();
};

} // namespace

Run run_study(const Study& study, Cache& cache, Progress& progress, const field::Ranks& ranks) {
  Run run;
  StudyResult& result = run.result;
  for (const std::string& line : warnings_before(study))
    progress.warning(line);
  for (const std::string& line : frequency_report(study))
    progress.note(line);
  Stopwatch watch(result);
  if (study.field.kind == FieldSettings::Kind::finite_elements) {
    run.field = std::make_unique<FieldStage>(study, cache, progress, ranks);
    run.field->key();
    watch.lap("mesh");
    const field::UnitPotentials& potentials = run.field->potentials();
    result.impedance = potentials.impedance;
    result.solver = potentials.report;
    watch.lap("field");
  }
  result.drive = drive_of(study, result.impedance);
  for (const PopulationSettings& population : study.populations) {
    result.populations.push_back({place_fibres(study.anatomy.nerve, population, study.seed), {}});
    run.potentials.push_back(fibre_potentials(study, run.field.get(), population,
                                              result.populations.back().fibres, cache, progress));
  }
  watch.lap("potentials");
  progress.stage("thresholds");
  const double pieces = static_cast<double>(study.programmes.size() * study.populations.size());
  double finished = 0.0;
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    for (std::size_t p = 0; p < study.populations.size(); ++p) {
      PopulationResult& population = result.populations[p];
      population.thresholds.push_back(programme_thresholds(study, result.drive, i,
                                                           study.populations[p], population.fibres,
                                                           run.potentials[p], cache, progress));
      progress.done(++finished / pieces);
      progress.checkpoint();
    }
    result.summary.push_back(
        summarise(study, result.drive, i, result.populations, result.impedance));
  }
  watch.lap("thresholds");
  for (const std::string& line : warnings_after(study, result))
    progress.warning(line);
  return run;
}

} // namespace foramen::study
