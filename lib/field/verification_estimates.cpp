#include "field/verification_estimates.hpp"

#include "field/error_estimate.hpp"
#include "field/sampling.hpp"
#include "field/verification_lines.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::field {
namespace {

using Values = std::vector<std::vector<double>>; // line by line

Values along_lines(const LineCase& lines, const VolumeScene& scene, const VerificationOptions& o,
                   Progress& progress) {
  const UnitPotentials u =
      solve_unit_potentials(scene, make_mesh(scene, o.mesher, progress), o.solver, progress);
  const Sampler sampler(u);
  Values values;
  for (const VerificationLine& line : lines.lines) {
    const Sampler::Values all = sampler.smooth(line.points);
    auto& of_line = values.emplace_back();
    for (Eigen::Index i = 0; i < all.rows(); ++i)
      of_line.push_back(all(i, static_cast<Eigen::Index>(line.electrode)));
  }
  return values;
}

// Largest magnitudes of a line itself, and of its second difference.
LineErrors size_of(const VerificationLine& line) {
  const std::vector<double> zero(line.exact.size(), 0.0);
  LineErrors size = estimate_along_line(line.exact, zero, line.spacing);
  const double scale = difference_over_error();
  return {scale * size.potential, scale * size.second_difference};
}

LineErrors true_errors(const VerificationLine& line, const std::vector<double>& computed) {
  const LineErrors scaled = estimate_along_line(computed, line.exact, line.spacing);
  const double scale = difference_over_error();
  return {scale * scaled.potential, scale * scaled.second_difference};
}

VerificationRow row(const std::string& name, const std::string& quantity, double exact,
                    double estimated) {
  const double effectivity = estimated / exact;
  const double beyond =
      std::max(effectivity / largest_effectivity, least_effectivity / effectivity);
  return {name, quantity, exact, estimated, beyond, 1.0};
}

} // namespace

std::vector<VerificationRow> verify_estimates(const VerificationOptions& options,
                                              const std::string& only, Progress& progress) {
  std::vector<VerificationRow> rows;
  for (const LineCase& lines : verification_lines(options.reference_folder)) {
    if (lines.name.find(only) == std::string::npos)
      continue;
    progress.stage("estimate: " + lines.name);
    const Values solution = along_lines(lines, lines.scene(options.resolution), options, progress);
    VolumeScene coarser = lines.scene(options.resolution.scaled(comparison_ratio));
    if (lines.truncated)
      coarser.outer = OuterBoundary::open;
    const Values comparison = along_lines(lines, coarser, options, progress);
    LineErrors exact, estimated; // sums of squares
    for (std::size_t i = 0; i < lines.lines.size(); ++i) {
      const VerificationLine& line = lines.lines[i];
      const LineErrors size = size_of(line), truth = true_errors(line, solution[i]);
      const LineErrors estimate = estimate_along_line(solution[i], comparison[i], line.spacing);
      const auto add = [&](double LineErrors::*what) {
        exact.*what += std::pow(truth.*what / (size.*what), 2);
        estimated.*what += std::pow(estimate.*what / (size.*what), 2);
      };
      add(&LineErrors::potential);
      add(&LineErrors::second_difference);
    }
    const double n = static_cast<double>(lines.lines.size());
    rows.push_back(row(lines.name, "relative error of the potential along lines",
                       std::sqrt(exact.potential / n), std::sqrt(estimated.potential / n)));
    rows.push_back(row(lines.name, "and of its second difference over 1 mm",
                       std::sqrt(exact.second_difference / n),
                       std::sqrt(estimated.second_difference / n)));
  }
  return rows;
}

} // namespace foramen::field
