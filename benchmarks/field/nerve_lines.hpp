// Two solutions of one scene on different meshes: how far apart are they where fibres run?
//
// Lines: the nerve's axis and the axis of every fascicle, a point each 0.5 mm from 20 mm before the
// foramen to 70 mm beyond it. Second differences are over 1 mm along the line (two steps). Two
// measures: the relative error at each point where the reference is above a twentieth of its
// largest on that line (elsewhere it changes sign), and the largest difference of a line relative
// to its largest value.
#pragma once

#include "anatomy/nerve.hpp"
#include "field/unit_potentials.hpp"

#include <span>
#include <vector>

namespace foramen::benchmarks {

struct NerveLines {
  std::vector<std::vector<Eigen::Vector3d>> points; // the nerve's axis first
  static constexpr double spacing = 0.5e-3;         // metres
};
NerveLines nerve_lines(const anatomy::Nerve& nerve);

struct LineDifference {
  double potential = 0.0, second = 0.0; // the largest, relative to the line's largest
};
struct PointErrors { // relative, unordered
  std::vector<double> potential, second;
};
struct LineComparison { // of one line and contact
  LineDifference largest;
  PointErrors errors;
};
// line x contact
using Comparison = std::vector<std::vector<LineComparison>>;
Comparison differences(const field::UnitPotentials& reference, const field::UnitPotentials& other,
                       const NerveLines& lines);

// Over lines and contacts.
LineDifference largest(std::span<const std::vector<LineComparison>> lines);
double median(std::span<const std::vector<LineComparison>> lines,
              std::vector<double> PointErrors::*what);

} // namespace foramen::benchmarks
