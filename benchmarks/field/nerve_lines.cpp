#include "nerve_lines.hpp"

#include "field/sampling.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::benchmarks {

namespace {

using Potentials = Eigen::MatrixXd; // point x contact

Eigen::VectorXd second_differences(const Eigen::Ref<const Eigen::VectorXd>& phi) {
  const Eigen::Index n = phi.size() - 4;
  return phi.head(n) - 2.0 * phi.segment(2, n) + phi.tail(n);
}

double largest_difference(const Eigen::VectorXd& reference, const Eigen::VectorXd& other) {
  return (other - reference).cwiseAbs().maxCoeff() / reference.cwiseAbs().maxCoeff();
}

std::vector<double> relative_errors(const Eigen::VectorXd& reference,
                                    const Eigen::VectorXd& other) {
  const double least = reference.cwiseAbs().maxCoeff() / 20.0;
  std::vector<double> errors;
  for (Eigen::Index i = 0; i < reference.size(); ++i)
    if (std::abs(reference[i]) > least)
      errors.push_back(std::abs(other[i] / reference[i] - 1.0));
  return errors;
}

} // namespace

NerveLines nerve_lines(const anatomy::Nerve& nerve) {
  NerveLines lines;
  const auto add = [&](double u, double v) {
    std::vector<Eigen::Vector3d>& points = lines.points.emplace_back();
    for (double s = -20e-3; s <= 70e-3; s += NerveLines::spacing)
      points.push_back(nerve.course->at(nerve.foramen_s + s, u, v));
  };
  add(0.0, 0.0);
  for (const anatomy::Fascicle& fascicle : nerve.fascicles)
    add(fascicle.u, fascicle.v);
  return lines;
}

Comparison differences(const field::UnitPotentials& reference, const field::UnitPotentials& other,
                       const NerveLines& lines) {
  const field::Sampler a(reference), b(other);
  Comparison all;
  for (const std::vector<Eigen::Vector3d>& points : lines.points) {
    const Potentials x = a.smooth(points), y = b.smooth(points);
    std::vector<LineComparison>& of_a_line = all.emplace_back();
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
      const Eigen::VectorXd p = x.col(c), q = y.col(c);
      const Eigen::VectorXd p2 = second_differences(p), q2 = second_differences(q);
      of_a_line.push_back({{largest_difference(p, q), largest_difference(p2, q2)},
                           {relative_errors(p, q), relative_errors(p2, q2)}});
    }
  }
  return all;
}

LineDifference largest(std::span<const std::vector<LineComparison>> lines) {
  LineDifference worst;
  for (const std::vector<LineComparison>& of_a_line : lines)
    for (const LineComparison& c : of_a_line) {
      worst.potential = std::max(worst.potential, c.largest.potential);
      worst.second = std::max(worst.second, c.largest.second);
    }
  return worst;
}

double median(std::span<const std::vector<LineComparison>> lines,
              std::vector<double> PointErrors::*what) {
  std::vector<double> all;
  for (const std::vector<LineComparison>& of_a_line : lines)
    for (const LineComparison& c : of_a_line)
      all.insert(all.end(), (c.errors.*what).begin(), (c.errors.*what).end());
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

} // namespace foramen::benchmarks
