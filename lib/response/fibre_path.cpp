#include "response/fibre_path.hpp"

#include "axon/catalogue.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::response {

FibrePath::FibrePath(const geometry::Curve& course, double u, double v)
    : course_(&course), u_(u), v_(v) {
  // Chords of 0.1 mm on a bend of 10 mm radius are short by 4e-6 of their length.
  const auto n = static_cast<std::size_t>(std::ceil(course.length() / 0.1e-3));
  step_ = course.length() / static_cast<double>(n);
  arc_.assign(1, 0.0);
  Vector3d before = course.at(0.0, u, v);
  for (std::size_t i = 1; i <= n; ++i) {
    const Vector3d here = course.at(step_ * static_cast<double>(i), u, v);
    arc_.push_back(arc_.back() + (here - before).norm());
    before = here;
  }
}

double FibrePath::course_s(double s) const {
  const auto upper = std::upper_bound(arc_.begin() + 1, arc_.end() - 1, s);
  const auto i = static_cast<std::size_t>(upper - arc_.begin());
  const double t = (s - arc_[i - 1]) / (arc_[i] - arc_[i - 1]);
  return step_ * (static_cast<double>(i - 1) + t);
}

Vector3d FibrePath::point(double s) const {
  return course_->at(course_s(s), u_, v_);
}

PathFibre fibre_along(const FibrePath& path, const std::string& model, Length diameter,
                      double node_phase, axon::Ends ends) {
  FORAMEN_EXPECT(node_phase >= 0.0 && node_phase <= 1.0, "node phase ", node_phase);
  const Length internode = axon::internode_length(model, diameter);
  const double available = path.length() - internode.si();
  if (available < 3.0 * internode.si())
    throw ConfigError("path of a fibre",
                      concat(path.length() * 1e3, " mm hold fewer than four internodes of ",
                             internode.in(mm), " mm"),
                      "make the path longer or the fibre thinner");
  const int nodes = axon::nodes_to_span(model, diameter, available * m);
  PathFibre fibre{axon::build(model, diameter, nodes, ends), 0.0};
  const double spare = path.length() - fibre.cable.length().si() - internode.si();
  fibre.first_node = 0.5 * spare + node_phase * internode.si();
  return fibre;
}

std::vector<Vector3d> compartment_centres(const FibrePath& path, const PathFibre& fibre) {
  std::vector<Vector3d> points;
  for (const double s : fibre.cable.centres())
    points.push_back(path.point(fibre.first_node + s));
  return points;
}

stimulus::FieldAtFibre field_along(const FibrePath& path, const PathFibre& fibre,
                                   const PotentialAt& potential) {
  stimulus::FieldAtFibre field;
  for (const Vector3d& p : compartment_centres(path, fibre))
    field.mV_per_mA.push_back(potential(p));
  return field;
}

PhaseSpread phase_spread(const FibrePath& path, const std::string& model, Length diameter,
                         const PotentialAt& potential, const stimulus::Waveform& waveform, int n,
                         const ThresholdOptions& options, axon::Ends ends) {
  FORAMEN_EXPECT(n >= 1, n, " phases");
  PhaseSpread result;
  std::vector<PathFibre> fibres;
  std::vector<stimulus::FieldAtFibre> fields;
  for (int i = 0; i < n; ++i) {
    result.phases.push_back(static_cast<double>(i) / n);
    fibres.push_back(fibre_along(path, model, diameter, result.phases.back(), ends));
    fields.push_back(field_along(path, fibres.back(), potential));
  }
  std::vector<ThresholdJob> jobs;
  for (std::size_t i = 0; i < fibres.size(); ++i)
    jobs.push_back({.cable = &fibres[i].cable, .field = &fields[i], .waveform = &waveform});
  result.thresholds = find_thresholds(jobs, options);
  result.complete =
      std::all_of(result.thresholds.begin(), result.thresholds.end(),
                  [](const auto& r) { return r.status == ThresholdStatus::converged; });
  if (!result.complete)
    return result;
  const auto [low, high] =
      std::minmax_element(result.thresholds.begin(), result.thresholds.end(),
                          [](const auto& a, const auto& b) { return a.threshold < b.threshold; });
  result.lowest = low->threshold;
  result.highest = high->threshold;
  result.spread = high->threshold / low->threshold - 1.0;
  return result;
}

} // namespace foramen::response
