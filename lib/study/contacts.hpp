// The contacts of a study, of all its leads in a row: what everything behind the mesh speaks of.
//
// Fields, weights and impedances have one column per contact in this order: the leads as the study
// has them, each from its tip.
#pragma once

#include "core/units.hpp"
#include "lead/placement.hpp"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace foramen::study {

struct Contact {
  std::string name;     // "E1"; "cranial:E1" of a lead with a name
  std::size_t lead = 0; // which
  Eigen::Vector3d centre;
  double s = 0.0;            // of the centre along the lead, from its tip, metres
  double length = 0.0;       // metres
  double area = 0.0;         // m^2
  SheetResistance interface; // between metal and tissue; 0: none
};

// Without interfaces.
std::vector<Contact> contacts_of(const std::vector<lead::PlacedLead>& leads);

std::vector<std::string> names_of(const std::vector<Contact>& contacts);

// For names of fields in files, where a colon would end a path: "cranial_E1".
std::string file_name_of(const Contact& contact);

} // namespace foramen::study
