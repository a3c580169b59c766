#include "response/threshold.hpp"

#include "axon/batch.hpp"
#include "axon/drive.hpp"
#include "axon/rest_state.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "response/first_guess.hpp"
#include "response/job_run.hpp"
#include "response/run_judge.hpp"
#include "response/threshold_search.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>
#include <optional>
#include <tuple>

namespace foramen::response {
namespace {

using axon::Batch;
using axon::Cable;

// Solves between two looks at the lanes.
constexpr std::size_t block = 8;

using Rests = std::map<const Cable*, axon::Rest>;

Rests rests_of(std::span<const ThresholdJob> jobs) {
  Rests rests;
  for (const ThresholdJob& job : jobs)
    rests.try_emplace(job.cable);
  std::vector<const Cable*> cables;
  for (const auto& entry : rests)
    cables.push_back(entry.first);
  std::vector<axon::Rest> found = axon::rest_states(cables);
  for (std::size_t i = 0; i < cables.size(); ++i)
    rests[cables[i]] = std::move(found[i]);
  return rests;
}

// The first spike tells where the threshold lies if one pulse alone decides it.
Latency latency_of(const ThresholdJob& job) {
  if (!job.beside.empty() || job.arrivals > 1 || job.goal == Goal::silent ||
      job.waveform->repeats > 1)
    return {};
  const axon::Hesitation& h = job.cable->name().kinetics->hesitation();
  const stimulus::Waveform& w = *job.waveform;
  const Time phase = w.first_phase_duration();
  const bool balanced = std::abs(w.net_charge()) < 1e-6 * phase.si();
  const double end_ms = (w.begin() + phase).in(ms);
  return balanced ? Latency{h.balanced_rate_per_ms, end_ms + h.balanced_delay_ms}
                  : Latency{h.rate_per_ms, end_ms + h.delay_ms};
}

// Where responses come and go with the amplitude, thresholds hang on the step more (0.4 % measured,
// strong pulses of 50 us at C fibres) than where a fibre simply begins to fire.
constexpr double blocked_step_error = 3.0;

// Jobs of one kind of fibre run in the same lanes; long fibres first, so that lanes run alongside
// others of nearly their length.
using Group = std::vector<std::size_t>;
std::vector<Group> group_by_kind(std::span<const ThresholdJob> jobs) {
  std::map<std::pair<std::string, std::size_t>, Group> groups;
  for (std::size_t i = 0; i < jobs.size(); ++i)
    groups[{jobs[i].cable->name().kinetics->name(), jobs[i].cable->per_internode()}].push_back(i);
  std::vector<Group> sorted;
  for (auto& [kind, group] : groups) {
    std::stable_sort(group.begin(), group.end(), [&](std::size_t a, std::size_t b) {
      return jobs[a].cable->n_nodes() > jobs[b].cable->n_nodes();
    });
    sorted.push_back(std::move(group));
  }
  return sorted;
}

ThresholdResult result_of(const ThresholdSearch& search, const ThresholdJob& job,
                          const axon::Integration& integration) {
  ThresholdResult r{.status = search.status(),
                    .threshold = search.above_mA() * mA,
                    .below = search.below_mA() * mA,
                    .step_error =
                        axon::threshold_step_error(integration, job.cable->name().kinetics->pace()),
                    .maybe_blocked = search.maybe_blocked(),
                    .simulations = search.simulations()};
  if (r.maybe_blocked)
    r.step_error *= blocked_step_error;
  const RunOutcome& run = search.at_threshold();
  // Whoever listens late, or for more than one, cannot say where it began.
  if (run.fired && r.status != ThresholdStatus::above_ceiling && job.goal == Goal::fires &&
      job.listen_from == Time{} && job.arrivals == 1) {
    const int last = static_cast<int>(job.cable->n_nodes()) - 1;
    r.firing_node = run.first_node;
    r.firing_time = run.first_ms * ms - job.waveform->begin();
    r.latency = run.detected_ms * ms - job.waveform->begin();
    r.started_at_end = run.first_node <= 1 || run.first_node >= last - 1;
  }
  return r;
}

// The jobs of one group, handed out to whichever lane of whichever thread is free.
class Queue {
public:
  Queue(std::span<const ThresholdJob> jobs, const Group& group, std::atomic<std::size_t>& n_done,
        Progress& progress)
      : jobs_(jobs), group_(group), n_done_(n_done), progress_(progress) {}

  std::optional<std::size_t> next() {
    const std::size_t k = next_++;
    return k < group_.size() ? std::optional(group_[k]) : std::nullopt;
  }
  void job_done() {
    const std::size_t n = ++n_done_;
    const std::lock_guard lock(mutex_);
    progress_.done(static_cast<double>(n) / static_cast<double>(jobs_.size()));
    progress_.checkpoint();
  }

private:
  std::span<const ThresholdJob> jobs_;
  const Group& group_;
  std::atomic<std::size_t>& n_done_;
  Progress& progress_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
};

ThresholdSearch search_of(const ThresholdJob& job, ThresholdOptions options) {
  if (job.floor > Current{})
    options.floor = job.floor;
  const double guess = job.guess > Current{}
                           ? job.guess.in(mA)
                           : guess_threshold_mA(*job.cable, *job.field, *job.waveform);
  // Silence may come and go: who looks for it takes small steps.
  constexpr double largest_step = 4.0, largest_to_silence = 1.5;
  const double spread = job.cable->name().kinetics->excitability().spread_nodes;
  // A local response fires some of these: half of what a subthreshold current spreads over.
  const int local_nodes = std::max(2, static_cast<int>(std::lround(0.5 * spread)));
  return {guess, options, latency_of(job),
          job.goal == Goal::silent ? largest_to_silence : largest_step, local_nodes};
}

// One thread's lanes at work.
class Worker {
public:
  Worker(std::span<const ThresholdJob> jobs, const ThresholdOptions& options, const Rests& rests,
         Queue& queue, const Cable& longest, std::vector<ThresholdResult>& results)
      : jobs_(jobs), options_(options), rests_(rests), queue_(queue), results_(results),
        batch_(*longest.name().kinetics, longest.per_internode(), longest.n_nodes()) {}

  void work() {
    for (std::size_t lane = 0; lane < axon::batch_lanes; ++lane)
      take_job(lane);
    while (std::any_of(slots_.begin(), slots_.end(), [](const auto& s) { return s.has_value(); })) {
      batch_.advance(block);
      for (std::size_t lane = 0; lane < axon::batch_lanes; ++lane)
        if (slots_[lane])
          look_at(lane);
    }
  }

private:
  struct Slot {
    std::size_t job;
    std::vector<axon::Drive> drives;
    axon::Schedule schedule;
    ThresholdSearch search;
    RunJudge judge;
  };

  void take_job(std::size_t lane) {
    batch_.clear(lane); // before what it points to goes
    slots_[lane].reset();
    while (const std::optional<std::size_t> next = queue_.next()) {
      const ThresholdJob& job = jobs_[*next];
      const axon::Rest& rest = rests_.at(job.cable);
      if (!rest.stationary) {
        results_[*next].status = ThresholdStatus::fires_unstimulated;
        queue_.job_done();
        continue;
      }
      slots_[lane].emplace(Slot{*next, drives_of(job), paced_schedule(job),
                                search_of(job, options_), RunJudge(job, rest.state, options_)});
      return load(lane);
    }
  }

  axon::Schedule paced_schedule(const ThresholdJob& job) const {
    axon::Integration integration =
        axon::paced(options_.integration, job.cable->name().kinetics->pace());
    if (!job.beside.empty() || job.arrivals > 1)
      integration.coarsest = 1.0; // earlier action potentials and what they leave matter
    return schedule_of(job, integration, stop_of(job, options_));
  }

  void load(std::size_t lane) {
    const Slot& slot = *slots_[lane];
    const ThresholdJob& job = jobs_[slot.job];
    axon::Run run{.cable = job.cable,
                  .start = &rests_.at(job.cable).state,
                  .schedule = &slot.schedule,
                  .listen_from_ms = job.listen_from.in(ms)};
    run.stimuli[0] = {&slot.drives[0], slot.search.amplitude_mA()};
    for (std::size_t k = 0; k < job.beside.size(); ++k)
      run.stimuli[k + 1] = {&slot.drives[k + 1], job.beside[k].amplitude};
    batch_.load(lane, run);
  }

  void look_at(std::size_t lane) {
    Slot& slot = *slots_[lane];
    const std::optional<RunOutcome> outcome = slot.judge.verdict(batch_, lane);
    if (!outcome)
      return;
    slot.search.report(*outcome);
    slot.judge.forget();
    if (!slot.search.done())
      return batch_.restart(lane, slot.search.amplitude_mA());
    results_[slot.job] = result_of(slot.search, jobs_[slot.job], options_.integration);
    queue_.job_done();
    take_job(lane);
  }

  std::span<const ThresholdJob> jobs_;
  const ThresholdOptions& options_;
  const Rests& rests_;
  Queue& queue_;
  std::vector<ThresholdResult>& results_;
  Batch batch_;
  std::array<std::optional<Slot>, axon::batch_lanes> slots_;
};

// The highest potential (mV) along the fibre.
double highest_potential_mV(const stimulus::FieldAtFibre& field, const stimulus::Waveform& waveform,
                            double amplitude_mA) {
  double per_mA = 0.0;
  for (const double v : field.mV_per_mA)
    per_mA = std::max(per_mA, std::abs(v));
  return per_mA * waveform.largest_level() * std::abs(amplitude_mA);
}

void check_strength(const Cable& cable, const stimulus::FieldAtFibre& field,
                    const stimulus::Waveform& waveform, double amplitude_mA) {
  axon::check_field(cable, field);
  stimulus::validate(waveform);
  if (!std::isfinite(amplitude_mA))
    throw ConfigError("stimulation", concat("an amplitude of ", amplitude_mA, " mA"),
                      "give a finite amplitude");
  // Far beyond what tissue bears, far below where doubles overflow.
  constexpr double most_mV = 1e12;
  const double highest = highest_potential_mV(field, waveform, amplitude_mA);
  if (!(highest <= most_mV))
    throw ConfigError(concat("potential along a fibre (", cable.name().model, ", ",
                             cable.name().diameter.in(um), " um)"),
                      concat(highest, " mV at ", amplitude_mA, " mA"),
                      concat("check the units of the field and of the amplitudes: at most ",
                             most_mV, " mV can be computed with"));
}

void check_injection(const Cable& cable, const FixedStimulus& injection) {
  stimulus::validate(*injection.waveform);
  constexpr double most_uA = 1e6;
  if (injection.node >= cable.n_nodes())
    throw ConfigError("stimulation",
                      concat("a current into node ", injection.node, " of a fibre of ",
                             cable.n_nodes(), " nodes"),
                      concat("name a node from 0 to ", cable.n_nodes() - 1));
  if (!(std::abs(injection.amplitude) <= most_uA))
    throw ConfigError("stimulation",
                      concat("a current of ", injection.amplitude, " uA into a node"),
                      concat("give at most ", most_uA, " uA; some nA make a fibre fire"));
}

} // namespace

void validate(const ThresholdOptions& o) {
  const std::string place = "threshold search";
  if (!(o.tolerance >= 1e-12 && o.tolerance < 1.0))
    throw ConfigError(place, concat("a tolerance of ", o.tolerance),
                      "give the relative width of the final bracket, from 1e-12 to below 1: 0.01");
  if (!(o.floor > Current{}))
    throw ConfigError(place, concat("a floor of ", o.floor.in(mA), " mA"),
                      "give the lowest amplitude to try, above 0 mA");
  if (!(o.ceiling > o.floor) || !std::isfinite(o.ceiling.si()))
    throw ConfigError(
        place, concat("a ceiling of ", o.ceiling.in(mA), " mA, a floor of ", o.floor.in(mA), " mA"),
        "give a finite ceiling above the floor");
  if (!(o.time_limit >= Time{}) || !std::isfinite(o.time_limit.si()))
    throw ConfigError(place, concat("a time limit of ", o.time_limit.in(ms), " ms"),
                      "give the time that a run may last after the waveform: 5 ms");
}

void validate(const ThresholdJob& job, Current amplitude) {
  FORAMEN_EXPECT(job.cable != nullptr && job.field != nullptr && job.waveform != nullptr,
                 "a job without fibre, field or waveform");
  check_strength(*job.cable, *job.field, *job.waveform, amplitude.in(mA));
  if (job.beside.size() + 1 > axon::max_stimuli)
    throw ConfigError("stimulation", concat(job.beside.size(), " stimuli beside the searched one"),
                      concat("give at most ", axon::max_stimuli - 1));
  for (const FixedStimulus& fixed : job.beside) {
    FORAMEN_EXPECT(fixed.waveform != nullptr, "a stimulus without waveform");
    if (fixed.field != nullptr)
      check_strength(*job.cable, *fixed.field, *fixed.waveform, fixed.amplitude);
    else
      check_injection(*job.cable, fixed);
  }
  if (!std::isfinite(job.stop.si()) || job.stop < Time{})
    throw ConfigError("stimulation", concat("a run of ", job.stop.in(ms), " ms"),
                      "give its end, or 0 for the time limit after the waveform");
  if (!std::isfinite(job.listen_from.si()) || job.listen_from < Time{})
    throw ConfigError("stimulation", concat("listening from ", job.listen_from.in(ms), " ms on"),
                      "give a time of 0 ms or later");
  if (job.arrivals < 1)
    throw ConfigError("stimulation", concat(job.arrivals, " action potentials as a response"),
                      "give at least 1");
}

CurrentInterval interval_of(const ThresholdResult& result) {
  const double error = result.step_error + result.field_error;
  return {std::max(0.0, 1.0 - error) * result.below, (1.0 + error) * result.threshold};
}

const char* name_of(ThresholdStatus status) {
  switch (status) {
  case ThresholdStatus::converged:
    return "converged";
  case ThresholdStatus::above_ceiling:
    return "above_ceiling";
  case ThresholdStatus::below_floor:
    return "below_floor";
  case ThresholdStatus::fires_unstimulated:
    return "fires_unstimulated";
  }
  return "?";
}

std::vector<ThresholdResult> find_thresholds(std::span<const ThresholdJob> jobs,
                                             const ThresholdOptions& options, Progress& progress) {
  validate(options);
  for (const ThresholdJob& job : jobs)
    validate(job, options.ceiling);
  const Rests rests = rests_of(jobs);
  std::vector<ThresholdResult> results(jobs.size());
  std::atomic<std::size_t> n_done = 0;
  for (const Group& group : group_by_kind(jobs)) {
    Queue queue(jobs, group, n_done, progress);
    const Cable& longest = *jobs[group.front()].cable;
    // A batch per thread, but none for fewer jobs than it has lanes.
    const std::size_t workers =
        std::min(thread_count(), (group.size() + axon::batch_lanes - 1) / axon::batch_lanes);
    parallel_for(workers, 1, [&](std::size_t) {
      Worker(jobs, options, rests, queue, longest, results).work();
    });
  }
  return results;
}

} // namespace foramen::response
