#include "study/run_study.hpp"

#include "core/error.hpp"

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

void warn_about_ends(const Study& study, const StudyResult& result, Progress& progress) {
  for (std::size_t p = 0; p < study.populations.size(); ++p) {
    std::size_t at_end = 0, all = 0;
    for (const auto& row : result.populations[p].thresholds)
      for (const response::ThresholdResult& r : row) {
        all += r.status == response::ThresholdStatus::converged ? 1 : 0;
        at_end += r.status == response::ThresholdStatus::converged && r.started_at_end ? 1 : 0;
      }
    if (at_end > 0)
      progress.warning(concat("population ", study.populations[p].name, ": ", at_end, " of ", all,
                              " thresholds began at an end of the modelled fibre, not at the lead; "
                              "they are marked started_at_end in results.h5.\n  remedy: make the "
                              "nerve longer or move the lead away from its ends"));
  }
}

} // namespace

Run run_study(const Study& study, Cache& cache, Progress& progress) {
  Run run;
  StudyResult& result = run.result;
  Stopwatch watch(result);
  if (study.field.kind == FieldSettings::Kind::finite_elements) {
    run.field = std::make_unique<FieldStage>(study, cache, progress);
    run.field->key();
    watch.lap("mesh");
    const field::UnitPotentials& potentials = run.field->potentials();
    result.impedance = potentials.impedance;
    result.solver = potentials.report;
    watch.lap("field");
  }
  std::vector<FibrePotentials> potentials;
  for (const PopulationSettings& population : study.populations) {
    result.populations.push_back({place_fibres(study.anatomy.nerve, population, study.seed), {}});
    potentials.push_back(fibre_potentials(study, run.field.get(), population,
                                          result.populations.back().fibres, cache, progress));
  }
  watch.lap("potentials");
  progress.stage("thresholds");
  const double pieces = static_cast<double>(study.programmes.size() * study.populations.size());
  double finished = 0.0;
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    for (std::size_t p = 0; p < study.populations.size(); ++p) {
      PopulationResult& population = result.populations[p];
      population.thresholds.push_back(programme_thresholds(study, study.programmes[i],
                                                           study.populations[p], population.fibres,
                                                           potentials[p], cache, progress));
      progress.done(++finished / pieces);
      progress.checkpoint();
    }
    result.summary.push_back(summarise(study, i, result.populations, result.impedance));
  }
  watch.lap("thresholds");
  warn_about_ends(study, result, progress);
  return run;
}

} // namespace foramen::study
