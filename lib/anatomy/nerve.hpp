// The spinal nerve: a smooth course, an epineurium, and fascicles that each wear a perineurium.
//
// Cross-section coordinates (u, v) are those of the curve's twist-free frame; fascicles run
// parallel to the course. Arc length s grows from the proximal (root) end to the distal one;
// `foramen_s` is where the course leaves the foramen's lateral border. A fascicle's sheet
// resistance is that of the nerve's perineurium (perineurium.hpp) at its diameter.
#pragma once

#include "anatomy/perineurium.hpp"
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
  Perineurium perineurium; // what the sheet resistances came from
  std::string endoneurium = "endoneurium", epineurium = "epineurium"; // tissues
};

} // namespace foramen::anatomy
