// Planes through scene and field, as images for plots: tissue everywhere, potential where it is
// meshed.
//
// "across": perpendicular to the nerve at its point nearest to a contact; x, y are the
// frame's u and v. "along": contains the lead's axis (x) and the direction from nerve to lead (y).
// "axial", "coronal", "sagittal": anatomical planes through the contact, tissue only.
// Metres.
#pragma once

#include "field/sampling.hpp"
#include "field/volume_scene.hpp"
#include "study/study.hpp"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace foramen::study {

using Eigen::Vector3d;

struct Plane {
  std::string name;
  Vector3d origin, x_axis, y_axis;       // axes unit and orthogonal
  std::vector<double> x, y;              // pixel centres, from the origin
  double x_offset = 0.0, y_offset = 0.0; // of the coordinates printed on the axes
  Vector3d point(std::size_t column, std::size_t row) const {
    return origin + x[column] * x_axis + y[row] * y_axis;
  }
  std::size_t pixels() const { return x.size() * y.size(); }
};

// across, along; axial, coronal, sagittal.
std::vector<Plane> field_planes(const Study& study, std::size_t contact);
std::vector<Plane> anatomical_planes(const Study& study, std::size_t contact);

// Names of all tissues of the study, "lead" last; and the index among them at every pixel, row by
// row.
std::vector<std::string> tissue_names(const Study& study);
std::vector<int> tissue_image(const Study& study, const Plane& plane);

struct PotentialImage {
  std::vector<double> potential; // contacts x rows x columns, ohm; 0 outside the mesh
  std::vector<int> inside;       // rows x columns, 1 where the potential is known
};
PotentialImage potential_image(const field::Sampler& sampler, std::size_t contacts,
                               const Plane& plane);

// The same plane with every fourth pixel, for arrows.
Plane arrow_plane(const Plane& plane);

// Contacts x rows x columns x 3, A/m^2 per A: along the plane's x axis, y axis and normal.
std::vector<double> current_density_image(const field::UnitPotentials& potentials,
                                          const field::Sampler& sampler,
                                          const field::VolumeScene& scene, const Plane& plane);

} // namespace foramen::study
