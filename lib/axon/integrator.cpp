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
  return integration.scheme == Scheme::neuron ? 0.02 * ratio : pace.error * ratio * ratio;
}

} // namespace foramen::axon
