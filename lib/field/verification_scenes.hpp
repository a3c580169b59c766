// The scenes of the verification cases. Metres, S/m.
#pragma once

#include "field/lead_surface.hpp"
#include "field/resolution.hpp"
#include "field/sheathed_cylinder.hpp"
#include "field/volume_scene.hpp"

namespace foramen::field {

// A lead along z through a grounded cylinder of radius and half height 60 mm, with a shell of
// encapsulation unless its thickness is 0. Contact centres are heights.
struct RingLead {
  std::vector<double> centres;
  double contact_length = 3e-3, radius = 0.65e-3;
  double shell = 0.0, shell_sigma = 0.1, sigma = 0.2;
  // The references' points: a half plane at this angle (radians, no multiple of the mesh's), within
  // this height. It is meshed as finely as a nerve would be, for that is where fibres lie.
  double sampled_angle = 0.7, sampled_half_height = 15.5e-3;
};
VolumeScene ring_lead_scene(const RingLead& lead, const Resolution& resolution);

// A conducting ellipsoid sigma^(1/2) (unit ball) c at the origin of an unbounded medium: its
// equipotentials are those of a point source. With a shell (isotropic media only) of conductivity
// `shell_sigma` up to the radius `shell`.
struct SphereElectrode {
  double radius = 1e-3; // of the sphere for isotropic media; else c (det sigma)^(1/6)
  Matrix3d sigma = 0.2 * Matrix3d::Identity();
  double shell = 0.0, shell_sigma = 0.1;
};
VolumeScene sphere_electrode_scene(const SphereElectrode& electrode, const Resolution& resolution);

// The half space z > 0 with an insulating floor. A disc electrode on it, or a small sphere above
// it.
VolumeScene disc_scene(double radius, double sigma, const Resolution& resolution);
VolumeScene buried_sphere_scene(double radius, double depth, double sigma,
                                const Resolution& resolution);

// A fascicle along z beside a small sphere electrode on the x axis.
VolumeScene fascicle_scene(const SheathedCylinder& fascicle, double rho0, double sphere_radius,
                           const Resolution& resolution);

} // namespace foramen::field
