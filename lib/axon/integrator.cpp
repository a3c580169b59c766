#include "axon/integrator.hpp"

#include "axon/membrane_units.hpp"
#include "core/error.hpp"

#include <cmath>

namespace foramen::axon {
namespace {

// Whether a jump of the level falls into [from, to).
bool jumps_within(const std::vector<Time>& edges, double from_ms, double to_ms) {
  for (const Time edge : edges)
    if (edge.in(ms) >= from_ms && edge.in(ms) < to_ms)
      return true;
  return false;
}

} // namespace

double solve_step_ms(const Integration& integration) {
  const double dt = in_ms(integration.step);
  FORAMEN_EXPECT(dt > 0.0 && std::isfinite(dt), "time step ", dt, " ms");
  return integration.scheme == Scheme::neuron ? dt : 0.5 * dt;
}

std::vector<Solve> schedule(const stimulus::Waveform& waveform, const Integration& integration,
                            Time stop) {
  const double dt = in_ms(integration.step);
  const auto n = static_cast<std::size_t>(std::ceil(in_ms(stop) / dt - 1e-6));
  // Edges that lie on the grid must not fall on the wrong side of it by round-off.
  const double hair = 1e-6 * dt;
  const std::vector<Time> edges = waveform.edges();
  std::vector<Solve> solves;
  solves.reserve(n + 4 * edges.size());
  for (std::size_t i = 0; i < n; ++i) {
    const double t0 = static_cast<double>(i) * dt;
    const double t1 = static_cast<double>(i + 1) * dt;
    if (integration.scheme == Scheme::neuron) {
      solves.push_back({t1, dt, waveform.level(from_ms(t0 + hair)), 1.0, dt});
      continue;
    }
    if (jumps_within(edges, t0 - dt - hair, t1 - hair)) {
      const double middle = t0 + 0.5 * dt;
      solves.push_back(
          {middle, 0.5 * dt, waveform.mean_level(from_ms(t0), from_ms(middle)), 1.0, 0.0});
      solves.push_back({t1, 0.5 * dt, waveform.mean_level(from_ms(middle), from_ms(t1)), 1.0, dt});
    } else {
      solves.push_back({t1, dt, waveform.mean_level(from_ms(t0), from_ms(t1)), 2.0, dt});
    }
  }
  return solves;
}

} // namespace foramen::axon
