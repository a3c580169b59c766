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

// Steps that hold an edge, and those after a step with an edge in its interior (an edge on the grid
// belongs to the step that begins there, and is damped for that whole step).
bool needs_damping(const std::vector<Time>& edges, double t0, double t1) {
  const double hair = 1e-6 * (t1 - t0);
  return jumps_within(edges, t0 - hair, t1 - hair) ||
         jumps_within(edges, 2.0 * t0 - t1 + hair, t0 - hair);
}

// NEURON: gates follow the voltages by a whole step. Otherwise each solve sees the gates at the
// middle of its interval.
void stagger_gates(std::vector<Solve>& solves, Scheme scheme) {
  for (std::size_t i = 0; i < solves.size(); ++i) {
    const double next = i + 1 < solves.size() ? solves[i + 1].duration_ms : solves[i].duration_ms;
    solves[i].gate_step_ms =
        scheme == Scheme::neuron ? solves[i].duration_ms : 0.5 * (solves[i].duration_ms + next);
  }
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
  const double hair = 1e-6 * dt; // edges on the grid must not fall on its wrong side by round-off
  const std::vector<Time> edges = waveform.edges();
  std::vector<Solve> solves;
  solves.reserve(n + 4 * edges.size());
  const auto add = [&](double from_ms, double to_ms, double stretch, bool whole) {
    solves.push_back({.end_ms = to_ms,
                      .duration_ms = to_ms - from_ms,
                      .level = waveform.mean_level(axon::from_ms(from_ms), axon::from_ms(to_ms)),
                      .stretch = stretch,
                      .completes_step = whole});
  };
  for (std::size_t i = 0; i < n; ++i) {
    const double t0 = static_cast<double>(i) * dt;
    const double t1 = static_cast<double>(i + 1) * dt;
    if (integration.scheme == Scheme::neuron) {
      solves.push_back(
          {.end_ms = t1, .duration_ms = dt, .level = waveform.level(from_ms(t0 + hair))});
    } else if (needs_damping(edges, t0, t1)) {
      const double middle = t0 + 0.5 * dt;
      add(t0, middle, 1.0, false);
      add(middle, t1, 1.0, true);
    } else {
      add(t0, t1, 2.0, true);
    }
  }
  stagger_gates(solves, integration.scheme);
  return solves;
}

} // namespace foramen::axon
