#include "field/nerve_surface.hpp"

#include "core/error.hpp"
#include "field/finer_rings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace foramen::field {
namespace {

using geometry::graded_size;
using geometry::RingSize;

constexpr double sample_step = 0.25e-3; // of tables along the course, below every size that matters
// Edge along over edge around: thin fascicles need not be isotropic, but the tetrahedra suffer.
constexpr double longest_on_fascicle = 1.8, longest_on_nerve = 1.5;
constexpr double ball_margin = 2e-3; // between the nerve and the outer boundary, metres

double to_contacts(const LeadShape& lead, const Vector3d& p) {
  if (lead.contacts.empty())
    return std::numeric_limits<double>::infinity();
  const double s = std::clamp(lead.foot(p).s, lead.contacts.front().s0, lead.contacts.back().s1);
  return lead.distance(p, s);
}

double gap_between(const anatomy::Fascicle& a, const anatomy::Fascicle& b) {
  return std::hypot(a.u - b.u, a.v - b.v) - a.radius - b.radius;
}

double rim_gap(const anatomy::Nerve& nerve, const anatomy::Fascicle& f) {
  return nerve.radius - std::hypot(f.u, f.v) - f.radius;
}

} // namespace

MeshedCourse meshed_course(const anatomy::Nerve& nerve, const Vector3d& ball_centre,
                           double ball_radius) {
  const auto inside = [&](double s) {
    const double d = (nerve.course->point(s) - ball_centre).norm();
    return d + nerve.radius + ball_margin < ball_radius;
  };
  const double length = nerve.course->length();
  const double start = std::clamp(nerve.foramen_s, 0.0, length);
  if (!inside(start))
    throw core::WorldError("nerve", "it leaves the volume conductor at the foramen",
                           "enlarge anatomy.domain or move its centre to the foramen");
  MeshedCourse meshed{start, start, 0.0, 0.0};
  while (meshed.nerve_s0 > 0.0 && inside(std::max(0.0, meshed.nerve_s0 - sample_step)))
    meshed.nerve_s0 = std::max(0.0, meshed.nerve_s0 - sample_step);
  while (meshed.nerve_s1 < length && inside(std::min(length, meshed.nerve_s1 + sample_step)))
    meshed.nerve_s1 = std::min(length, meshed.nerve_s1 + sample_step);
  const double inset = 0.5e-3;
  meshed.fascicle_s0 = meshed.nerve_s0 + inset;
  meshed.fascicle_s1 = meshed.nerve_s1 - inset;
  FORAMEN_EXPECT(meshed.fascicle_s1 > meshed.fascicle_s0 + inset, "nerve too short: ", length);
  return meshed;
}

NerveSizes::NerveSizes(const anatomy::Nerve& nerve, const MeshedCourse& meshed,
                       const std::vector<LeadShape>& leads, const Resolution& resolution)
    : nerve_(nerve), meshed_(meshed), resolution_(resolution) {
  rim_gap_ = nerve.radius;
  for (std::size_t i = 0; i < nerve.fascicles.size(); ++i) {
    double gap = rim_gap(nerve, nerve.fascicles[i]);
    rim_gap_ = std::min(rim_gap_, gap);
    for (std::size_t j = 0; j < nerve.fascicles.size(); ++j)
      if (j != i)
        gap = std::min(gap, gap_between(nerve.fascicles[i], nerve.fascicles[j]));
    fascicle_gaps_.push_back(gap);
  }
  const double length = meshed.nerve_s1 - meshed.nerve_s0;
  const auto n = static_cast<std::size_t>(std::ceil(length / sample_step));
  step_ = length / static_cast<double>(n);
  for (std::size_t i = 0; i <= n; ++i) {
    const Vector3d p = nerve.course->point(meshed.nerve_s0 + step_ * static_cast<double>(i));
    double contacts = std::numeric_limits<double>::infinity(), gap = contacts;
    for (const LeadShape& lead : leads) {
      double s = 0.0;
      contacts = std::min(contacts, to_contacts(lead, p));
      gap = std::min(gap, lead.axis_distance(p, s) - lead.outer_radius() - nerve.radius);
    }
    samples_.push_back({graded_size(contacts - resolution.near.si(), resolution.nerve.si(),
                                    resolution.nerve_growth, resolution.nerve_far.si()),
                        std::max(gap, 0.0)});
  }
}

NerveSizes::Sample NerveSizes::sample(double s) const {
  const double x =
      std::clamp((s - meshed_.nerve_s0) / step_, 0.0, static_cast<double>(samples_.size() - 1));
  const std::size_t i = std::min(static_cast<std::size_t>(x), samples_.size() - 2);
  const double t = x - static_cast<double>(i);
  const Sample &a = samples_[i], &b = samples_[i + 1];
  const double gap = std::isinf(a.gap) ? a.gap : a.gap + t * (b.gap - a.gap);
  return {a.size + t * (b.size - a.size), gap};
}

RingSize NerveSizes::on_nerve(double s) const {
  const Sample here = sample(s);
  const double size = limited_by_gap(here.size, here.gap, resolution_);
  const double around =
      limited_by_shell(limited_by_gap(size, rim_gap_, resolution_), nerve_.radius, rim_gap_);
  return {std::min(size, longest_on_nerve * around), around};
}

RingSize NerveSizes::on_fascicle(std::size_t i, double s) const {
  const double size = sample(s).size;
  const double round =
      2.0 * std::numbers::pi * nerve_.fascicles[i].radius / resolution_.around_fascicle;
  const double around = limited_by_gap(std::min(size, round), fascicle_gaps_[i], resolution_);
  return {std::min(size, longest_on_fascicle * around), around};
}

double NerveSizes::at(const Vector3d& p) const {
  const double s = std::clamp(nerve_.course->closest(p).s, meshed_.nerve_s0, meshed_.nerve_s1);
  const geometry::Frame f = nerve_.course->frame(s);
  const double u = f.u.dot(p - f.origin), v = f.v.dot(p - f.origin);
  const double beyond = std::abs(f.tangent.dot(p - f.origin)); // beyond the ends only
  const auto continued = [&](const RingSize& ring, double outside) {
    return ring.around + resolution_.growth * std::hypot(std::abs(outside), beyond);
  };
  const double outside = std::hypot(u, v) - nerve_.radius;
  double size = continued(on_nerve(s), outside);
  if (outside < 0.0)
    size = std::min(size, sample(s).size);
  if (outside < nerve_.radius)
    for (std::size_t i = 0; i < nerve_.fascicles.size(); ++i) {
      const anatomy::Fascicle& fascicle = nerve_.fascicles[i];
      size =
          std::min(size, continued(on_fascicle(i, s),
                                   std::hypot(u - fascicle.u, v - fascicle.v) - fascicle.radius));
    }
  return size;
}

geometry::Surface nerve_surface(const anatomy::Nerve& nerve, const MeshedCourse& meshed,
                                const NerveSizes& sizes) {
  const geometry::Tube tube{
      .axis = nerve.course, .s0 = meshed.nerve_s0, .s1 = meshed.nerve_s1, .radius = nerve.radius};
  geometry::TubeMeshing meshing;
  meshing.start = meshing.end = geometry::Cap::round;
  meshing.wave = ring_wave;
  meshing.size = finer_rings(sizes.resolution(), tube,
                             [&sizes](double s, double) { return sizes.on_nerve(s); });
  return geometry::triangulate_tube(tube, meshing);
}

geometry::Surface fascicle_surface(const anatomy::Nerve& nerve, std::size_t i,
                                   const MeshedCourse& meshed, const NerveSizes& sizes) {
  const anatomy::Fascicle& fascicle = nerve.fascicles[i];
  const geometry::Tube tube{.axis = nerve.course,
                            .s0 = meshed.fascicle_s0,
                            .s1 = meshed.fascicle_s1,
                            .u = fascicle.u,
                            .v = fascicle.v,
                            .radius = fascicle.radius};
  geometry::TubeMeshing meshing;
  meshing.start = meshing.end = geometry::Cap::round;
  meshing.wave = ring_wave;
  meshing.min_around = sizes.edges_around_fascicle();
  meshing.size = finer_rings(sizes.resolution(), tube,
                             [&sizes, i](double s, double) { return sizes.on_fascicle(i, s); });
  return geometry::triangulate_tube(tube, meshing);
}

} // namespace foramen::field
