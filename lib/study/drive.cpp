#include "study/drive.hpp"

#include "analysis/voltage_control.hpp"
#include "core/error.hpp"

#include <algorithm>

namespace foramen::study {

double Drive::amplitude(std::size_t programme, Current current) const {
  return by_voltage() ? (loads[programme] * current).in(V) : current.in(mA);
}

Current Drive::current(std::size_t programme, double amplitude) const {
  return by_voltage() ? amplitude * V / loads[programme] : amplitude * mA;
}

Drive drive_of(const Study& study, const Eigen::MatrixXd& impedance) {
  Drive drive{study.programmes, {}};
  if (study.control == Control::current)
    return drive;
  const Resistance series = study.generator.in_series();
  for (stimulus::Programme& programme : drive.programmes) {
    analysis::VoltageControl held = analysis::hold_at_voltage(
        programme.weights, programme.returns_through_case, impedance, series);
    programme.weights = std::move(held.weights);
    drive.loads.push_back(held.load);
  }
  return drive;
}

response::ThresholdOptions search_of(const Study& study, const Drive& drive,
                                     std::size_t programme) {
  response::ThresholdOptions search = study.thresholds.search;
  if (drive.by_voltage()) {
    search.ceiling = drive.current(programme, ceiling_of(study, drive));
    search.floor = std::min(search.floor, 1e-3 * search.ceiling); // high loads, low ceilings
  }
  return search;
}

double ceiling_of(const Study& study, const Drive& drive) {
  return drive.by_voltage() ? study.thresholds.ceiling_voltage.in(V)
                            : study.thresholds.search.ceiling.in(mA);
}

std::optional<double> capture_amplitude_of(const Study& study, const Drive& drive) {
  const ThresholdSettings& settings = study.thresholds;
  if (drive.by_voltage())
    return settings.capture_voltage ? std::optional(settings.capture_voltage->in(V)) : std::nullopt;
  return settings.capture_amplitude ? std::optional(settings.capture_amplitude->in(mA))
                                    : std::nullopt;
}

} // namespace foramen::study
