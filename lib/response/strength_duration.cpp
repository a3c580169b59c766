#include "response/strength_duration.hpp"

#include "core/error.hpp"

#include <boost/math/tools/minima.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace foramen::response {
namespace {

void check(std::span<const Time> widths, std::span<const Current> currents) {
  if (widths.size() < 2 || widths.size() != currents.size())
    throw ConfigError("strength-duration fit",
                      concat(widths.size(), " widths and ", currents.size(), " currents"),
                      "give as many currents as widths, at least two");
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (!(widths[i] > Time{}) || !(currents[i] > Current{}) || !std::isfinite(currents[i].si()))
      throw ConfigError(
          "strength-duration fit",
          concat("pair ", i, " is ", widths[i].in(us), " us and ", currents[i].in(mA), " mA"),
          "leave out widths without a threshold");
}

double worst_residual(std::span<const Current> currents, const std::vector<double>& fitted_A) {
  double worst = 0.0;
  for (std::size_t i = 0; i < currents.size(); ++i)
    worst = std::max(worst, std::abs(fitted_A[i] / currents[i].si() - 1.0));
  return worst;
}

// For a shape s(w) with I(w) = rheobase s(w): the rheobase of the least relative squares, their
// sum.
std::pair<double, double> best_rheobase(std::span<const Current> currents,
                                        const std::vector<double>& shape) {
  double sum = 0.0, squares = 0.0;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const double relative = shape[i] / currents[i].si();
    sum += relative;
    squares += relative * relative;
  }
  const double rheobase = sum / squares;
  return {rheobase, static_cast<double>(shape.size()) - rheobase * sum};
}

StrengthDurationLaw fit(std::span<const Time> widths, std::span<const Current> currents,
                        double (*shape)(double width_s, double chronaxie_s)) {
  check(widths, currents);
  const auto shapes = [&](double chronaxie) {
    std::vector<double> s;
    for (const Time w : widths)
      s.push_back(shape(w.si(), chronaxie));
    return s;
  };
  // The logarithm of the chronaxie, from a thousandth of the briefest width to a thousand times the
  // longest; the sum of squares has one minimum.
  const auto [shortest, longest] = std::minmax_element(widths.begin(), widths.end());
  const auto residual = [&](double log_chronaxie) {
    return best_rheobase(currents, shapes(std::exp(log_chronaxie))).second;
  };
  const double log_chronaxie =
      boost::math::tools::brent_find_minima(residual, std::log(1e-3 * shortest->si()),
                                            std::log(1e3 * longest->si()),
                                            std::numeric_limits<double>::digits / 2)
          .first;
  const double chronaxie = std::exp(log_chronaxie);
  std::vector<double> fitted = shapes(chronaxie);
  const double rheobase = best_rheobase(currents, fitted).first;
  for (double& i : fitted)
    i *= rheobase;
  return {Current::from_si(rheobase), Time::from_si(chronaxie), worst_residual(currents, fitted)};
}

} // namespace

StrengthDurationLaw fit_weiss(std::span<const Time> widths, std::span<const Current> currents) {
  return fit(widths, currents, [](double w, double chronaxie) { return 1.0 + chronaxie / w; });
}

StrengthDurationLaw fit_lapicque(std::span<const Time> widths, std::span<const Current> currents) {
  return fit(widths, currents, [](double w, double chronaxie) {
    return 1.0 / -std::expm1(-std::numbers::ln2 * w / chronaxie);
  });
}

StrengthDurationCurve strength_duration(const axon::Cable& cable,
                                        const stimulus::FieldAtFibre& field,
                                        std::span<const Time> widths,
                                        const std::function<stimulus::Waveform(Time)>& pulse,
                                        const ThresholdOptions& options) {
  StrengthDurationCurve curve;
  curve.widths.assign(widths.begin(), widths.end());
  std::vector<stimulus::Waveform> waveforms;
  for (const Time w : widths)
    waveforms.push_back(pulse(w));
  std::vector<ThresholdJob> jobs;
  for (const stimulus::Waveform& w : waveforms)
    jobs.push_back({&cable, &field, &w});
  curve.thresholds = find_thresholds(jobs, options);
  std::vector<Current> currents;
  for (const ThresholdResult& r : curve.thresholds)
    if (r.status == ThresholdStatus::converged)
      currents.push_back(std::sqrt(r.threshold.in(mA)*r.below.in(mA)) * mA);
  curve.complete = currents.size() == widths.size();
  if (curve.complete) {
    curve.weiss = fit_weiss(widths, currents);
    curve.lapicque = fit_lapicque(widths, currents);
  }
  return curve;
}

} // namespace foramen::response
