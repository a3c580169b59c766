// Several runs side by side, one per SIMD lane.
//
// Lanes share nothing but the kinetics, the step and the number of compartments per internode: each
// has its own fibre (any number of nodes up to the batch's), drive, waveform, amplitude and clock.
// A lane that is done is loaded with the next run while the others go on. A run's numbers do not
// depend on its neighbours or its lane.
//
//   Batch batch(cable.name().kinetics, cable.per_internode(), cable.n_nodes());
//   batch.load(0, {.cable = &cable, .start = &rest, .drive = &drive, .solves = &solves});
//   while (!batch.finished(0))
//     batch.advance(16);
//
// Allocates when constructed and loaded, never while advancing. Memory about 1 kB per compartment.
// Not thread-safe: one batch per thread. Errors: FORAMEN_EXPECT for a fibre with more nodes than
// the batch, or of other kinetics.
#pragma once

#include "axon/batch_view.hpp"
#include "axon/cable.hpp"
#include "axon/drive.hpp"
#include "axon/integrator.hpp"
#include "axon/kernels.hpp"

#include <hwy/aligned_allocator.h>

#include <array>
#include <cstddef>
#include <vector>

namespace foramen::axon {

// Voltages and gates of a fibre, per compartment in order. Gates: per node, and per compartment
// under myelin, all gates of one place together.
struct State {
  std::vector<double> v_mV, p_mV, node_gates, internode_gates;
};

struct Run {
  const Cable* cable = nullptr;
  const State* start = nullptr;
  const Drive* drive = nullptr; // null: no stimulus
  double amplitude = 0.0;       // times the drive
  const std::vector<Solve>* solves = nullptr;
};

class Batch {
public:
  Batch(Kinetics kinetics, std::size_t per_internode, std::size_t max_nodes);

  void load(std::size_t lane, const Run& run);
  void clear(std::size_t lane);       // the lane idles
  void settle_gates();                // all lanes: gates to their steady values at V
  void advance(std::size_t n_solves); // at most block_size; lanes stop at the end of their solves

  bool loaded(std::size_t lane) const { return runs_[lane].cable != nullptr; }
  bool finished(std::size_t lane) const; // at the end of its solves
  double time_ms(std::size_t lane) const;
  double v(std::size_t lane, std::size_t compartment) const { return at(v_, compartment, lane); }
  double p(std::size_t lane, std::size_t compartment) const { return at(p_, compartment, lane); }
  double first_crossing_ms(std::size_t lane, std::size_t node) const {
    return at(crossing_, node, lane); // infinity: not yet
  }
  State state(std::size_t lane) const;

  static constexpr std::size_t block_size = 32;

private:
  using Array = hwy::AlignedFreeUniquePtr<double[]>;
  static Array zeros(std::size_t places);
  static double at(const Array& a, std::size_t place, std::size_t lane) {
    return a[place * batch_lanes + lane];
  }
  void refresh_periods();
  void fill_lane(std::size_t set, std::size_t j, std::size_t lane);
  void set_step(std::size_t lane, double h_ms);
  std::size_t equal_steps(std::size_t n_solves);
  void advance_equal(std::size_t n_solves);
  void prepare_controls(std::size_t n_solves);

  Kernels kernels_;
  Kinetics kinetics_;
  std::size_t per_internode_, max_nodes_;
  std::array<Run, batch_lanes> runs_{};
  std::array<std::size_t, batch_lanes> next_solve_{};
  std::array<double, batch_lanes> h_ms_{}; // implicit step that the coefficients hold
  std::size_t n_nodes_ = 0;                // the longest fibre loaded
  std::size_t n_sets_ = 0;
  // Periods that some lane combination needs, and which stands where (see refresh_periods).
  std::vector<Array> node_sets_, internode_sets_;
  std::vector<std::size_t> set_place_; // one place at which the set stands
  std::vector<PeriodView> periods_;
  Array v_, p_, node_gates_, internode_gates_, axial_, periaxonal_, e11_, e12_, e22_, x1_, x2_,
      crossing_;
  Array end_, duration_, level_, stretch_, gate_step_;
};

} // namespace foramen::axon
