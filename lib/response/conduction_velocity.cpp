#include "response/conduction_velocity.hpp"

#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "core/error.hpp"

#include <cmath>

namespace foramen::response {

Conduction conduction_velocity(const axon::Cable& cable, const ConductionOptions& options) {
  FORAMEN_EXPECT(options.node_a < options.node_b && options.node_b < cable.n_nodes() &&
                     options.stimulated_node < cable.n_nodes(),
                 "nodes ", options.node_a, " and ", options.node_b, " of ", cable.n_nodes());
  const axon::Rest rest = axon::rest_state(cable);
  const axon::Drive drive = axon::injection_drive(cable, options.stimulated_node);
  const stimulus::Waveform pulse{"injection", {{Time{}, options.pulse, 1.0, 1.0}}};
  const axon::Recording run = axon::record(cable, rest.state, drive, options.current.in(uA), pulse,
                                           options.integration, options.stop);
  const double a = run.first_crossing_ms[options.node_a];
  const double b = run.first_crossing_ms[options.node_b];
  if (!std::isfinite(a) || !std::isfinite(b) || !(b > a))
    return {};
  const Length distance =
      static_cast<double>(options.node_b - options.node_a) * cable.internode_length();
  return {
      .propagated = true, .velocity = distance / ((b - a) * ms), .at_a = a * ms, .at_b = b * ms};
}

} // namespace foramen::response
