// Several runs side by side, one per SIMD lane.
//
// Lanes share nothing but the kinetics and the number of compartments per internode: each has its
// own fibre (any number of nodes up to the batch's), drive, waveform, amplitude, step and clock. A
// lane that is done is loaded with the next run while the others go on. A run's numbers do not
// depend on its neighbours or its lane.
//
//   Batch batch(*cable.name().kinetics, cable.per_internode(), cable.n_nodes());
//   batch.load(0, {.cable = &cable, .start = &rest, .schedule = &schedule,
//                  .stimuli = {Stimulus{&drive, 1.5}}});
//   while (!batch.finished(0))
//     batch.advance(16);
//
// The kernels know one source per lane: while several stimuli of a run act at once, their sum is
// formed anew whenever their levels change.
//
// Allocates when constructed and loaded, never while advancing. Memory about 1 kB per compartment.
// Not thread-safe: one batch per thread. Errors: FORAMEN_EXPECT for a fibre with more nodes than
// the batch, or of other kinetics.
#pragma once

#include "axon/batch_view.hpp"
#include "axon/cable.hpp"
#include "axon/drive.hpp"
#include "axon/schedule.hpp"
#include "axon/state.hpp"

#include <hwy/aligned_allocator.h>

#include <array>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace foramen::axon {

struct Stimulus {
  const Drive* drive = nullptr; // null: none
  double amplitude = 0.0;       // times the drive
};
struct Run {
  const Cable* cable = nullptr;
  const State* start = nullptr;
  const Schedule* schedule = nullptr;
  std::array<Stimulus, max_stimuli> stimuli{}; // of the schedule's waveforms, in their order
  double listen_from_ms = 0.0;                 // crossings before (to a solve) are not noted
};

class Batch {
public:
  Batch(const Kinetics& kinetics, std::size_t per_internode, std::size_t max_nodes);

  void load(std::size_t lane, const Run& run);
  void restart(std::size_t lane, double amplitude); // the same run, its first stimulus so strong
  void clear(std::size_t lane);                     // the lane idles
  void settle();                      // all lanes: membranes to their steady states at V
  void advance(std::size_t n_solves); // at most block_size; lanes stop at the end of their solves

  bool loaded(std::size_t lane) const { return runs_[lane].cable != nullptr; }
  bool finished(std::size_t lane) const;  // at the end of its solves
  double time_ms(std::size_t lane) const; // reached
  double node_v(std::size_t lane, std::size_t node) const { return at(v_, node, lane); }
  double first_crossing_ms(std::size_t lane, std::size_t node) const {
    return deaf_[lane] ? std::numeric_limits<double>::infinity()
                       : at(crossing_, node, lane); // infinity: not yet
  }
  void forget_crossing(std::size_t lane, std::size_t node); // the next one is noted
  State state(std::size_t lane) const;

  static constexpr std::size_t block_size = 32;

private:
  using Array = hwy::AlignedFreeUniquePtr<double[]>;
  static Array zeros(std::size_t places);
  static double at(const Array& a, std::size_t place, std::size_t lane) {
    return a[place * batch_lanes + lane];
  }
  // What the coefficients of a lane are made for.
  struct Step {
    double h_ms = 1.0, stretch = 1.0;
    bool operator==(const Step&) const = default;
  };
  // Coefficients of one place along the fibre, for all places at which the same periods stand.
  struct Set {
    Array node, internode;
    std::size_t place = 0; // one of them
    bool mirrored = true;  // internode, in every lane
  };

  void refresh_periods();
  void fill_lane(Set& set, std::size_t lane) const;
  void fill_node(Set& set, std::size_t lane) const;
  void fill_compartments(Set& set, std::size_t lane) const;
  void fill_modes(Set& set, std::size_t lane) const;
  void set_step(std::size_t lane, Step step);
  void start(std::size_t lane);
  Levels factors(std::size_t lane, const Levels& levels) const;
  std::optional<double> level_on_mix(std::size_t lane, const Levels& levels) const;
  void mix_sources(std::size_t lane, const Levels& factors);
  void set_node_sources(std::size_t lane);
  std::size_t until_listening(std::size_t lane, std::size_t n_solves);
  std::size_t equal_sources(std::size_t lane, std::size_t n_solves);
  std::size_t equal_steps(std::size_t n_solves);
  void advance_equal(std::size_t n_solves);
  void prepare_controls(std::size_t n_solves);
  BatchView view() const;

  const Kinetics* kinetics_;
  Kernels kernels_;
  std::size_t per_internode_, n_inner_, max_nodes_;
  std::array<Run, batch_lanes> runs_{};
  std::array<std::optional<Schedule::Cursor>, batch_lanes> cursors_;
  std::array<bool, batch_lanes> deaf_{}; // until listen_from_ms
  // The kernels know one stimulus: the sum of a lane's drives times these factors.
  std::array<std::optional<Levels>, batch_lanes> mixes_;
  std::array<Step, batch_lanes> steps_{};
  std::array<Step, batch_lanes> source_steps_{}; // for which node_source_ was formed
  std::size_t n_nodes_ = 0;                      // the longest fibre loaded
  std::size_t n_sets_ = 0;
  std::vector<Set> sets_;
  std::vector<PeriodView> periods_;
  bool sums_are_stale_ = true;
  Array v_, inner_, node_states_, internode_states_, node_source_, inner_source_, e_, x_,
      inner_scratch_, from_left_, from_right_, crossing_;
  Array end_, duration_, level_, stretch_, gate_step_, current_place_;
};

} // namespace foramen::axon
