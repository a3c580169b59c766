// The surroundings of nerve and lead: implicit solids of tissue, later ones on top of earlier ones.
//
// A point belongs to the last solid that contains it, else to the background. Nothing here is
// meshed: the field solver asks for the conductivity at quadrature points. Coordinates in metres,
// right-handed: x to the patient's right, y anterior, z cranial; the origin is defined by the model
// that builds the scene (lumbar.hpp). Thread-safe once built. Cost of a look-up: 6 comparisons per
// part, and the containment test of the parts whose bounds hold the point: 0.1 to 0.3 us in the
// lumbar scene.
#pragma once

#include "anatomy/tissue.hpp"
#include "geometry/solid.hpp"

#include <Eigen/Core>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace foramen::anatomy {

using Eigen::Matrix3d;
using Eigen::Vector3d;

struct Part {
  std::string name; // "psoas", "L5 pedicle"
  geometry::SolidPtr solid;
  std::string tissue;
  std::function<Vector3d(const Vector3d&)> direction; // unit; empty: isotropic tissue
};

class Scene {
public:
  // `background_direction` is the unit direction of an anisotropic background.
  Scene(TissueLibrary tissues, std::string background_tissue,
        const Vector3d& background_direction = Vector3d::UnitZ());
  // On top of what is there; the tissue must exist, and a part of an anisotropic one needs a
  // direction.
  void add(Part part);
  void evaluate_at(Frequency f); // the conductivities of its dispersive tissues

  int part_at(const Vector3d& p) const; // -1: background
  const Tissue& tissue_at(const Vector3d& p) const;
  Matrix3d conductivity(const Vector3d& p) const; // S/m
  // The same at several points close together: a solid whose surface is farther from their centre
  // than they are is looked up once for all.
  void conductivities(std::span<const Vector3d> p, std::span<Matrix3d> sigma) const;
  const std::vector<Part>& parts() const { return parts_; }
  const TissueLibrary& tissues() const { return tissues_; }
  const std::string& background() const { return background_; }
  // True when the whole scene is one isotropic or constant tensor (the "homogeneous" model).
  bool uniform() const { return parts_.empty(); }

private:
  Matrix3d conductivity_in(int part, const Vector3d& p) const;
  TissueLibrary tissues_;
  std::string background_;
  Vector3d background_direction_;
  Matrix3d background_tensor_;
  std::vector<Part> parts_;
  std::vector<geometry::Bounds> bounds_;
  std::vector<std::size_t> tissue_index_;
};

// across I + (along - across) d d^T, S/m.
Matrix3d conductivity_tensor(const Tissue& tissue, const Vector3d& direction);

} // namespace foramen::anatomy
