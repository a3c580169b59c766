// What the field solver is given: nested closed surfaces that the mesh fits, and the conductivity
// of the regions between them.
//
// Surface 0 is the outer boundary. Every other surface lies strictly inside its parent and touches
// no other. The region just inside surface i is region i; a `hole` has no region (an insulating
// lead body; its patches may be contacts). A surface with a positive sheet resistance is a
// resistive sheet: the potential jumps across it by Rp times the normal current density
// (perineurium). SI units, metres.
#pragma once

#include "geometry/surface.hpp"

#include <Eigen/Core>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace foramen::field {

using Eigen::Matrix3d;
using Eigen::Vector3d;

struct FittedSurface {
  std::string name; // "domain", "lead", "encapsulation", "nerve", "fascicle 3"
  geometry::Surface surface;
  int parent = -1;               // index of the enclosing surface; -1 for surface 0
  bool hole = false;             // insulating body, not meshed
  double sheet_resistance = 0.0; // ohm m^2; 0: no sheet
};

// A set of boundary patches that belong to one conductor: its metal is at one potential U and takes
// a prescribed total current. Without an interface the tissue at the metal is at U too; with one
// the current density into the tissue is (U - phi) / surface_resistance, and an idle contact lets
// current in and out. Resistances below some 1e-7 ohm m^2 are lost in the solver's rounding.
struct Electrode {
  std::string name;
  int surface = 0;
  std::vector<int> patches;
  double surface_resistance = 0.0; // of the interface, ohm m^2; 0: none

  bool has_interface() const { return surface_resistance > 0.0; }
};

enum class OuterBoundary {
  grounded, // potential zero
  open, // sigma d(phi)/dn = -sigma (n.r)/r^2 phi, r from `open_centre`: exact for a point source
};

struct VolumeScene {
  std::vector<FittedSurface> surfaces;
  std::vector<Electrode> electrodes;
  OuterBoundary outer = OuterBoundary::grounded;
  std::vector<int> insulated_outer_patches; // patches of surface 0 without any condition (no flux)
  Vector3d open_centre = Vector3d::Zero();

  // Conductivity tensor (S/m, symmetric positive definite) at a point of a region. Called from many
  // threads at quadrature points.
  std::function<Matrix3d(int region, const Vector3d& p)> conductivity;
  // The same at several points of one element; empty: `conductivity` is asked point by point. For
  // scenes in which a neighbour's answer makes the next one cheaper.
  std::function<void(int region, std::span<const Vector3d> p, std::span<Matrix3d> sigma)>
      conductivities;
  // Regions whose tensor is the same everywhere are assembled faster; may be empty.
  std::vector<bool> region_is_uniform;
  // Regions in which tissues meet at surfaces that the mesh does not fit: elements that hold
  // several conduct as a laminate of them (laminate.hpp). Others may vary, but smoothly. May be
  // empty.
  std::vector<bool> region_has_jumps;

  // Wanted element size at a point, metres. Called by one thread.
  std::function<double(const Vector3d& p)> size;
};

} // namespace foramen::field
