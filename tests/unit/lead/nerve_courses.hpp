// Nerves for placing leads beside them.
#pragma once

#include "anatomy/nerve.hpp"
#include "geometry/curve.hpp"

#include <memory>
#include <vector>

namespace foramen::lead::tests {

inline constexpr double nerve_radius = 2.8e-3;

inline anatomy::Nerve nerve_along(const std::vector<Eigen::Vector3d>& points) {
  anatomy::Nerve nerve;
  nerve.course = std::make_shared<geometry::Curve>(points, -Eigen::Vector3d::UnitY());
  nerve.radius = nerve_radius;
  nerve.foramen_s = 0.05;
  return nerve;
}

inline anatomy::Nerve straight() {
  return nerve_along({{0, 0, 0.05}, {0, 0, -0.07}});
}

} // namespace foramen::lead::tests
