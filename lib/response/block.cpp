#include "response/block.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace foramen::response {
namespace {

// Where the action potential is started, far from where it is awaited.
std::size_t test_node(const axon::Cable& cable) {
  return cable.n_nodes() / 10;
}

void check(const ThresholdJob& job, const BlockProtocol& protocol) {
  const std::string place = "conduction block";
  if (!(protocol.test_width > Time{}) || !(protocol.patience > protocol.test_width) ||
      !(protocol.test_at >= Time{}))
    throw ConfigError(place,
                      concat("a test of ", protocol.test_width.in(ms), " ms at ",
                             protocol.test_at.in(ms), " ms, awaited for ", protocol.patience.in(ms),
                             " ms"),
                      "give a test pulse and wait longer than it lasts: 0.2 ms, 5 ms");
  const Time over = protocol.test_at + protocol.patience;
  if (job.waveform->end() < over * (1.0 - 1e-9))
    throw ConfigError(place,
                      concat("the stimulus '", job.waveform->name, "' ends at ",
                             job.waveform->end().in(ms), " ms, before the test is over at ",
                             over.in(ms), " ms"),
                      "give more pulses, or test earlier");
}

} // namespace

std::vector<ThresholdResult> find_block_thresholds(std::span<const ThresholdJob> jobs,
                                                   const BlockProtocol& protocol,
                                                   const ThresholdOptions& options,
                                                   Progress& progress) {
  const stimulus::Waveform test{
      "test", {{protocol.test_at, protocol.test_at + protocol.test_width, 1.0, 1.0}}};
  std::vector<ThresholdJob> blocked;
  for (const ThresholdJob& job : jobs) {
    FORAMEN_EXPECT(job.cable != nullptr && job.field != nullptr && job.waveform != nullptr,
                   "a job without fibre, field or waveform");
    validate(*job.waveform);
    check(job, protocol);
    blocked.push_back(job);
    ThresholdJob& b = blocked.back();
    b.beside = {{.node = test_node(*job.cable),
                 .waveform = &test,
                 .amplitude = protocol.test_current.in(uA)}};
    b.stop = protocol.test_at + protocol.patience;
    b.listen_from = protocol.test_at;
    b.goal = Goal::silent;
  }
  ThresholdOptions far = options;
  far.detection = Detection::far_end;
  return find_thresholds(blocked, far, progress);
}

std::vector<ThresholdResult> find_upper_limits(std::span<const ThresholdJob> jobs,
                                               std::span<const ThresholdResult> thresholds,
                                               const ThresholdOptions& options,
                                               Progress& progress) {
  FORAMEN_EXPECT(jobs.size() == thresholds.size(), jobs.size(), " jobs, ", thresholds.size(),
                 " thresholds");
  constexpr double first_step = 1.3;
  std::vector<ThresholdJob> upper;
  std::vector<std::size_t> of;
  std::vector<ThresholdResult> results(jobs.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    results[i] = {.status = ThresholdStatus::above_ceiling,
                  .threshold = options.ceiling,
                  .below = options.ceiling};
    const ThresholdResult& known = thresholds[i];
    if (known.status != ThresholdStatus::converged ||
        first_step * known.threshold >= options.ceiling)
      continue;
    upper.push_back(jobs[i]);
    upper.back().goal = Goal::silent;
    upper.back().floor = known.threshold; // fires there
    upper.back().guess = first_step * known.threshold;
    of.push_back(i);
  }
  const auto found = find_thresholds(upper, options, progress);
  for (std::size_t k = 0; k < of.size(); ++k)
    results[of[k]] = found[k];
  return results;
}

} // namespace foramen::response
