#include "axon/probe.hpp"

#include "axon/membrane_units.hpp"

namespace foramen::axon {

Recording record(const Cable& cable, const State& start, const Drive& drive, double amplitude,
                 const stimulus::Waveform& waveform, const Integration& integration, Time stop,
                 const std::vector<std::size_t>& compartments) {
  const std::vector<Solve> solves = schedule(waveform, integration, stop);
  Batch batch(*cable.name().kinetics, cable.per_internode(), cable.n_nodes());
  batch.load(0, {.cable = &cable,
                 .start = &start,
                 .drive = &drive,
                 .amplitude = amplitude,
                 .solves = &solves});
  Recording recording;
  recording.v_mV.resize(compartments.size());
  recording.p_mV.resize(compartments.size());
  const auto note = [&] {
    recording.times.push_back(from_ms(batch.time_ms(0)));
    if (compartments.empty())
      return;
    const Potentials now = potentials(cable, batch.state(0));
    for (std::size_t probe = 0; probe < compartments.size(); ++probe) {
      recording.v_mV[probe].push_back(now.v_mV[compartments[probe]]);
      recording.p_mV[probe].push_back(now.p_mV[compartments[probe]]);
    }
  };
  note();
  recording.spikes_ms.resize(cable.n_nodes());
  std::vector<double> before = start.v_mV;
  for (const Solve& solve : solves) {
    batch.advance(1);
    for (std::size_t j = 0; j < cable.n_nodes(); ++j) {
      const double v = batch.node_v(0, j);
      if (before[j] < spike_threshold_mV &&
          v >= spike_threshold_mV) // interpolated within the solve
        recording.spikes_ms[j].push_back(
            solve.end_ms - solve.duration_ms * (v - spike_threshold_mV) / (v - before[j]));
      before[j] = v;
    }
    if (solve.completes_step)
      note();
  }
  for (std::size_t j = 0; j < cable.n_nodes(); ++j)
    recording.first_crossing_ms.push_back(batch.first_crossing_ms(0, j));
  return recording;
}

} // namespace foramen::axon
