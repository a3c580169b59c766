#include "study/write_tables.hpp"

#include "io/csv.hpp"

namespace foramen::study {
namespace {

std::string percent(double fraction) {
  std::string text = std::to_string(100.0 * fraction);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.')
    text.pop_back();
  return text + "%";
}

std::string write_summary_csv(const Study& study, const StudyResult& result,
                              const std::string& folder) {
  std::vector<std::string> names, targets;
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    names.push_back(study.programmes[i].name);
    targets.emplace_back(study.targets[i] == response::Role::motor ? "motor" : "sensory");
  }
  const Drive& drive = result.drive;
  io::CsvTable table;
  table.add("programme", names).add("target", targets);
  for (const bool motor : {true, false})
    for (std::size_t k = 0; k < study.thresholds.fractions.size(); ++k) {
      std::vector<double> low, current, high;
      std::vector<std::string> status;
      for (std::size_t i = 0; i < result.summary.size(); ++i) {
        const ProgrammeSummary& s = result.summary[i];
        const response::RecruitingCurrent& c = (motor ? s.motor : s.sensory)[k];
        low.push_back(drive.amplitude(i, c.low));
        current.push_back(drive.amplitude(i, c.current));
        high.push_back(drive.amplitude(i, c.high));
        status.emplace_back(response::name_of(c.status));
      }
      const std::string name =
          (motor ? "motor_" : "sensory_") + percent(study.thresholds.fractions[k]);
      table.add(name + "_low", drive.unit(), low).add(name, drive.unit(), current);
      table.add(name + "_high", drive.unit(), high);
      table.add(name + "_status", status);
    }
  const auto number = [&](const std::string& name, const std::string& unit, auto value) {
    std::vector<double> values;
    for (const ProgrammeSummary& s : result.summary)
      values.push_back(value(s));
    table.add(name, unit, values);
  };
  using S = ProgrammeSummary;
  number("motor_over_sensory", "", [](const S& s) { return s.window ? s.window->ratio : 0.0; });
  std::vector<double> working;
  for (std::size_t i = 0; i < result.summary.size(); ++i)
    working.push_back(drive.amplitude(i, result.summary[i].working_amplitude.value_or(Current{})));
  table.add("working_amplitude", drive.unit(), working);
  if (drive.by_voltage())
    number("working_current", "mA",
           [](const S& s) { return s.working_amplitude.value_or(Current{}).in(mA); });
  number("charge_per_phase", "uC",
         [](const S& s) { return s.safety ? s.safety->charge_per_phase.in(uC) : 0.0; });
  number("charge_density", "uC/cm^2",
         [](const S& s) { return s.safety ? s.safety->charge_density.in(uC_per_cm2) : 0.0; });
  number("shannon_k", "", [](const S& s) { return s.safety ? s.safety->shannon_k : 0.0; });
  number("voltage", "V", [](const S& s) { return s.safety ? s.safety->voltage.in(V) : 0.0; });
  const std::string path = folder + "/summary.csv";
  table.write(path);
  return path;
}

std::string write_thresholds_csv(const Study& study, const StudyResult& result,
                                 const std::string& folder) {
  std::vector<std::string> programme, population, status;
  std::vector<int> fibre, node;
  std::vector<double> diameter, distance, threshold, below, latency, step_error, field_error,
      silent_from;
  for (std::size_t i = 0; i < study.programmes.size(); ++i)
    for (std::size_t p = 0; p < study.populations.size(); ++p) {
      const PopulationResult& group = result.populations[p];
      for (std::size_t k = 0; k < group.fibres.size(); ++k) {
        const response::ThresholdResult& r = group.thresholds[i][k];
        programme.push_back(study.programmes[i].name);
        population.push_back(study.populations[p].name);
        fibre.push_back(static_cast<int>(k));
        diameter.push_back(group.fibres[k].sample.diameter.in(um));
        distance.push_back(distance_to_lead(study, group.fibres[k]) * 1e3);
        threshold.push_back(result.drive.amplitude(i, r.threshold));
        below.push_back(result.drive.amplitude(i, r.below));
        status.emplace_back(response::name_of(r.status));
        node.push_back(r.firing_node);
        latency.push_back(r.latency.in(ms));
        step_error.push_back(r.step_error);
        field_error.push_back(r.field_error);
        silent_from.push_back(result.drive.amplitude(i, r.silent_from));
      }
    }
  io::CsvTable table;
  table.add("programme", programme).add("population", population).add("fibre", fibre);
  table.add("diameter", "um", diameter).add("distance_to_lead", "mm", distance);
  const std::string unit = result.drive.unit();
  table.add("threshold", unit, threshold).add("below", unit, below).add("status", status);
  table.add("firing_node", node).add("latency", "ms", latency);
  table.add("step_error", "", step_error).add("field_error", "", field_error);
  table.add("silent_from", unit, silent_from);
  const std::string path = folder + "/thresholds.csv";
  table.write(path);
  return path;
}

std::string write_recruitment_csv(const Study& study, const StudyResult& result,
                                  const std::string& folder) {
  std::vector<std::string> programme, population;
  std::vector<double> amplitude, fraction;
  for (std::size_t i = 0; i < study.programmes.size(); ++i)
    for (std::size_t p = 0; p < study.populations.size(); ++p) {
      const auto curve = response::recruitment_curve(result.populations[p].thresholds[i]);
      for (std::size_t k = 0; k < curve.amplitude.size(); ++k) {
        programme.push_back(study.programmes[i].name);
        population.push_back(study.populations[p].name);
        amplitude.push_back(result.drive.amplitude(i, curve.amplitude[k]));
        fraction.push_back(curve.fraction[k]);
      }
    }
  io::CsvTable table;
  table.add("programme", programme).add("population", population);
  table.add("amplitude", result.drive.unit(), amplitude).add("fraction", "", fraction);
  const std::string path = folder + "/recruitment.csv";
  table.write(path);
  return path;
}

} // namespace

std::vector<std::string> write_tables(const Study& study, const StudyResult& result,
                                      const std::string& folder) {
  return {write_summary_csv(study, result, folder), write_thresholds_csv(study, result, folder),
          write_recruitment_csv(study, result, folder)};
}

} // namespace foramen::study
