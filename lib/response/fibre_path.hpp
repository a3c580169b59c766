// Fibres along a path in space: compartments laid out by arc length, nodes at a chosen phase.
//
// A path keeps its place (u, v) in the twist-free frame of a curve; (0, 0) is the curve itself. Arc
// length is that of the path, not of the curve: an outer fibre of a bend is longer and has more
// nodes. Positions in metres.
//
// The phase of the nodes relative to the lead is arbitrary in a body. It moves thresholds of near
// fibres by tens of percent and of far ones by nothing: `phase_spread` says by how much.
//
// Errors (ConfigError): a path too short for four internodes; potentials that are not finite; those
// of find_thresholds. Cost: 30 ns per compartment, and the searches.
#pragma once

#include "axon/cable.hpp"
#include "geometry/curve.hpp"
#include "response/threshold.hpp"

#include <functional>
#include <string>
#include <vector>

namespace foramen::response {

using geometry::Vector3d;

class FibrePath {
public:
  // Points to the curve, which must outlive it.
  explicit FibrePath(const geometry::Curve& course, double u = 0.0, double v = 0.0);

  double length() const { return arc_.back(); }
  Vector3d point(double s) const;  // at arc length s of the path
  double course_s(double s) const; // arc length of the curve beside it

private:
  const geometry::Curve* course_;
  double u_, v_, step_;
  std::vector<double> arc_; // of the path at multiples of step_ of the curve
};

struct PathFibre {
  axon::Cable cable;
  double first_node = 0.0; // arc length of node 0's centre along the path
};

// As many nodes as the path holds; `node_phase` (0 to 1, in internodes) shifts them along it.
PathFibre fibre_along(const FibrePath& path, const std::string& model, Length diameter,
                      double node_phase, axon::Ends ends = axon::Ends::passive);

std::vector<Vector3d> compartment_centres(const FibrePath& path, const PathFibre& fibre);

// mV for 1 mA at a point.
using PotentialAt = std::function<double(const Vector3d&)>;
stimulus::FieldAtFibre field_along(const FibrePath& path, const PathFibre& fibre,
                                   const PotentialAt& potential);

struct PhaseSpread {
  std::vector<double> phases;
  std::vector<ThresholdResult> thresholds;
  bool complete = false; // all converged; else the rest is zero
  Current lowest{}, highest{};
  double spread = 0.0; // highest / lowest - 1
};
// Thresholds at n phases, evenly spaced over an internode.
PhaseSpread phase_spread(const FibrePath& path, const std::string& model, Length diameter,
                         const PotentialAt& potential, const stimulus::Waveform& waveform, int n,
                         const ThresholdOptions& options = {},
                         axon::Ends ends = axon::Ends::passive);

} // namespace foramen::response
