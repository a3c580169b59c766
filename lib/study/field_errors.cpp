#include "study/field_errors.hpp"

#include "core/parallel.hpp"
#include "response/first_guess.hpp"
#include "study/fibre_lines.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {
namespace {

constexpr double wider_domain = 1.5;        // of a comparison where the boundary is open already
constexpr std::size_t enough_for_usual = 8; // fibres

// Of values whose signs are lost: their root mean square, were they normal.
double usual_size(std::vector<double> values) {
  constexpr double rms_over_median = 1.4826; // of the magnitude of a normal variable
  if (values.size() < enough_for_usual)
    return 0.0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return rms_over_median * *middle;
}

// Per unit of the programme's amplitude, be it a current or a voltage.
stimulus::FieldAtFibre field_per_amplitude(const std::vector<PlacedFibre>& fibres, std::size_t i,
                                           std::size_t programme, const DrivenField& driven) {
  stimulus::FieldAtFibre field =
      programme_field(driven.potentials[i], driven.drive.programmes[programme].weights, 0,
                      fibres[i].cable.n_compartments());
  if (driven.drive.by_voltage())
    for (double& value : field.mV_per_mA)
      value /= driven.drive.amplitude(programme, 1.0 * mA);
  return field;
}

} // namespace

bool estimates_field(const Study& study) {
  return study.field.estimate && study.field.kind == FieldSettings::Kind::finite_elements &&
         !study.field.own_mesh;
}

Study comparison_of(const Study& study) {
  Study comparison = study;
  comparison.field.coarser = field::comparison_ratio;
  if (study.field.boundary == field::OuterBoundary::open)
    comparison.anatomy.domain_radius *= wider_domain;
  comparison.field.boundary = field::OuterBoundary::open;
  return comparison;
}

FibreErrors fibre_errors(const Study& study, const std::vector<PlacedFibre>& fibres,
                         const FibrePotentials& solution, const FibrePotentials& comparison) {
  const std::size_t contacts = study.contacts.size();
  FibreErrors errors(fibres.size());
  core::parallel_for(fibres.size(), 4, [&](std::size_t i) {
    const FibreLine a = fibre_line(study.anatomy.nerve, fibres[i], solution[i], contacts);
    const FibreLine b = fibre_line(study.anatomy.nerve, fibres[i], comparison[i], contacts);
    const std::size_t n = a.points.size();
    for (std::size_t c = 0; c < contacts; ++c)
      errors[i].push_back(field::estimate_along_line(std::span(a.potential).subspan(c * n, n),
                                                     std::span(b.potential).subspan(c * n, n),
                                                     a.spacing));
  });
  return errors;
}

std::vector<double> threshold_errors(std::size_t programme, const std::vector<PlacedFibre>& fibres,
                                     const DrivenField& solution, const DrivenField& comparison) {
  std::vector<double> direct(fibres.size()), largest(fibres.size());
  core::parallel_for(fibres.size(), 4, [&](std::size_t i) {
    const response::ThresholdChange change = response::threshold_change(
        fibres[i].cable, field_per_amplitude(fibres, i, programme, solution),
        field_per_amplitude(fibres, i, programme, comparison),
        solution.drive.programmes[programme].waveform);
    direct[i] = change.direct;
    largest[i] = std::max(change.direct, change.nearby);
  });
  const double usual = usual_size(direct);
  for (double& error : largest)
    error = field_coverage * std::max(error, usual) / field::difference_over_error();
  return largest;
}

ReportedError reported_error(const Study& study, std::size_t programme,
                             const std::vector<PlacedFibre>& fibres, const DrivenField& solution,
                             const std::vector<double>& errors) {
  std::vector<std::pair<double, std::size_t>> fibre(fibres.size()); // guess, and which
  core::parallel_for(fibres.size(), 4, [&](std::size_t i) {
    fibre[i] = {response::guess_threshold_mA(fibres[i].cable,
                                             field_per_amplitude(fibres, i, programme, solution),
                                             solution.drive.programmes[programme].waveform),
                i};
  });
  std::sort(fibre.begin(), fibre.end());
  const double fraction =
      *std::max_element(study.thresholds.fractions.begin(), study.thresholds.fractions.end());
  const auto reported =
      static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(fibres.size())));
  ReportedError result;
  for (std::size_t i = 0; i < std::min(reported, fibre.size()); ++i) {
    result.fibres.push_back(fibre[i].second);
    result.error = std::max(result.error, errors[fibre[i].second]);
  }
  return result;
}

} // namespace foramen::study
