// A short fibre under a point source, for tests.
#pragma once

#include "axon/catalogue.hpp"
#include "axon/drive.hpp"

#include <cmath>
#include <numbers>

namespace foramen::axon::test {

// mV per mA of a point source in 0.3 S/m, `distance` beside the middle of the fibre.
inline stimulus::FieldAtFibre point_source(const Cable& cable, Length distance) {
  const std::vector<double> x = cable.centres();
  stimulus::FieldAtFibre field;
  for (const double s : x)
    field.mV_per_mA.push_back(
        1.0 / (4.0 * std::numbers::pi * 0.3 * std::hypot(s - 0.5 * x.back(), distance.si())));
  return field;
}

} // namespace foramen::axon::test
