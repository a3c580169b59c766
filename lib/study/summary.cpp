#include "core/error.hpp"
#include "study/study_result.hpp"

#include <algorithm>

namespace foramen::study {
namespace {

// All fibres of one role, whatever population they belong to.
std::vector<response::ThresholdResult> pooled(const Study& study,
                                              const std::vector<PopulationResult>& populations,
                                              std::size_t programme, response::Role role) {
  std::vector<response::ThresholdResult> fibres;
  for (std::size_t p = 0; p < populations.size(); ++p)
    if (study.populations[p].role == role)
      fibres.insert(fibres.end(), populations[p].thresholds[programme].begin(),
                    populations[p].thresholds[programme].end());
  return fibres;
}

std::optional<analysis::ThresholdInterval> interval(const response::RecruitingCurrent& current) {
  if (current.status != response::RecruitingStatus::reached)
    return std::nullopt;
  return analysis::ThresholdInterval{current.low, current.high};
}

std::optional<double> captured(const Study& study, const Drive& drive, std::size_t programme,
                               const std::vector<response::ThresholdResult>& fibres) {
  const auto amplitude = capture_amplitude_of(study, drive);
  if (!amplitude || fibres.empty())
    return std::nullopt;
  return response::recruitment_curve(fibres).at(drive.current(programme, *amplitude));
}

analysis::Safety safety_of(const Study& study, const stimulus::Programme& programme,
                           Current amplitude, const Eigen::MatrixXd& impedance) {
  analysis::SafetyInput input{.weights = programme.weights,
                              .contact_areas = {},
                              .amplitude = amplitude,
                              .phase_duration = analysis::phase_charge_time(programme.waveform),
                              .impedance = impedance,
                              .contact_impedance = study.generator.in_series()};
  for (const Contact& contact : study.contacts)
    input.contact_areas.push_back(Area::from_si(contact.area));
  return analysis::assess_safety(input);
}

bool open(const std::vector<response::RecruitingCurrent>& currents) {
  return std::any_of(currents.begin(), currents.end(), [](const auto& c) {
    return c.status == response::RecruitingStatus::above_ceiling;
  });
}

} // namespace

ProgrammeSummary summarise(const Study& study, const Drive& drive, std::size_t programme,
                           const std::vector<PopulationResult>& populations,
                           const Eigen::MatrixXd& impedance) {
  const auto motor = pooled(study, populations, programme, response::Role::motor);
  const auto sensory = pooled(study, populations, programme, response::Role::sensory);
  ProgrammeSummary summary;
  for (const double fraction : study.thresholds.fractions) {
    summary.motor.push_back(response::current_recruiting(motor, fraction));
    summary.sensory.push_back(response::current_recruiting(sensory, fraction));
  }
  summary.window =
      analysis::therapeutic_window(interval(summary.motor[0]), interval(summary.sensory[0]));
  if (summary.window) // of the currents themselves; the interval's ends hold all errors
    summary.window->ratio = summary.motor[0].current / summary.sensory[0].current;
  const response::RecruitingCurrent& target =
      study.targets[programme] == response::Role::motor ? summary.motor[0] : summary.sensory[0];
  if (target.status == response::RecruitingStatus::reached) {
    summary.working_amplitude = target.current;
    summary.safety = safety_of(study, drive.programmes[programme], target.current, impedance);
  }
  summary.motor_captured = captured(study, drive, programme, motor);
  summary.sensory_captured = captured(study, drive, programme, sensory);
  return summary;
}

std::size_t best_programme(const Study& study, const StudyResult& result) {
  for (const bool motor_only : {true, false}) {
    std::optional<std::size_t> best;
    double lowest = 0.0;
    for (std::size_t i = 0; i < result.summary.size(); ++i) {
      const auto& amplitude = result.summary[i].working_amplitude;
      if (!amplitude || (motor_only && study.targets[i] != response::Role::motor))
        continue;
      if (const double a = result.drive.amplitude(i, *amplitude); !best || a < lowest) {
        best = i;
        lowest = a;
      }
    }
    if (best)
      return *best;
  }
  return 0;
}

bool StudyResult::has_open_thresholds() const {
  return std::any_of(summary.begin(), summary.end(),
                     [](const ProgrammeSummary& s) { return open(s.motor) || open(s.sensory); });
}

std::vector<double> phase_spreads(const std::vector<response::ThresholdResult>& thresholds,
                                  std::size_t n_phases) {
  std::vector<double> spreads;
  for (std::size_t first = 0; first + n_phases <= thresholds.size(); first += n_phases) {
    const auto begin = thresholds.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = begin + static_cast<std::ptrdiff_t>(n_phases);
    const bool open = std::any_of(begin, end, [](const response::ThresholdResult& r) {
      return r.status != response::ThresholdStatus::converged;
    });
    const auto [low, high] = std::minmax_element(
        begin, end, [](const auto& a, const auto& b) { return a.threshold < b.threshold; });
    spreads.push_back(open ? -1.0 : high->threshold / low->threshold - 1.0);
  }
  return spreads;
}

} // namespace foramen::study
