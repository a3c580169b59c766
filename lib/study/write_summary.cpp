#include "study/write_summary.hpp"

namespace foramen::study {
namespace {

using io::Label;
using response::RecruitingCurrent;
using response::RecruitingStatus;

io::EnumNames recruiting_names() {
  io::EnumNames names;
  for (const auto value :
       {RecruitingStatus::reached, RecruitingStatus::above_ceiling, RecruitingStatus::empty})
    names.emplace_back(response::name_of(value), static_cast<int>(value));
  return names;
}

void write_role(io::Hdf5Writer& file, const std::string& role,
                const std::vector<const std::vector<RecruitingCurrent>*>& rows,
                std::size_t fractions, const Drive& drive) {
  const io::Shape shape{rows.size(), fractions};
  const io::Axes axes{"/programmes/name", "/summary/fraction"};
  const auto number = [&](const std::string& name, const std::string& meaning, auto value) {
    std::vector<double> values;
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (const RecruitingCurrent& current : *rows[i])
        values.push_back(drive.amplitude(i, value(current)));
    file.write_doubles("/summary/" + name, values, shape, {drive.unit(), meaning}, axes);
  };
  number(role, role + " threshold: " + drive.noun() + " that recruits the fraction, 0 without one",
         [](const RecruitingCurrent& c) {
           return c.status == RecruitingStatus::reached ? c.current : Current{};
         });
  number(role + "_low", "lower end of its interval: brackets, time step and field",
         [](const RecruitingCurrent& c) { return c.low; });
  number(role + "_high", "upper end of its interval",
         [](const RecruitingCurrent& c) { return c.high; });
  std::vector<int> status;
  for (const auto* row : rows)
    for (const RecruitingCurrent& current : *row)
      status.push_back(static_cast<int>(current.status));
  file.write_enums("/summary/" + role + "_status", status, shape, recruiting_names(),
                   "whether the fraction was reached below the ceiling", axes);
}

} // namespace

void write_summary(io::Hdf5Writer& file, const Study& study, const StudyResult& result) {
  const std::size_t n = result.summary.size(), fractions = study.thresholds.fractions.size();
  file.write_doubles("/summary/fraction", study.thresholds.fractions, {fractions},
                     {"1", "fraction of the population"});
  std::vector<const std::vector<RecruitingCurrent>*> motor, sensory;
  for (const ProgrammeSummary& s : result.summary) {
    motor.push_back(&s.motor);
    sensory.push_back(&s.sensory);
  }
  write_role(file, "motor", motor, fractions, result.drive);
  write_role(file, "sensory", sensory, fractions, result.drive);

  const io::Axes axis{"/programmes/name"};
  const auto number = [&](const std::string& name, const Label& label, auto value) {
    std::vector<double> values;
    for (const ProgrammeSummary& s : result.summary)
      values.push_back(value(s));
    file.write_doubles("/summary/" + name, values, {n}, label, axis);
  };
  const auto flag = [&](const std::string& name, const std::string& meaning, auto value) {
    std::vector<int> values;
    for (const ProgrammeSummary& s : result.summary)
      values.push_back(value(s) ? 1 : 0);
    file.write_integers("/summary/" + name, values, {n}, {"1", meaning}, axis);
  };
  using S = ProgrammeSummary;
  flag("window_known", "1 where motor and sensory thresholds exist",
       [](const S& s) { return s.window.has_value(); });
  number("window", {"1", "motor over sensory threshold at the first fraction, 0 when unknown"},
         [](const S& s) { return s.window ? s.window->ratio : 0.0; });
  number("window_low", {"1", "lower end of its interval"},
         [](const S& s) { return s.window ? s.window->ratio_low : 0.0; });
  number("window_high", {"1", "upper end of its interval"},
         [](const S& s) { return s.window ? s.window->ratio_high : 0.0; });
  flag("safety_known", "1 where the programme has a working amplitude",
       [](const S& s) { return s.safety.has_value(); });
  const Drive& drive = result.drive;
  std::vector<double> working;
  for (std::size_t i = 0; i < n; ++i)
    working.push_back(drive.amplitude(i, result.summary[i].working_amplitude.value_or(Current{})));
  file.write_doubles(
      "/summary/working_amplitude", working, {n},
      {drive.unit(), "threshold of the target population at the first fraction, 0 without one"},
      axis);
  if (drive.by_voltage())
    number("working_current", {"mA", "of the cathodes at the working amplitude, 0 without one"},
           [](const S& s) { return s.working_amplitude.value_or(Current{}).in(mA); });
  number("charge_per_phase", {"uC", "charge per phase at the working amplitude"},
         [](const S& s) { return s.safety ? s.safety->charge_per_phase.in(uC) : 0.0; });
  number("charge_density", {"uC/cm^2", "largest charge density at the working amplitude"},
         [](const S& s) { return s.safety ? s.safety->charge_density.in(uC_per_cm2) : 0.0; });
  number("shannon_k", {"1", "largest Shannon parameter at the working amplitude"},
         [](const S& s) { return s.safety ? s.safety->shannon_k : 0.0; });
  flag("voltage_known", "1 where the impedance matrix is known",
       [](const S& s) { return s.safety && s.safety->voltage_known; });
  number("voltage", {"V", "voltage the generator needs at the working amplitude"}, [](const S& s) {
    return s.safety && s.safety->voltage_known ? s.safety->voltage.in(V) : 0.0;
  });
  if (const auto amplitude = capture_amplitude_of(study, drive)) {
    file.attribute("/summary", std::string("capture_amplitude_") + drive.unit(), *amplitude);
    number("motor_captured", {"1", "fraction of motor fibres at the capture amplitude"},
           [](const S& s) { return s.motor_captured.value_or(0.0); });
    number("sensory_captured", {"1", "fraction of sensory fibres at the capture amplitude"},
           [](const S& s) { return s.sensory_captured.value_or(0.0); });
  }
}

} // namespace foramen::study
