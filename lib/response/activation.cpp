#include "response/activation.hpp"

#include "axon/probe.hpp"
#include "axon/rest_state.hpp"
#include "response/job_run.hpp"
#include "response/run_judge.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::response {

Activation activate(const ThresholdJob& job, Current amplitude, const ThresholdOptions& options) {
  validate(options);
  validate(job, amplitude);
  const std::vector<axon::Drive> drives = drives_of(job);
  std::vector<axon::Stimulus> stimuli = {{&drives[0], amplitude.in(mA)}};
  for (std::size_t k = 0; k < job.beside.size(); ++k)
    stimuli.push_back({&drives[k + 1], job.beside[k].amplitude});
  axon::Integration integration = options.integration;
  integration.coarsest = 1.0; // times of arrival are asked for
  const axon::Recording run =
      axon::record(*job.cable, axon::rest_state(*job.cable).state,
                   schedule_of(job, integration, stop_of(job, options)), stimuli);
  Activation result;
  for (const std::vector<double>& node : run.spikes_ms) {
    result.spikes.emplace_back();
    for (const double t : node)
      result.spikes.back().push_back(t * ms);
  }
  double first_ms = INFINITY;
  for (std::size_t j = 0; j < run.first_crossing_ms.size(); ++j) {
    const double t = run.first_crossing_ms[j];
    result.crossings.push_back(std::isfinite(t) ? std::optional(t * ms) : std::nullopt);
    if (t < first_ms) {
      first_ms = t;
      result.first_node = static_cast<int>(j);
    }
  }
  for (const std::size_t j : detection_nodes(*job.cable, options.detection))
    if (const auto t = result.crossings[j]) {
      const Time latency = *t - job.waveform->begin();
      result.latency = result.fired ? std::min(result.latency, latency) : latency;
      result.fired = true;
    }
  return result;
}

std::size_t arrived(const Activation& activation, const axon::Cable& cable, Detection detection) {
  std::size_t most = 0;
  for (const std::size_t j : detection_nodes(cable, detection))
    most = std::max(most, activation.spikes[j].size());
  return most;
}

} // namespace foramen::response
