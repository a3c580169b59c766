#include "study/chosen_fibre.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"
#include "study/field_run.hpp"
#include "study/stages.hpp"

#include <algorithm>

namespace foramen::study {
namespace {

template <class T>
std::size_t place_of(const std::vector<T>& all, const std::string& name, const std::string& kind,
                     const std::string& command) {
  if (name.empty())
    return 0;
  std::vector<std::string> names;
  for (const T& x : all)
    names.push_back(x.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end())
    return static_cast<std::size_t>(found - names.begin());
  const auto near = config::nearest_name(name, names);
  throw ConfigError(command, concat("the study has no ", kind, " \"", name, "\""),
                    near ? concat("did you mean \"", *near, "\"?")
                         : concat("it has ", names.front(), " and ", names.size() - 1, " others"));
}

// Of one population, on the mesh that a run of the study ends on.
FibrePotentials potentials_of_run(const Study& study, const PopulationSettings& population,
                                  const std::vector<PlacedFibre>& fibres, Cache& cache,
                                  Progress& progress) {
  if (study.field.accuracy) { // how fine it has to be depends on all of them
    std::vector<std::vector<PlacedFibre>> all;
    for (const PopulationSettings& other : study.populations)
      all.push_back(place_fibres(study.anatomy.nerve, other, study.seed));
    StageClock clock;
    FieldRun run = run_field(study, all, cache, progress, field::Ranks::alone(), clock);
    return std::move(run.potentials[static_cast<std::size_t>(&population - &study.populations[0])]);
  }
  std::unique_ptr<FieldStage> field;
  if (study.field.kind == FieldSettings::Kind::finite_elements)
    field = std::make_unique<FieldStage>(study, cache, progress);
  return fibre_potentials(study, field.get(), population, fibres, cache, progress);
}

} // namespace

ChosenFibre choose_fibre(const Study& study, const FibreChoice& choice, const std::string& command,
                         Cache& cache, Progress& progress) {
  const PopulationSettings& population =
      study.populations[place_of(study.populations, choice.population, "population", command)];
  const stimulus::Programme& programme =
      study.programmes[place_of(study.programmes, choice.programme, "programme", command)];
  if (study.control == Control::voltage)
    throw ConfigError(command,
                      concat("programme ", programme.kind,
                             " is controlled by voltage, and single fibres are computed in "
                             "currents"),
                      concat("add --set programmes.", programme.kind,
                             ".control=current for every programme, and give amplitudes of the "
                             "thresholds in mA"));
  std::vector<PlacedFibre> fibres = place_fibres(study.anatomy.nerve, population, study.seed);
  if (choice.fibre >= fibres.size())
    throw ConfigError(command,
                      concat("population ", population.name, " has no fibre ", choice.fibre),
                      concat("name one from 0 to ", fibres.size() - 1));
  const FibrePotentials potentials = potentials_of_run(study, population, fibres, cache, progress);
  PlacedFibre& fibre = fibres[choice.fibre];
  stimulus::FieldAtFibre along =
      programme_field(potentials[choice.fibre], programme.weights, 0, fibre.cable.n_compartments());
  return {&population, &programme, std::move(fibre), std::move(along)};
}

void describe(io::Hdf5Writer& file, const Study& study, const ChosenFibre& chosen,
              const FibreChoice& choice) {
  file.attribute("/meta", "program", std::string("foramen"));
  for (const auto& [name, value] : core::provenance())
    file.attribute("/meta", name, value);
  file.attribute("/meta", "population", chosen.population->name);
  file.attribute("/meta", "model", chosen.population->model);
  file.attribute("/meta", "programme", chosen.programme->name);
  file.attribute("/meta", "fibre", static_cast<std::int64_t>(choice.fibre));
  file.attribute("/meta", "diameter_um", chosen.fibre.sample.diameter.in(um));
  file.write_text("/meta/configuration", study.resolved, "the study (TOML)");
}

} // namespace foramen::study
