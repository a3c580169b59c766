#include "axon/schedule.hpp"

#include "axon/membrane_units.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace foramen::axon {
namespace {

// After a jump steps are half as long as asked for 10 us, as asked until 30 us, and then (in
// silence) twice, four times, ... until 70, 150, ... us. The times are fixed, so that the error
// falls with the square of the step everywhere.
constexpr double first_length_ms = 0.010;
// Where the level is at most this share of its largest, the stimulus counts as silent: gaps and the
// long recharge of asymmetric pulses.
constexpr double quiet_share = 0.2;
constexpr double most_solves = 1e9;
constexpr double hair = 1e-6; // of a step: what round-off may add or take

void check(const std::vector<const stimulus::Waveform*>& waveforms, const Integration& integration,
           Time stop) {
  const std::string place = "time integration";
  const double dt = in_ms(integration.step);
  FORAMEN_EXPECT(waveforms.size() <= max_stimuli, waveforms.size(), " stimuli");
  if (!(dt > 0.0) || !std::isfinite(dt))
    throw ConfigError(place, concat("a step of ", dt, " ms"), "give a positive step");
  if (!(stop > Time{}) || !std::isfinite(stop.si()))
    throw ConfigError(place, concat("a run of ", in_ms(stop), " ms"), "let it end after its start");
  const double least = stop / integration.step / std::max(1.0, integration.coarsest);
  if (least > most_solves)
    throw ConfigError(
        place,
        concat("steps of ", integration.step.in(us), " us over a run of ", in_ms(stop), " ms"),
        concat("give a longer step (the default is 5 us) or a shorter run: at most ", most_solves,
               " steps are taken"));
  for (const stimulus::Waveform* w : waveforms) {
    const Time phase = w->shortest_phase_duration();
    if (integration.scheme == Scheme::neuron && integration.step > phase * (1.0 + 1e-9) &&
        phase > Time{})
      throw ConfigError(place,
                        concat("a step of ", integration.step.in(us),
                               " us is longer than a phase of the pulse '", w->name, "' (",
                               phase.in(us), " us), which NEURON's scheme would miss or stretch"),
                        concat("give a step of at most ", phase.in(us),
                               " us, or use the second-order scheme, which meets every edge"));
  }
}

// At the default step a phase of a pulse is met by no fewer steps than this.
constexpr double steps_per_phase = 20.0;

Integration resolving(Integration integration,
                      const std::vector<const stimulus::Waveform*>& waveforms) {
  const Time asked = integration.step;
  const double share = asked / (integration.pace * 5.0 * us) / steps_per_phase;
  for (const stimulus::Waveform* w : waveforms)
    if (const Time phase = w->decisive_phase_duration(); phase > Time{})
      integration.step = std::min(integration.step, share * phase);
  integration.coarsest *= asked / integration.step; // silence has no phases
  return integration;
}

} // namespace

Schedule::Schedule(std::vector<const stimulus::Waveform*> waveforms, const Integration& integration,
                   Time stop)
    : waveforms_(std::move(waveforms)), integration_(integration), stop_ms_(in_ms(stop)) {
  check(waveforms_, integration, stop);
  if (integration.scheme == Scheme::second_order)
    integration_ = resolving(integration, waveforms_);
  if (integration.scheme == Scheme::neuron) {
    const double dt = in_ms(integration.step);
    const auto n = static_cast<std::size_t>(std::ceil(stop_ms_ / dt - hair));
    fixed_.push_back({.count = n, .end_ms = static_cast<double>(n) * dt, .duration_ms = dt});
  }
}

Schedule::Schedule(const std::vector<Pause>& pauses) {
  integration_.scheme = Scheme::neuron;
  for (const auto& [count, step_ms] : pauses) {
    const double begin_ms = stop_ms_;
    stop_ms_ += static_cast<double>(count) * step_ms;
    fixed_.push_back(
        {.count = count, .begin_ms = begin_ms, .end_ms = stop_ms_, .duration_ms = step_ms});
  }
}

std::size_t Schedule::n_solves() const {
  std::size_t n = 0;
  for (Cursor at(*this); !at.done(); at.next())
    ++n;
  return n;
}

Schedule::Cursor::Cursor(const Schedule& schedule) : schedule_(&schedule) {
  now_ = make_stretch();
  if (now_.count > 0)
    after_ = make_stretch();
  enter_stretch();
}

// From one jump of a level to the next. False at the end of the run.
bool Schedule::Cursor::open_interval() {
  const double stop = schedule_->stop_ms_;
  if (end_ms_ >= stop)
    return false;
  begin_ms_ = end_ms_;
  end_ms_ = stop;
  // What lies nearer is one jump, or round-off: levels within a step enter by their average.
  constexpr double grain = 1e-12;
  const Time after = from_ms(begin_ms_ * (1.0 + grain) + grain);
  for (const stimulus::Waveform* w : schedule_->waveforms_)
    if (const auto jump = w->next_jump(after))
      end_ms_ = std::min(end_ms_, jump->in(ms));
  bool quiet = true;
  for (const stimulus::Waveform* w : schedule_->waveforms_)
    quiet = quiet && w->largest_level(after, from_ms(end_ms_ * (1.0 - grain))) <=
                         quiet_share * w->largest_level();
  const Integration& integration = schedule_->integration_;
  const double step = in_ms(integration.step);
  coarsest_ms_ = quiet ? std::max(1.0, integration.coarsest) * step : step;
  reached_ms_ = 0.0;
  length_ms_ = 0.5 * step;
  change_ms_ = first_length_ms; // the next length begins there
  damped_ = begin_ms_ > 0.0;
  return true;
}

Schedule::Stretch Schedule::Cursor::make_stretch() {
  const Schedule& s = *schedule_;
  if (!s.fixed_.empty())
    return next_fixed_ < s.fixed_.size() ? s.fixed_[next_fixed_++] : Stretch{};
  for (;;) {
    const double interval = end_ms_ - begin_ms_;
    if (!(reached_ms_ < interval * (1.0 - 1e-9))) {
      if (!open_interval())
        return {};
      continue;
    }
    const double end = length_ms_ >= coarsest_ms_ ? interval : std::min(interval, change_ms_);
    const auto n = static_cast<std::size_t>(std::ceil((end - reached_ms_) / length_ms_ - hair));
    const double each = n > 0 ? (end - reached_ms_) / static_cast<double>(n) : 0.0;
    const double begin = begin_ms_ + reached_ms_;
    if (n > 0 && std::exchange(damped_, false)) {
      reached_ms_ += each;
      const double reached = n == 1 && end == interval ? end_ms_ : begin + each;
      return {.count = 2,
              .begin_ms = begin,
              .end_ms = reached,
              .duration_ms = 0.5 * each,
              .halves = true};
    }
    reached_ms_ = end;
    change_ms_ = 2.0 * change_ms_ + first_length_ms;
    length_ms_ = std::min(2.0 * length_ms_, coarsest_ms_);
    if (n > 0)
      return {.count = n,
              .begin_ms = begin,
              .end_ms = end == interval ? end_ms_ : begin_ms_ + end,
              .duration_ms = each,
              .stretch = 2.0};
  }
}

double Schedule::Cursor::level(std::size_t stimulus, double begin_ms, double end_ms) const {
  const stimulus::Waveform& w = *schedule_->waveforms_[stimulus];
  return schedule_->integration_.scheme == Scheme::neuron
             ? w.level(from_ms(begin_ms + hair * now_.duration_ms)) // edges stay on their side
             : w.mean_level(from_ms(begin_ms), from_ms(end_ms));
}

void Schedule::Cursor::enter_stretch() {
  taken_ = 0;
  varying_ = 0;
  silent_ = true;
  if (now_.count == 0)
    return;
  for (std::size_t k = 0; k < schedule_->n_stimuli(); ++k) {
    const auto constant =
        schedule_->waveforms_[k]->constant_level(from_ms(now_.begin_ms), from_ms(now_.end_ms));
    if (!constant)
      varying_ |= 1u << k;
    levels_[k] = constant.value_or(0.0);
    silent_ = silent_ && constant == 0.0;
  }
}

Solve Schedule::Cursor::next() {
  FORAMEN_ASSERT(!done(), "a solve after the end of the run");
  const bool last = taken_ + 1 == now_.count;
  const double begin = time_ms_;
  time_ms_ =
      last ? now_.end_ms : now_.begin_ms + static_cast<double>(taken_ + 1) * now_.duration_ms;
  Solve solve{.end_ms = time_ms_,
              .duration_ms = now_.duration_ms,
              .h_ms = h_ms(),
              .stretch = now_.stretch,
              .gate_step_ms = now_.duration_ms,
              .levels = levels_,
              .completes_step = !now_.halves || last};
  for (std::size_t k = 0; varying_ >> k != 0; ++k)
    if ((varying_ >> k & 1u) != 0)
      solve.levels[k] = level(k, begin, time_ms_);
  if (schedule_->integration_.scheme == Scheme::neuron)
    solve.current_place = 0.0;
  else if (last && after_.count > 0) // gates stand in the middle of the next solve's interval
    solve.gate_step_ms = 0.5 * (now_.duration_ms + after_.duration_ms);
  ++taken_;
  if (last) {
    now_ = after_;
    after_ = now_.count > 0 ? make_stretch() : Stretch{};
    enter_stretch();
  }
  return solve;
}

} // namespace foramen::axon
