#include "study/write_results.hpp"

#include "core/provenance.hpp"
#include "io/hdf5_file.hpp"
#include "study/columns.hpp"
#include "study/field_frequency.hpp"
#include "study/write_anatomy.hpp"
#include "study/write_fibres.hpp"
#include "study/write_leads.hpp"
#include "study/write_populations.hpp"
#include "study/write_slices.hpp"
#include "study/write_summary.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {
namespace {

using io::Hdf5Writer;

void write_meta(Hdf5Writer& file, const Study& study, const StudyResult& result,
                const std::string& table) {
  file.attribute("/meta", "program", std::string("foramen"));
  file.attribute("/meta", "title", study.title);
  file.attribute("/meta", "best_programme", study.programmes[best_programme(study, result)].name);
  file.attribute("/meta", "seed", static_cast<std::int64_t>(study.seed));
  for (const auto& [name, value] : core::provenance())
    file.attribute("/meta", name, value);
  file.write_text("/meta/configuration", study.resolved,
                  "the study with every default filled in; runs again as it is (TOML)");
  if (study.field.frequency) {
    file.attribute("/meta", "frequency_hz", study.field.frequency->in(Hz));
    const std::vector<std::string> lines = frequency_report(study);
    file.write_texts("/meta/frequency", lines, {lines.size()},
                     "which conductivities were taken at which frequency");
  }
  file.write_text("/meta/table", table, "the result table as printed");
  std::vector<std::string> stages;
  std::vector<double> seconds;
  for (const auto& [stage, time] : result.stage_seconds) {
    stages.push_back(stage);
    seconds.push_back(time);
  }
  file.write_texts("/meta/stage", stages, {stages.size()}, "stages of the run");
  file.write_doubles("/meta/stage_seconds", seconds, {seconds.size()},
                     {"s", "time each stage took, near zero when reused from the cache"},
                     {"/meta/stage"});
}

// The contact that carries most cathodic current of the best programme: where the slices lie.
std::size_t shown_contact(const Study& study, const StudyResult& result) {
  const std::vector<double>& weights =
      result.drive.programmes[best_programme(study, result)].weights;
  return static_cast<std::size_t>(std::max_element(weights.begin(), weights.end()) -
                                  weights.begin());
}

void write_field(Hdf5Writer& file, const Study& study, const StudyResult& result, FieldStage* field,
                 std::size_t contact) {
  if (field == nullptr)
    return;
  const auto n = static_cast<std::size_t>(result.impedance.rows());
  file.write_doubles(
      "/field/impedance",
      std::span(result.impedance.data(), static_cast<std::size_t>(result.impedance.size())), {n, n},
      {"ohm", "potential of one contact per ampere through another"},
      {"/lead/contact", "/lead/contact"});
  if (const LoadedMesh* own = field->own_mesh()) {
    file.attribute("/field", "mesh", study.field.own_mesh->source.path);
    file.attribute("/field", "mesh_digest", own->file.hex());
  }
  file.attribute("/field", "unknowns", static_cast<std::int64_t>(result.solver.n_unknowns));
  file.attribute("/field", "tetrahedra", static_cast<std::int64_t>(result.solver.n_tets));
  file.attribute("/field", "iterations", static_cast<std::int64_t>(result.solver.iterations));
  file.attribute("/field", "relative_residual", result.solver.residual);
  file.attribute("/field", "current_imbalance", result.solver.current_imbalance);
  if (result.accuracy) {
    file.attribute("/field", "reported_field_error", result.accuracy->worst);
    file.attribute("/field", "refine", result.accuracy->refine);
    if (result.accuracy->wanted) {
      file.attribute("/field", "wanted_accuracy", *result.accuracy->wanted);
      file.attribute("/field", "meshes", static_cast<std::int64_t>(result.accuracy->meshes));
      file.attribute("/field", "accuracy_met",
                     static_cast<std::int64_t>(result.accuracy->missed.empty() ? 1 : 0));
    }
  }
  write_field_slices(file, study, *field, contact);
}

void write_programmes(Hdf5Writer& file, const Study& study, const Drive& drive) {
  std::vector<std::string> names, kinds, pulses, targets;
  std::vector<double> weights, rates, widths;
  for (std::size_t i = 0; i < drive.programmes.size(); ++i) {
    const stimulus::Programme& p = drive.programmes[i];
    names.push_back(p.name);
    kinds.push_back(p.kind);
    pulses.push_back(p.waveform.name);
    targets.emplace_back(study.targets[i] == response::Role::motor ? "motor" : "sensory");
    weights.insert(weights.end(), p.weights.begin(), p.weights.end());
    rates.push_back(p.rate.in(Hz));
    widths.push_back(p.waveform.first_phase_duration().in(us));
  }
  const std::size_t n = names.size();
  const io::Axes axis{"/programmes/name"};
  file.write_texts("/programmes/name", names, {n}, "programmes, one per contact configuration");
  file.write_texts("/programmes/kind", kinds, {n}, "programme of the study it belongs to", axis);
  file.write_texts("/programmes/target", targets, {n}, "whose threshold is its working amplitude",
                   axis);
  file.write_texts("/programmes/pulse", pulses, {n}, "shape of the pulse", axis);
  file.write_doubles(
      "/programmes/weights", weights, {n, study.contacts.size()},
      {"1", "share of the cathodes' current per contact, +1: cathode of the first phase"},
      {"/programmes/name", "/lead/contact"});
  file.write_doubles("/programmes/rate", rates, {n}, {"Hz", "pulse rate"}, axis);
  file.write_doubles("/programmes/pulse_width", widths, {n}, {"us", "width of the first phase"},
                     axis);
  file.attribute("/programmes", "control", std::string(drive.noun()));
  if (drive.by_voltage())
    file.write_doubles(
        "/programmes/load", column(drive.loads, [](Resistance load) { return load.in(ohm); }), {n},
        {"ohm", "voltage between cathodes and anodes over the cathodes' current"}, axis);
}

void write_recruitment(Hdf5Writer& file, const Study& study, const StudyResult& result) {
  constexpr std::size_t steps = 400;
  const double low = std::log(0.01), high = std::log(ceiling_of(study, result.drive));
  std::vector<double> amplitude;
  for (std::size_t i = 0; i < steps; ++i)
    amplitude.push_back(std::exp(low + (high - low) * static_cast<double>(i) / (steps - 1)));
  file.write_doubles("/recruitment/amplitude", amplitude, {steps},
                     {result.drive.unit(), "amplitude"});
  for (std::size_t p = 0; p < study.populations.size(); ++p) {
    std::vector<double> fraction;
    for (std::size_t i = 0; i < study.programmes.size(); ++i) {
      const auto curve = response::recruitment_curve(result.populations[p].thresholds[i]);
      for (const double a : amplitude)
        fraction.push_back(curve.at(result.drive.current(i, a)));
    }
    file.write_doubles("/recruitment/" + study.populations[p].name, fraction,
                       {study.programmes.size(), steps},
                       {"1", "fraction of the population that fires"},
                       {"/programmes/name", "/recruitment/amplitude"});
  }
}

} // namespace

std::string write_results(const Study& study, const Run& run, const std::string& table,
                          const std::string& folder) {
  const StudyResult& result = run.result;
  const std::string path = folder + "/results.h5";
  Hdf5Writer file(path);
  write_meta(file, study, result, table);
  const std::size_t contact = shown_contact(study, result);
  write_leads(file, study, contact);
  write_case(file, study);
  write_anatomy(file, study, contact);
  write_field(file, study, result, run.field.get(), contact);
  write_programmes(file, study, result.drive);
  write_populations(file, study, result);
  write_along_fibre(file, study, run);
  write_recruitment(file, study, result);
  write_summary(file, study, result);
  file.commit();
  return path;
}

} // namespace foramen::study
