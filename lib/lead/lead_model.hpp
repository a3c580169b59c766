// A lead from the catalogue: a cylinder with ring contacts, counted from the tip.
//
// Read from configs/leads/<name>.toml; `source` is required there. Metres.
#pragma once

#include "core/units.hpp"

#include <string>
#include <vector>

namespace foramen::lead {

struct RingContact {
  std::string name;         // "E1" at the tip
  double centre = 0.0;      // from the tip, metres
  double length = 0.0;      // metres
};

struct LeadModel {
  std::string name, title, manufacturer, source, note;
  double diameter = 0.0;
  std::vector<RingContact> contacts;
  double contact_area(std::size_t i) const; // m^2, of the cylinder's mantle
};

LeadModel load_lead(const std::string& name);          // throws ConfigError for an unknown name
std::vector<std::string> lead_names();                 // of configs/leads, sorted

} // namespace foramen::lead
