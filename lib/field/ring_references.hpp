// The tensor-mesh references of ring contacts on a lead: impedances, and potentials on lines beside
// it.
//
// Files <stem>_impedance.csv (row, column, ohm) and <stem>_potential.csv (contact, rho, z,
// potential per ampere; points of a half plane through the lead's axis, along z half a millimetre
// apart).
//
// Errors: WorldError for a file that cannot be read.
#pragma once

#include "field/verification_scenes.hpp"

#include <string>
#include <vector>

namespace foramen::field {

struct RingReference {
  struct Impedance {
    Eigen::Index row, column;
    double ohm;
  };
  struct Point {
    std::size_t contact;
    double rho_mm, z_mm, phi; // ohm
  };
  std::vector<Impedance> impedance;
  std::vector<Point> points; // contact by contact, line by line, along z

  static constexpr double spacing = 0.5e-3; // metres, along z
};

RingReference read_ring_reference(const std::string& stem);

// Where a point of the reference lies in the scene of its lead, metres.
Vector3d place(const RingLead& lead, const RingReference::Point& point);

// What the references were computed for.
struct RingCase {
  std::string name, files;
  RingLead lead;
};
std::vector<RingCase> ring_cases(); // ring, octrode

} // namespace foramen::field
