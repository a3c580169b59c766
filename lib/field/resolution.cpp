#include "field/resolution.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::field {

int Resolution::least_around_fascicle() const {
  constexpr double rounding = 1e-6;
  return static_cast<int>(std::ceil(around_fascicle - rounding));
}

double Resolution::factor(const Eigen::Vector3d& p) const {
  double product = 1.0;
  for (const auto& octree : finer)
    product *= octree->at(p);
  return product;
}

Resolution Resolution::scaled(double factor) const {
  Resolution r = *this;
  for (Length* length :
       {&r.contact_edge, &r.contact_around, &r.edge_volume, &r.contact_middle, &r.bare_lead,
        &r.nerve, &r.nerve_far, &r.gap_floor, &r.far, &r.generator_case})
    *length *= factor;
  for (double* growth : {&r.edge_growth, &r.nerve_growth, &r.growth})
    *growth =
        std::min(*growth * (factor > 1.0 ? std::sqrt(factor) : factor), std::max(*growth, 0.5));
  r.per_gap = std::min(r.per_gap * factor, std::max(r.per_gap, 8.0));
  r.around_fascicle = std::max(r.around_fascicle / factor, std::min(r.around_fascicle, 6.0));
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
