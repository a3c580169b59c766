#include "axon/integrator.hpp"

#include <algorithm>

namespace foramen::axon {

Integration paced(Integration integration, const Pace& pace) {
  if (integration.scheme == Scheme::neuron)
    return integration;
  integration.step = pace.step * integration.step;
  integration.pace = pace.step;
  integration.coarsest = std::min(integration.coarsest, pace.coarsest);
  return integration;
}

double threshold_step_error(const Integration& integration, const Pace& pace) {
  const double ratio = integration.step / (5.0 * us);
  if (integration.scheme == Scheme::neuron)
    return 0.02 * ratio;
  // Steps of more than 10 us leave the asymptotic range (Sweeney: 12 % at 20 us).
  const double beyond = std::max(1.0, 0.5 * ratio);
  return pace.error * ratio * ratio * beyond * beyond;
}

} // namespace foramen::axon
