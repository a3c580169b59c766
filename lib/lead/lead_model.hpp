// A lead from the catalogue: a cylinder with ring contacts, counted from the tip.
//
// Read from configs/leads/<name>.toml; `source` is required there, with the trust its numbers
// deserve. Contacts are equal rings a constant pitch apart, or are listed one by one
// ([[contacts]]). Metres. Errors: ConfigError for an unknown name (with the nearest), for contacts
// that overlap or reach beyond the tip, and for the file's own keys.
#pragma once

#include "core/units.hpp"

#include <string>
#include <vector>

namespace foramen::lead {

struct RingContact {
  std::string name;    // "E1" at the tip
  double centre = 0.0; // from the tip, metres
  double length = 0.0; // metres
};

struct LeadModel {
  std::string name, title, manufacturer, source, note;
  double diameter = 0.0;
  std::vector<RingContact> contacts;
  double contact_area(std::size_t i) const; // m^2, of the cylinder's mantle
  double array_centre() const;              // midway between first and last contact, from the tip
  double array_end() const;                 // far end of the last contact, from the tip
};

LeadModel load_lead(const std::string& name);      // throws ConfigError for an unknown name
LeadModel lead_from_file(const std::string& path); // a user's own; its name is the file's
std::vector<std::string> lead_names();             // of configs/leads, sorted

} // namespace foramen::lead
