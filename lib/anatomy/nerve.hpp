// The spinal nerve: a smooth course, an epineurium, and fascicles that each wear a perineurium.
//
// Cross-section coordinates (u, v) are those of the curve's twist-free frame; fascicles run
// parallel to the course. Arc length s grows from the proximal (root) end to the distal one;
// `foramen_s` is where the course leaves the foramen's lateral border. Perineurium thickness
// 0.03702 d + 10.5 um (human; Pelot 2020 as cited by ASCENT), conductivity 1/1149 S/m by default:
// sheet resistance = thickness / sigma.
#pragma once

#include "core/units.hpp"
#include "geometry/curve.hpp"

#include <memory>
#include <string>
#include <vector>

namespace foramen::anatomy {

struct Fascicle {
  double u = 0.0, v = 0.0;       // centre in the cross-section, metres
  double radius = 0.0;           // inner radius, metres
  double sheet_resistance = 0.0; // of its perineurium, ohm m^2
};

struct Nerve {
  std::string level; // "L5"
  std::shared_ptr<const geometry::Curve> course;
  double radius = 0.0;    // epineurium, metres
  double foramen_s = 0.0; // arc length at the lateral border of the foramen, metres
  std::vector<Fascicle> fascicles;
  std::string endoneurium = "endoneurium", epineurium = "epineurium"; // tissues
};

} // namespace foramen::anatomy
