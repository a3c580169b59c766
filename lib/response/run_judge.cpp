#include "response/run_judge.hpp"

#include "core/error.hpp"
#include "response/job_run.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::response {
namespace {

constexpr double settling_ms = 1.0; // after the waveform, before silence is believed
constexpr double near_rest_mV = 10.0;

} // namespace

std::vector<std::size_t> detection_nodes(const axon::Cable& cable, Detection detection) {
  const std::size_t last = cable.n_nodes() - 1;
  const auto far = static_cast<std::size_t>(0.9 * static_cast<double>(last));
  if (detection == Detection::far_end)
    return {far};
  return {last - far, far};
}

RunJudge::RunJudge(const ThresholdJob& job, const axon::State& rest,
                   const ThresholdOptions& options)
    : cable_(job.cable), rest_(&rest), silence_(options.silence),
      detection_nodes_(detection_nodes(*job.cable, options.detection)), arrivals_(job.arrivals),
      goal_(job.goal),
      decisive_ms_(std::max(end_of_stimuli(job), job.listen_from).in(ms) + settling_ms) {
  forget();
}

bool RunJudge::quiet(const axon::Batch& batch, std::size_t lane) const {
  if (silence_ == Silence::never)
    return false;
  for (std::size_t j = 0; j < cable_->n_nodes(); ++j) {
    const double v = batch.node_v(lane, j);
    const bool near = silence_ == Silence::near_rest
                          ? std::abs(v - rest_->v_mV[j]) < near_rest_mV
                          : v < cable_->name().rest_guess_mV + near_rest_mV;
    if (!near) // also when v is not a number
      return false;
  }
  return true;
}

void RunJudge::forget() {
  counts_.assign(detection_nodes_.size(), 0);
  armed_.assign(detection_nodes_.size(), true);
}

bool RunJudge::arrived(axon::Batch& batch, std::size_t lane) {
  bool enough = false;
  for (std::size_t d = 0; d < detection_nodes_.size(); ++d) {
    const std::size_t node = detection_nodes_[d];
    if (armed_[d] && std::isfinite(batch.first_crossing_ms(lane, node))) {
      ++counts_[d];
      armed_[d] = false;
    }
    enough = enough || counts_[d] >= arrivals_;
    if (!armed_[d] && !enough && batch.node_v(lane, node) < axon::spike_threshold_mV) {
      batch.forget_crossing(lane, node);
      armed_[d] = true;
    }
  }
  return enough;
}

std::optional<RunOutcome> RunJudge::verdict(axon::Batch& batch, std::size_t lane) {
  const bool arrived = this->arrived(batch, lane);
  RunOutcome outcome;
  outcome.detected_ms = std::numeric_limits<double>::infinity();
  for (const std::size_t j : detection_nodes_)
    outcome.detected_ms = std::min(outcome.detected_ms, batch.first_crossing_ms(lane, j));
  const bool over =
      batch.finished(lane) || (batch.time_ms(lane) >= decisive_ms_ && quiet(batch, lane));
  if (!arrived && !over)
    return std::nullopt;
  outcome.fired = arrived == (goal_ == Goal::fires);
  outcome.first_ms = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < cable_->n_nodes(); ++j) {
    FORAMEN_EXPECT(!std::isnan(batch.node_v(lane, j)), "node ", j, " of ", cable_->name().model,
                   " at ", batch.time_ms(lane), " ms is not a number");
    const double t = batch.first_crossing_ms(lane, j);
    if (!std::isfinite(t) || goal_ == Goal::silent)
      continue;
    ++outcome.n_fired_nodes;
    if (t < outcome.first_ms) {
      outcome.first_ms = t;
      outcome.first_node = static_cast<int>(j);
    }
  }
  return outcome;
}

} // namespace foramen::response
