#include "core/error.hpp"
#include "study/study_result.hpp"
#include "study/text_table.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace foramen::study {
namespace {

// Up to four digits, no more than needed: 60, 0.5, 2.
std::string plain(double value) {
  std::ostringstream out;
  out << std::setprecision(4) << value;
  return out.str();
}

std::string cell(const response::RecruitingCurrent& current, const Drive& drive,
                 std::size_t programme, double ceiling) {
  switch (current.status) {
  case response::RecruitingStatus::reached:
    return significant(drive.amplitude(programme, current.current), 3);
  case response::RecruitingStatus::above_ceiling:
    return "> " + plain(ceiling);
  case response::RecruitingStatus::empty:
    break;
  }
  return "-";
}

std::string per_cent(double fraction) {
  return plain(100.0 * fraction) + " %";
}

using Row = std::vector<std::string>;

Row heading(const Study& study, const Drive& drive, bool motor, bool sensory) {
  Row row{"contacts"};
  for (const bool is_motor : {true, false})
    if (is_motor ? motor : sensory)
      for (const double fraction : study.thresholds.fractions)
        row.push_back((is_motor ? "motor " : "sensory ") + per_cent(fraction));
  row.insert(row.end(), {"motor/sens.", "Q nC", "D uC/cm2", "Shannon k"});
  row.push_back(drive.by_voltage() ? "I mA" : "U V"); // what is not the amplitude
  if (capture_amplitude_of(study, drive))
    row.push_back("captured");
  return row;
}

std::string demand(const ProgrammeSummary& s, const Drive& drive) {
  if (drive.by_voltage())
    return significant(s.working_amplitude->in(mA), 3);
  return s.safety->voltage_known ? significant(s.safety->voltage.in(V), 3) : "-";
}

Row line(const Study& study, const Drive& drive, std::size_t i, const ProgrammeSummary& s,
         bool motor, bool sensory) {
  const stimulus::Programme& programme = study.programmes[i];
  const double ceiling = ceiling_of(study, drive);
  Row row{programme.name.substr(programme.kind.size() + 1)};
  for (const bool is_motor : {true, false})
    if (is_motor ? motor : sensory)
      for (const auto& current : is_motor ? s.motor : s.sensory)
        row.push_back(cell(current, drive, i, ceiling));
  row.push_back(s.window ? significant(s.window->ratio, 3) : "-");
  if (s.safety) {
    row.push_back(significant(1e3 * s.safety->charge_per_phase.in(uC), 3));
    row.push_back(significant(s.safety->charge_density.in(uC_per_cm2), 3));
    row.push_back(significant(s.safety->shannon_k, 3));
    row.push_back(demand(s, drive));
  } else {
    row.insert(row.end(), 4, "-");
  }
  if (capture_amplitude_of(study, drive)) {
    const auto fraction =
        study.targets[i] == response::Role::motor ? s.motor_captured : s.sensory_captured;
    row.push_back(fraction ? significant(100.0 * *fraction, 3) + " %" : "-");
  }
  return row;
}

bool has_role(const Study& study, response::Role role) {
  return std::any_of(study.populations.begin(), study.populations.end(),
                     [role](const PopulationSettings& p) { return p.role == role; });
}

// By how much the phase of the nodes moves the thresholds of a population, over all programmes.
std::string phase_line(const PopulationSettings& settings, const PopulationResult& result) {
  if (settings.node_phases < 2)
    return "";
  std::vector<double> known;
  for (const auto& row : result.thresholds)
    for (const double spread : phase_spreads(row, settings.node_phases))
      if (spread >= 0.0)
        known.push_back(spread);
  if (known.empty())
    return "";
  std::sort(known.begin(), known.end());
  return concat("\npopulation ", settings.name, ": the phase of the nodes moves a threshold by ",
                significant(100.0 * known[known.size() / 2], 2), " % (median), ",
                significant(100.0 * known.back(), 2), " % (most)\n");
}

// What the field's error does to the thresholds of a population, over all programmes.
std::string field_line(const PopulationSettings& settings, const PopulationResult& result) {
  std::vector<double> errors;
  for (const auto& row : result.thresholds)
    for (const response::ThresholdResult& r : row)
      if (r.status == response::ThresholdStatus::converged)
        errors.push_back(r.field_error);
  if (errors.empty())
    return "";
  std::sort(errors.begin(), errors.end());
  return concat("population ", settings.name, ": the field's error adds ",
                significant(100.0 * errors[errors.size() / 2], 2), " % to a threshold (median), ",
                significant(100.0 * errors.back(), 2), " % (most)\n");
}

} // namespace

std::string result_table(const Study& study, const StudyResult& result) {
  const Drive& drive = result.drive;
  const bool motor = has_role(study, response::Role::motor);
  const bool sensory = has_role(study, response::Role::sensory);
  std::ostringstream out;
  if (!study.title.empty())
    out << study.title << "\n";
  if (!study.anatomy.innervation.dermatome.empty())
    out << "level " << study.anatomy.nerve.level
        << "\n  dermatome:   " << study.anatomy.innervation.dermatome
        << "\n  key muscles: " << study.anatomy.innervation.key_muscles << "\n";
  for (std::size_t i = 0; i < study.programmes.size();) {
    const stimulus::Programme& first = study.programmes[i];
    const bool for_motor = study.targets[i] == response::Role::motor;
    out << "\nprogramme \"" << first.kind << "\": " << first.waveform.name << ", "
        << plain(first.rate.in(Hz)) << " Hz; thresholds in " << drive.unit() << ", charge and "
        << (drive.by_voltage() ? "current" : "voltage") << " at the "
        << (for_motor ? "motor" : "sensory") << " threshold of "
        << per_cent(study.thresholds.fractions[0]) << "\n";
    TextTable table;
    table.add(heading(study, drive, motor, sensory));
    for (const std::string kind = first.kind;
         i < study.programmes.size() && study.programmes[i].kind == kind; ++i)
      table.add(line(study, drive, i, result.summary[i], motor, sensory));
    out << table.text();
  }
  for (std::size_t p = 0; p < study.populations.size(); ++p)
    out << phase_line(study.populations[p], result.populations[p]);
  if (result.accuracy) {
    out << "\n";
    for (std::size_t p = 0; p < study.populations.size(); ++p)
      out << field_line(study.populations[p], result.populations[p]);
    if (result.accuracy->wanted)
      out << "wanted of the field: " << per_cent(*result.accuracy->wanted) << "; "
          << (result.accuracy->missed.empty() ? "met" : "not met") << " on mesh "
          << result.accuracy->meshes << ", " << result.solver.n_unknowns << " unknowns\n";
  }
  out << "\nEvery " << drive.noun()
      << " is a prediction of the model, not a measurement; each fibre's threshold "
         "is "
         "bracketed to "
      << per_cent(study.thresholds.search.tolerance) << ".\n";
  return out.str();
}

} // namespace foramen::study
