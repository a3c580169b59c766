#include "axon/probe.hpp"

#include "axon/membrane_units.hpp"
#include "core/error.hpp"

#include <algorithm>

namespace foramen::axon {
namespace {

// The membrane of one compartment, read out of a state.
class MembraneReader {
public:
  MembraneReader(const Cable& cable, std::size_t compartment)
      : place_(compartment / (cable.per_internode() + 1)),
        within_(compartment % (cable.per_internode() + 1)),
        compartment_(&cable.compartment(compartment)),
        membrane_(within_ == 0 ? cable.name().kinetics->kernels().node
                               : cable.name().kinetics->kernels().between) {
    if (within_ > 0)
      place_ = place_ * cable.per_internode() + within_ - 1;
  }

  MembraneTrace empty() const {
    MembraneTrace trace;
    for (std::size_t k = 0; k < membrane_.n_states; ++k)
      trace.state_names.push_back(name_of(membrane_.state_names, k, "state "));
    for (std::size_t k = 0; k < membrane_.n_currents; ++k)
      trace.current_names.push_back(name_of(membrane_.current_names, k, "current "));
    trace.current_names.push_back("leak");
    trace.states.resize(trace.state_names.size());
    trace.currents_nA.resize(trace.current_names.size());
    return trace;
  }

  void read(const State& state, double v_mV, MembraneTrace& trace) const {
    const std::vector<double>& all = within_ == 0 ? state.node_states : state.internode_states;
    const std::size_t n = trace.states.size();
    const auto from = all.begin() + static_cast<std::ptrdiff_t>(place_ * n);
    for (std::size_t k = 0; k < n; ++k)
      trace.states[k].push_back(*(from + static_cast<std::ptrdiff_t>(k)));
    constexpr double nA_per_uA = 1e3;
    std::vector<double> currents(trace.currents_nA.size() - 1);
    if (membrane_.currents != nullptr)
      membrane_.currents(n > 0 ? &*from : nullptr, compartment_->channels_mS.data(), v_mV,
                         currents.data());
    currents.push_back(compartment_->leak_mS * v_mV - compartment_->leak_uA);
    for (std::size_t k = 0; k < currents.size(); ++k)
      trace.currents_nA[k].push_back(nA_per_uA * currents[k]);
  }

private:
  static std::string name_of(std::span<const char* const> names, std::size_t k, const char* kind) {
    return k < names.size() ? names[k] : concat(kind, k);
  }

  std::size_t place_, within_;
  const Compartment* compartment_;
  MembraneInfo membrane_;
};

} // namespace

Recording record(const Cable& cable, const State& start, const Schedule& schedule,
                 std::span<const Stimulus> stimuli, const Watch& watch) {
  FORAMEN_EXPECT(stimuli.size() == schedule.n_stimuli(), stimuli.size(), " stimuli for ",
                 schedule.n_stimuli(), " waveforms");
  Batch batch(*cable.name().kinetics, cable.per_internode(), cable.n_nodes());
  Run run{.cable = &cable, .start = &start, .schedule = &schedule};
  std::copy(stimuli.begin(), stimuli.end(), run.stimuli.begin());
  batch.load(0, run);
  Recording recording;
  recording.v_mV.resize(watch.compartments.size());
  recording.p_mV.resize(watch.compartments.size());
  recording.levels.resize(stimuli.size());
  std::vector<MembraneReader> readers;
  if (watch.membranes)
    for (const std::size_t i : watch.compartments) {
      readers.emplace_back(cable, i);
      recording.membranes.push_back(readers.back().empty());
    }
  const auto note = [&](const Solve& solve) {
    recording.times.push_back(from_ms(batch.time_ms(0)));
    for (std::size_t k = 0; k < stimuli.size(); ++k)
      recording.levels[k].push_back(solve.levels[k]);
    if (watch.compartments.empty())
      return;
    const State state = batch.state(0);
    const Potentials now = potentials(cable, state);
    for (std::size_t probe = 0; probe < watch.compartments.size(); ++probe) {
      const std::size_t i = watch.compartments[probe];
      recording.v_mV[probe].push_back(now.v_mV[i]);
      recording.p_mV[probe].push_back(now.p_mV[i]);
      if (watch.membranes)
        readers[probe].read(state, now.v_mV[i], recording.membranes[probe]);
    }
  };
  note({});
  recording.spikes_ms.resize(cable.n_nodes());
  std::vector<double> before = start.v_mV;
  double next_note_ms = in_ms(watch.every);
  for (Schedule::Cursor at(schedule); !at.done();) {
    const Solve solve = at.next();
    batch.advance(1);
    for (std::size_t j = 0; j < cable.n_nodes(); ++j) {
      const double v = batch.node_v(0, j);
      if (before[j] < spike_threshold_mV &&
          v >= spike_threshold_mV) // interpolated within the solve
        recording.spikes_ms[j].push_back(
            solve.end_ms - solve.duration_ms * (v - spike_threshold_mV) / (v - before[j]));
      before[j] = v;
    }
    if (!solve.completes_step || solve.end_ms < next_note_ms * (1.0 - 1e-9))
      continue;
    note(solve);
    next_note_ms = std::max(next_note_ms + in_ms(watch.every), solve.end_ms);
  }
  for (std::size_t j = 0; j < cable.n_nodes(); ++j)
    recording.first_crossing_ms.push_back(batch.first_crossing_ms(0, j));
  return recording;
}

Recording record(const Cable& cable, const State& start, const Drive& drive, double amplitude,
                 const stimulus::Waveform& waveform, const Integration& integration, Time stop,
                 const Watch& watch) {
  const Stimulus stimulus{&drive, amplitude};
  return record(cable, start, Schedule({&waveform}, integration, stop), std::span(&stimulus, 1),
                watch);
}

} // namespace foramen::axon
