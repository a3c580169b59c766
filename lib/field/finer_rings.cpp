#include "field/finer_rings.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace foramen::field {

RingSizes finer_rings(const Resolution& resolution, const geometry::Tube& tube, RingSizes sizes) {
  constexpr int looks = 8; // around a ring: factors change over several elements
  if (resolution.finer.empty())
    return sizes;
  return [resolution, tube, sizes = std::move(sizes)](double s, double rho) {
    double factor = 1.0;
    for (int k = 0; k < looks; ++k) {
      const double angle = 2.0 * std::numbers::pi * k / looks;
      const double u = tube.u + rho * std::cos(angle), v = tube.v + rho * std::sin(angle);
      factor = std::min(factor, resolution.factor(tube.axis->at(s, u, v)));
    }
    const geometry::RingSize size = sizes(s, rho);
    return geometry::RingSize{factor * size.along, factor * size.around};
  };
}

} // namespace foramen::field
