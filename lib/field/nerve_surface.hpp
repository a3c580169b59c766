// The triangulated nerve: epineurium, and fascicles inside it as tubes parallel to the course.
//
// Sizes are fine while the contacts are near and coarser along the rest of the course; a fascicle's
// rings follow its radius and the gaps to its neighbours and the epineurium. The nerve's ends are
// flat and lie inside the domain; fascicles end a little earlier, closed by their own sheet, so
// that current cannot enter them at the cut. Metres.
#pragma once

#include "anatomy/nerve.hpp"
#include "field/lead_surface.hpp"
#include "field/resolution.hpp"
#include "geometry/surface.hpp"

#include <vector>

namespace foramen::field {

// Rings are bent by this part of their distance: geometry::TubeMeshing.
inline constexpr double ring_wave = 0.15;

// Arc lengths along the course between which nerve and fascicles are meshed.
struct MeshedCourse {
  double nerve_s0 = 0.0, nerve_s1 = 0.0;
  double fascicle_s0 = 0.0, fascicle_s1 = 0.0;
};

// The longest stretch around the foramen whose tube stays inside the ball. Throws WorldError when
// the nerve at the foramen does not.
MeshedCourse meshed_course(const anatomy::Nerve& nerve, const Vector3d& ball_centre,
                           double ball_radius);

// Wanted sizes on and around the nerve beside these leads; keeps copies of what it needs.
class NerveSizes {
public:
  NerveSizes(const anatomy::Nerve& nerve, const MeshedCourse& meshed,
             const std::vector<LeadShape>& leads, const Resolution& resolution);

  geometry::RingSize on_nerve(double s) const;
  geometry::RingSize on_fascicle(std::size_t i, double s) const;
  double at(const Vector3d& p) const;
  const Resolution& resolution() const { return resolution_; }
  int edges_around_fascicle() const { return resolution_.least_around_fascicle(); }

private:
  struct Sample {
    double size = 0.0; // wanted in the nerve, without regard to gaps
    double gap = 0.0;  // between epineurium and the nearest lead's outside
  };
  Sample sample(double s) const;

  anatomy::Nerve nerve_;
  MeshedCourse meshed_;
  Resolution resolution_;
  std::vector<double> fascicle_gaps_; // to the nearest other fascicle or the epineurium
  double rim_gap_ = 0.0;              // of the fascicle nearest the epineurium
  std::vector<Sample> samples_;       // along the meshed course
  double step_ = 0.0;
};

geometry::Surface nerve_surface(const anatomy::Nerve& nerve, const MeshedCourse& meshed,
                                const NerveSizes& sizes);
geometry::Surface fascicle_surface(const anatomy::Nerve& nerve, std::size_t fascicle,
                                   const MeshedCourse& meshed, const NerveSizes& sizes);

} // namespace foramen::field
