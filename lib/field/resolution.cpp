#include "field/resolution.hpp"

namespace foramen::field {

Resolution Resolution::scaled(double factor) const {
  Resolution r = *this;
  for (Length* length :
       {&r.contact_edge, &r.contact_around, &r.edge_volume, &r.contact_middle, &r.bare_lead,
        &r.nerve, &r.nerve_far, &r.gap_floor, &r.far, &r.generator_case})
    *length *= factor;
  return r;
}

std::optional<Resolution> resolution_preset(const std::string& name) {
  if (name == "draft")
    return Resolution{}.scaled(1.5);
  if (name == "default")
    return Resolution{};
  if (name == "fine")
    return Resolution{}.scaled(0.7);
  return std::nullopt;
}

std::vector<std::string> resolution_preset_names() {
  return {"draft", "default", "fine"};
}

} // namespace foramen::field
