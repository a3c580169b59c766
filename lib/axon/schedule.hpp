// The solves of a run in order, made one at a time: memory does not grow with the run.
//
//   Schedule schedule({&pulse}, integration, 5.0 * ms);
//   for (Schedule::Cursor at(schedule); !at.done();)
//     use(at.next());
//
// Several stimuli share a run (a searched pulse beside a fixed one): steps meet the jumps of all of
// them, each solve carries a level of each. Steps are equal over stretches of the run, so that who
// follows several runs at once knows how far their coefficients last (`equal_ahead`).
//
// Errors (ConfigError): a step or an end that is not positive; more than 1e9 solves; in NEURON's
// scheme, a step longer than a phase of a pulse (a stretch of one sign). Cost: some 20 ns a solve.
// A schedule points to its waveforms, a cursor to its schedule.
#pragma once

#include "axon/integrator.hpp"
#include "stimulus/waveform.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace foramen::axon {

inline constexpr std::size_t max_stimuli = 4;
using Levels = std::array<double, max_stimuli>;

// One implicit solve. Times in ms.
struct Solve {
  double end_ms = 0.0;        // time reached
  double duration_ms = 0.0;   // by which V and P advance
  double h_ms = 0.0;          // implicit step: the duration over `stretch`
  double stretch = 1.0;       // 1: keep the solution at h; 2: extrapolate from h to 2h
  double gate_step_ms = 0.0;  // by which gates relax afterwards
  double current_place = 1.0; // where the potential stands at which concentrations integrate
                              // currents: 0 at the solve's start (NEURON), 1 at its end
  Levels levels{};            // of the stimuli
  bool completes_step = true; // false for the first of two half-steps
};

class Schedule {
public:
  // From 0 to `stop` (NEURON's scheme: to at least `stop`).
  Schedule(std::vector<const stimulus::Waveform*> waveforms, const Integration& integration,
           Time stop);

  // Backward Euler steps without stimulus: so many of each length.
  struct Pause {
    std::size_t count;
    double step_ms;
  };
  explicit Schedule(const std::vector<Pause>& pauses);

  std::size_t n_stimuli() const { return waveforms_.size(); }
  std::size_t n_solves() const; // counts them: cost of a whole pass

  class Cursor;

private:
  // Equal solves.
  struct Stretch {
    std::size_t count = 0; // 0: none
    double begin_ms = 0.0, end_ms = 0.0, duration_ms = 0.0, stretch = 1.0;
    bool halves = false; // of one step
  };

  std::vector<const stimulus::Waveform*> waveforms_;
  Integration integration_;
  double stop_ms_ = 0.0;
  std::vector<Stretch> fixed_; // NEURON's scheme and pauses: known from the start
};

class Schedule::Cursor {
public:
  explicit Cursor(const Schedule& schedule);

  bool done() const { return now_.count == 0; }
  double time_ms() const { return time_ms_; } // reached
  // While not done: how many of the next solves are alike (at least 1), with which implicit step,
  // and whether all stimuli are silent throughout.
  std::size_t equal_ahead() const { return now_.count - taken_; }
  double duration_ms() const { return now_.duration_ms; }
  double stretch() const { return now_.stretch; }
  double h_ms() const { return now_.duration_ms / now_.stretch; }
  bool silent() const { return silent_; }
  Solve next();

private:
  Stretch make_stretch();
  bool open_interval();
  void enter_stretch();
  double level(std::size_t stimulus, double begin_ms, double end_ms) const;

  const Schedule* schedule_;
  Stretch now_, after_;
  std::size_t taken_ = 0; // of the present stretch
  double time_ms_ = 0.0;
  Levels levels_{};      // of the present stretch, where they do not vary
  unsigned varying_ = 0; // bit per stimulus
  bool silent_ = true;
  // Where the next stretch is made: within the interval from one jump to the next.
  std::size_t next_fixed_ = 0;
  double begin_ms_ = 0.0, end_ms_ = 0.0; // of the interval
  double reached_ms_ = 0.0, length_ms_ = 0.0, change_ms_ = 0.0, coarsest_ms_ = 0.0;
  bool damped_ = false; // the interval begins with a jump and no step of it is made yet
};

} // namespace foramen::axon
