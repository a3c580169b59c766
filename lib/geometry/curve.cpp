#include "geometry/curve.hpp"

#include "core/error.hpp"
#include "geometry/natural_spline.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace foramen::geometry {
namespace {

constexpr double sample_per_radius = 0.01; // sample spacing over local radius of curvature
constexpr std::size_t samples_per_chord = 32;

std::vector<Vector3d> without_repeats(const std::vector<Vector3d>& points) {
  std::vector<Vector3d> kept;
  for (const Vector3d& p : points) {
    FORAMEN_EXPECT(p.allFinite(), p.transpose());
    if (kept.empty() || p != kept.back())
      kept.push_back(p);
  }
  return kept;
}

double distance_to_segment(const Vector3d& p, const Vector3d& a, const Vector3d& b) {
  const Vector3d along = b - a;
  const double x = std::clamp((p - a).dot(along) / along.squaredNorm(), 0.0, 1.0);
  return (p - a - x * along).norm();
}

} // namespace

Curve::Curve(const std::vector<Vector3d>& points, const Vector3d& u_hint) {
  const std::vector<Vector3d> knots = without_repeats(points);
  FORAMEN_EXPECT(knots.size() >= 2, "distinct points: ", knots.size());
  double s0 = 0.0, sharpest = 0.0;
  const auto add = [this](double s, const SplinePiece& piece, double w) {
    samples_.push_back({s, piece.value(w), piece.first(w).normalized(), Vector3d::Zero(),
                        Vector3d::Zero(), curvature(piece, w)});
  };
  const std::vector<SplinePiece> pieces = natural_spline(knots);
  for (const SplinePiece& piece : pieces) {
    const double length = arc_length(piece), curved = largest_curvature(piece);
    sharpest = std::max(sharpest, curved);
    const auto n = static_cast<std::size_t>(
        std::clamp(std::ceil(length * curved / sample_per_radius), 4.0, 20000.0));
    const double h = length / static_cast<double>(n);
    double w = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      add(s0 + h * static_cast<double>(j), piece, w);
      const double from = w;
      w += h / piece.first(w).norm();
      for (int newton = 0; newton < 4; ++newton)
        w += (h - arc_length(piece, from, w)) / piece.first(w).norm();
    }
    s0 += length;
  }
  add(s0, pieces.back(), pieces.back().width);
  min_radius_ = sharpest * s0 < 1e-9 ? std::numeric_limits<double>::infinity() : 1.0 / sharpest;
  spread_frames(u_hint);
  build_chords();
}

// Double reflection: reflect the frame in the plane between two samples, then in the one that takes
// the reflected tangent to the true one.
void Curve::spread_frames(const Vector3d& u_hint) {
  Sample& start = samples_.front();
  const Vector3d across = u_hint - start.t * start.t.dot(u_hint);
  FORAMEN_EXPECT(across.norm() > 1e-6 * u_hint.norm(),
                 "u_hint along the tangent: ", u_hint.transpose());
  start.u = across.normalized();
  start.v = start.t.cross(start.u);
  for (std::size_t i = 0; i + 1 < samples_.size(); ++i) {
    const Sample& here = samples_[i];
    Sample& next = samples_[i + 1];
    const Vector3d d = next.p - here.p;
    const double dd = d.squaredNorm();
    const Vector3d u_mirror = here.u - 2.0 / dd * d.dot(here.u) * d;
    const Vector3d t_mirror = here.t - 2.0 / dd * d.dot(here.t) * d;
    const Vector3d e = next.t - t_mirror;
    const Vector3d u = u_mirror - 2.0 / e.squaredNorm() * e.dot(u_mirror) * e;
    next.u = (u - next.t * next.t.dot(u)).normalized();
    next.v = next.t.cross(next.u);
  }
}

void Curve::build_chords() {
  for (std::size_t first = 0; first + 1 < samples_.size(); first += samples_per_chord) {
    const std::size_t last = std::min(first + samples_per_chord, samples_.size() - 1);
    Chord chord{samples_[first].p, samples_[last].p, 0.0, first, last};
    if (chord.a == chord.b) // a closed loop in one chord: only the bound gets loose
      chord.b += 1e-12 * samples_[first].t;
    double step = 0.0;
    for (std::size_t i = first; i <= last; ++i) {
      chord.sag = std::max(chord.sag, distance_to_segment(samples_[i].p, chord.a, chord.b));
      if (i < last)
        step = std::max(step, samples_[i + 1].s - samples_[i].s);
    }
    chord.sag += sample_per_radius * step; // the curve's own sag between two samples is less
    chords_.push_back(chord);
  }
}

Curve::Local Curve::locate(double s) const {
  const auto after = std::upper_bound(samples_.begin() + 1, samples_.end() - 1, s,
                                      [](double x, const Sample& sample) { return x < sample.s; });
  const auto i = static_cast<std::size_t>(after - samples_.begin()) - 1;
  const double h = samples_[i + 1].s - samples_[i].s;
  return {i, std::clamp((s - samples_[i].s) / h, 0.0, 1.0), h};
}

Vector3d Curve::point(double s) const {
  if (s <= 0.0)
    return samples_.front().p + s * samples_.front().t;
  if (s >= length())
    return samples_.back().p + (s - length()) * samples_.back().t;
  return value(locate(s));
}

Vector3d Curve::value(const Local& local) const {
  const auto [i, x, h] = local;
  const Sample &a = samples_[i], &b = samples_[i + 1];
  const double y = 1.0 - x;
  return a.p + x * x * (3.0 - 2.0 * x) * (b.p - a.p) + h * x * y * (y * a.t - x * b.t);
}

Vector3d Curve::derivative(const Local& local) const {
  const auto [i, x, h] = local;
  const Sample &a = samples_[i], &b = samples_[i + 1];
  return 6.0 * x * (1.0 - x) * (b.p - a.p) / h + (1.0 - x) * (1.0 - 3.0 * x) * a.t -
         x * (2.0 - 3.0 * x) * b.t;
}

Vector3d Curve::tangent(double s) const {
  return derivative(locate(s)).normalized();
}

// u moves by du/ds = -(k.u) t along a rotation-minimising frame: Hermite interpolation keeps it
// smooth.
Frame Curve::frame(double s) const {
  const Local local = locate(s);
  const auto [i, x, h] = local;
  const Sample &a = samples_[i], &b = samples_[i + 1];
  const double y = 1.0 - x;
  const Vector3d t = derivative(local).normalized();
  const Vector3d du_a = -a.k.dot(a.u) * a.t, du_b = -b.k.dot(b.u) * b.t;
  Vector3d u = a.u + x * x * (3.0 - 2.0 * x) * (b.u - a.u) + h * x * y * (y * du_a - x * du_b);
  u = (u - t * t.dot(u)).normalized();
  const bool beyond = s < 0.0 || s > length();
  return {beyond ? point(s) : value(local), u, t.cross(u), t};
}

Vector3d Curve::at(double s, double u, double v) const {
  const Frame f = frame(s);
  return f.origin + u * f.u + v * f.v;
}

// Foot of p on the curve between samples i and i + 1: safeguarded Newton on (c(s) - p) . c'(s) = 0.
double Curve::foot_between(std::size_t i, const Vector3d& p) const {
  const Sample &a = samples_[i], &b = samples_[i + 1];
  if ((a.p - p).dot(a.t) >= 0.0)
    return a.s;
  if ((b.p - p).dot(b.t) <= 0.0)
    return b.s;
  const double h = b.s - a.s;
  double low = 0.0, high = 1.0;
  double x = std::clamp((p - a.p).dot(b.p - a.p) / (b.p - a.p).squaredNorm(), 0.0, 1.0);
  const Vector3d k = 0.5 * (a.k + b.k);
  for (int newton = 0; newton < 50; ++newton) {
    const Local here{i, x, h};
    const Vector3d offset = value(here) - p;
    const double slope = offset.dot(derivative(here)) / h;
    (slope > 0.0 ? high : low) = x;
    const double bend = 1.0 + offset.dot(k);
    double next = bend > 0.1 ? x - slope / bend : 0.5 * (low + high);
    if (next <= low || next >= high)
      next = 0.5 * (low + high);
    const double step = std::abs(next - x);
    x = next;
    if (step < 1e-12)
      break;
  }
  return a.s + x * h;
}

// A straight segment bounds the distance from below, less the curve's sag over it: chords first,
// then the intervals of those chords that could hold the minimum.
void Curve::improve_foot(const Chord& chord, const Vector3d& p, Foot& best) const {
  const auto bound = [&](std::size_t i) {
    const Sample &a = samples_[i], &b = samples_[i + 1];
    return distance_to_segment(p, a.p, b.p) - sample_per_radius * (b.s - a.s);
  };
  const auto try_interval = [&](std::size_t i) {
    const double s = foot_between(i, p), d = (point(s) - p).norm();
    if (d < best.distance)
      best = {s, d};
  };
  std::size_t nearest = chord.first;
  double smallest = std::numeric_limits<double>::infinity();
  std::array<double, samples_per_chord> bounds{};
  for (std::size_t i = chord.first; i < chord.last; ++i) {
    const double d = bounds[i - chord.first] = bound(i);
    if (d < smallest) {
      smallest = d;
      nearest = i;
    }
  }
  if (smallest >= best.distance)
    return;
  try_interval(nearest);
  for (std::size_t i = chord.first; i < chord.last; ++i)
    if (i != nearest && bounds[i - chord.first] < best.distance)
      try_interval(i);
}

Curve::Foot Curve::closest(const Vector3d& p) const {
  const auto bound = [&p](const Chord& chord) {
    return distance_to_segment(p, chord.a, chord.b) - chord.sag;
  };
  // The chord that looks nearest gives a good first value; then only those that could beat it.
  const Chord* nearest = nullptr;
  double smallest = std::numeric_limits<double>::infinity();
  for (const Chord& chord : chords_) {
    const double d = bound(chord);
    if (d < smallest) {
      smallest = d;
      nearest = &chord;
    }
  }
  Foot best{0.0, (p - samples_.front().p).norm()};
  improve_foot(*nearest, p, best);
  for (const Chord& chord : chords_)
    if (&chord != nearest && bound(chord) < best.distance)
      improve_foot(chord, p, best);
  return best;
}

Curve::Foot Curve::closest(const Vector3d& p, double near_s) const {
  const auto ahead = [&](std::size_t i) { return (p - samples_[i].p).dot(samples_[i].t) > 0.0; };
  std::size_t i = locate(near_s).i;
  while (i > 0 && !ahead(i))
    --i;
  while (i + 2 < samples_.size() && ahead(i + 1))
    ++i;
  const double s = foot_between(i, p), distance = (point(s) - p).norm();
  return distance < min_radius_ ? Foot{s, distance} : closest(p);
}

} // namespace foramen::geometry
