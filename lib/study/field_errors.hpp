// How wrong the field of a study may be along its fibres, and what that does to thresholds.
//
// A second solution (field/error_estimate.hpp) is sampled at the same compartments. Along each
// fibre the estimates of potential and second difference are the largest at its nodes. A
// threshold's field error is relative and meant to be held by 19 of 20:
//
//   field_error = 2 max(direct, nearby, usual) / difference_over_error
//
// direct and nearby as response::threshold_change has them, usual the root mean square of `direct`
// over the population at this programme (from the median, so that a few outliers do not count; of
// eight fibres or more). One number alone would by chance be small where the truth is not. 2 is the
// usual coverage factor (GUM, JCGM 100:2008, 6.2).
//
// Zeros without an estimate (point sources, a mesh of one's own, field.estimate = false).
// Cost: a mesh and a field with 0.4 times the unknowns, the potentials again.
#pragma once

#include "field/error_estimate.hpp"
#include "study/drive.hpp"
#include "study/stages.hpp"

#include <vector>

namespace foramen::study {

inline constexpr double field_coverage = 2.0;

bool estimates_field(const Study& study);

// The study whose field the comparison is: coarser, with an open boundary, which where it is open
// already lies half as far out again (errors of an open boundary fall with the square of its radius
// or faster, so most of them is in the difference).
Study comparison_of(const Study& study);

// Fibre x contact, per ampere.
using FibreErrors = std::vector<std::vector<field::LineErrors>>;
FibreErrors fibre_errors(const Study& study, const std::vector<PlacedFibre>& fibres,
                         const FibrePotentials& solution, const FibrePotentials& comparison);

// Potentials along the fibres, and what is driven: under control by voltage the impedances decide.
struct DrivenField {
  const FibrePotentials& potentials;
  const Drive& drive;
};

// Relative, of each fibre's threshold for a programme, in the drive's unit.
std::vector<double> threshold_errors(std::size_t programme, const std::vector<PlacedFibre>& fibres,
                                     const DrivenField& solution, const DrivenField& comparison);

// The largest of these errors among the fibres whose thresholds the study reports: by the first
// guess, those below the largest of its fractions.
struct ReportedError {
  double error = 0.0;
  std::vector<std::size_t> fibres; // that are reported
};
ReportedError reported_error(const Study& study, std::size_t programme,
                             const std::vector<PlacedFibre>& fibres, const DrivenField& solution,
                             const std::vector<double>& errors);

} // namespace foramen::study
