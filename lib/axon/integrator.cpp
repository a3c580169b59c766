#include "axon/integrator.hpp"

#include "axon/membrane_units.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace foramen::axon {
namespace {

// After a jump steps are half as long as asked for 10 us, as asked until 30 us, and then (in
// silence) twice, four times, ... until 70, 150, ... us. The times are fixed, so that the error
// falls with the square of the step everywhere.
constexpr double first_length_ms = 0.010;
// Where the level is at most this share of its largest, the stimulus counts as silent: gaps and the
// long recharge of asymmetric pulses.
constexpr double quiet_share = 0.2;

// NEURON: gates follow the voltages by a whole step. Otherwise each solve sees the gates at the
// middle of its interval.
void stagger_gates(std::vector<Solve>& solves, Scheme scheme) {
  for (std::size_t i = 0; i < solves.size(); ++i) {
    const double next = i + 1 < solves.size() ? solves[i + 1].duration_ms : solves[i].duration_ms;
    solves[i].gate_step_ms =
        scheme == Scheme::neuron ? solves[i].duration_ms : 0.5 * (solves[i].duration_ms + next);
  }
}

std::vector<Solve> neuron_schedule(const stimulus::Waveform& waveform, double dt, double stop_ms) {
  const auto n = static_cast<std::size_t>(std::ceil(stop_ms / dt - 1e-6));
  const double hair = 1e-6 * dt; // edges on the grid must not fall on its wrong side by round-off
  std::vector<Solve> solves;
  solves.reserve(n);
  for (std::size_t i = 0; i < n; ++i)
    solves.push_back({.end_ms = static_cast<double>(i + 1) * dt,
                      .duration_ms = dt,
                      .h_ms = dt,
                      .level = waveform.level(from_ms(static_cast<double>(i) * dt + hair)),
                      .current_place = 0.0});
  return solves;
}

// Steps from one jump of the level to the next, or to the end; they fill the interval exactly.
std::vector<double> step_lengths(double interval, double step, double coarsest) {
  std::vector<double> steps;
  double reached = 0.0;
  double length = 0.5 * step, change = first_length_ms; // the next length begins at `change`
  while (reached < interval * (1.0 - 1e-9)) {
    const double end = length >= coarsest ? interval : std::min(interval, change);
    const auto n = static_cast<std::size_t>(std::ceil((end - reached) / length - 1e-6));
    for (std::size_t k = 0; k < n; ++k)
      steps.push_back((end - reached) / static_cast<double>(n));
    reached = end;
    change = 2.0 * change + first_length_ms;
    length = std::min(2.0 * length, coarsest);
  }
  return steps;
}

// The largest magnitude of the level over an interval.
double largest_level(const stimulus::Waveform& waveform, double begin_ms, double end_ms) {
  double largest = 0.0;
  for (const stimulus::Piece& p : waveform.pieces)
    if (p.begin.in(ms) < end_ms && p.end.in(ms) > begin_ms)
      largest = std::max({largest, std::abs(p.level_begin), std::abs(p.level_end)});
  return largest;
}

// 0, the jumps between, and the end.
std::vector<double> jumps_until(const stimulus::Waveform& waveform, double stop_ms) {
  std::vector<double> times = {0.0};
  for (const Time edge : waveform.edges())
    if (edge.in(ms) > times.back() && edge.in(ms) < stop_ms)
      times.push_back(edge.in(ms));
  times.push_back(stop_ms);
  return times;
}

std::vector<Solve> second_order_schedule(const stimulus::Waveform& waveform,
                                         const Integration& integration, double stop_ms) {
  const double step = in_ms(integration.step);
  const std::vector<double> jumps = jumps_until(waveform, stop_ms);
  const double quiet_level = quiet_share * largest_level(waveform, 0.0, stop_ms);
  std::vector<Solve> solves;
  const auto add = [&](double begin, double end, double stretch, bool whole) {
    solves.push_back({.end_ms = end,
                      .duration_ms = end - begin,
                      .h_ms = (end - begin) / stretch,
                      .level = waveform.mean_level(from_ms(begin), from_ms(end)),
                      .stretch = stretch,
                      .completes_step = whole});
  };
  for (std::size_t k = 0; k + 1 < jumps.size(); ++k) {
    const bool quiet = largest_level(waveform, jumps[k], jumps[k + 1]) <= quiet_level;
    double t = jumps[k];
    const std::vector<double> steps = step_lengths(
        jumps[k + 1] - jumps[k], step, quiet ? std::max(1.0, integration.coarsest) * step : step);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const double end = i + 1 == steps.size() ? jumps[k + 1] : t + steps[i];
      if (k > 0 && i == 0) {
        add(t, 0.5 * (t + end), 1.0, false);
        add(0.5 * (t + end), end, 1.0, true);
      } else {
        add(t, end, 2.0, true);
      }
      t = end;
    }
  }
  return solves;
}

} // namespace

Integration paced(Integration integration, const Pace& pace) {
  if (integration.scheme == Scheme::neuron)
    return integration;
  integration.step = pace.step * integration.step;
  integration.coarsest = std::min(integration.coarsest, pace.coarsest);
  return integration;
}

double threshold_step_error(const Integration& integration, const Pace& pace) {
  const double ratio = integration.step / (5.0 * us);
  return integration.scheme == Scheme::neuron ? 0.02 * ratio : pace.error * ratio * ratio;
}

std::vector<Solve> schedule(const stimulus::Waveform& waveform, const Integration& integration,
                            Time stop) {
  const double dt = in_ms(integration.step);
  const std::string place = "time integration";
  if (!(dt > 0.0) || !std::isfinite(dt))
    throw ConfigError(place, concat("a step of ", dt, " ms"), "give a positive step");
  if (!(stop > Time{}) || !std::isfinite(stop.si()))
    throw ConfigError(place, concat("a run of ", in_ms(stop), " ms"), "let it end after its start");
  const Time phase = waveform.shortest_phase_duration();
  if (integration.scheme == Scheme::neuron && integration.step > phase * (1.0 + 1e-9) &&
      phase > Time{})
    throw ConfigError(place,
                      concat("a step of ", integration.step.in(us),
                             " us is longer than a phase of the pulse '", waveform.name, "' (",
                             phase.in(us), " us), which NEURON's scheme would miss or stretch"),
                      concat("give a step of at most ", phase.in(us),
                             " us, or use the second-order scheme, which meets every edge"));
  std::vector<Solve> solves;
  if (integration.scheme == Scheme::neuron) {
    solves = neuron_schedule(waveform, dt, in_ms(stop));
  } else {
    solves = second_order_schedule(waveform, integration, in_ms(stop));
  }
  stagger_gates(solves, integration.scheme);
  return solves;
}

} // namespace foramen::axon
