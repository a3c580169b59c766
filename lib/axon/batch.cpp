#include "axon/batch.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace foramen::axon {
namespace {

// What an idle lane, or the room beyond a shorter fibre's end, holds: a capacitance of its own,
// coupled to nothing, that stays at zero.
constexpr double inert_mS = 1.0;

template <class T> void copy_in(T& array, std::size_t lane, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    array[i * batch_lanes + lane] = values[i];
}
template <class T> std::vector<double> copy_out(const T& array, std::size_t lane, std::size_t n) {
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i)
    values[i] = array[i * batch_lanes + lane];
  return values;
}
template <class T> void zero_lane(T& array, std::size_t lane, std::size_t n, double value = 0.0) {
  for (std::size_t i = 0; i < n; ++i)
    array[i * batch_lanes + lane] = value;
}

} // namespace

Batch::Array Batch::zeros(std::size_t places) {
  places = std::max<std::size_t>(1, places); // single cables have nothing between their nodes
  auto array = hwy::AllocateAligned<double>(places * batch_lanes);
  std::fill_n(array.get(), places * batch_lanes, 0.0);
  return array;
}

Batch::Batch(Kinetics kinetics, std::size_t per_internode, std::size_t max_nodes)
    : kernels_(kernels(kinetics)), kinetics_(kinetics), per_internode_(per_internode),
      max_nodes_(max_nodes) {
  FORAMEN_EXPECT(max_nodes >= 2, max_nodes, " nodes");
  h_ms_.fill(1.0); // until the first run
  const std::size_t n = (max_nodes - 1) * (per_internode + 1) + 1;
  for (Array* array : {&v_, &p_, &axial_, &periaxonal_, &e11_, &e12_, &e22_, &x1_, &x2_})
    *array = zeros(n);
  node_gates_ = zeros(max_nodes * kernels_.node_gates);
  internode_gates_ = zeros(n * kernels_.internode_gates);
  crossing_ = zeros(max_nodes);
  for (Array* array : {&end_, &duration_, &level_, &stretch_, &gate_step_})
    *array = zeros(block_size);
  for (std::size_t lane = 0; lane < batch_lanes; ++lane)
    clear(lane);
  refresh_periods();
}

void Batch::load(std::size_t lane, const Run& run) {
  const Cable& cable = *run.cable;
  FORAMEN_EXPECT(cable.n_nodes() <= max_nodes_ && cable.name().kinetics == kinetics_ &&
                     cable.per_internode() == per_internode_,
                 cable.n_nodes(), " nodes in a batch for ", max_nodes_);
  FORAMEN_EXPECT(run.start->v_mV.size() == cable.n_compartments() && run.solves != nullptr,
                 "start state of ", run.start->v_mV.size(), " compartments");
  const bool other_cable = runs_[lane].cable != run.cable;
  if (other_cable)
    clear(lane);
  runs_[lane] = run;
  next_solve_[lane] = 0;
  copy_in(v_, lane, run.start->v_mV);
  copy_in(p_, lane, run.start->p_mV);
  copy_in(node_gates_, lane, run.start->node_gates);
  copy_in(internode_gates_, lane, run.start->internode_gates);
  zero_lane(crossing_, lane, max_nodes_, std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < cable.n_compartments(); ++i) {
    const bool driven = run.drive != nullptr;
    axial_[i * batch_lanes + lane] = driven ? run.amplitude * run.drive->axial_uA[i] : 0.0;
    periaxonal_[i * batch_lanes + lane] =
        driven ? run.amplitude * run.drive->periaxonal_uA[i] : 0.0;
  }
  if (other_cable)
    refresh_periods();
}

void Batch::clear(std::size_t lane) {
  runs_[lane] = {};
  next_solve_[lane] = 0;
  const std::size_t n = (max_nodes_ - 1) * (per_internode_ + 1) + 1;
  for (Array* array : {&v_, &p_, &axial_, &periaxonal_})
    zero_lane(*array, lane, n);
  zero_lane(crossing_, lane, max_nodes_, std::numeric_limits<double>::infinity());
}

bool Batch::finished(std::size_t lane) const {
  return !loaded(lane) || next_solve_[lane] >= runs_[lane].solves->size();
}

double Batch::time_ms(std::size_t lane) const {
  return next_solve_[lane] == 0 ? 0.0 : (*runs_[lane].solves)[next_solve_[lane] - 1].end_ms;
}

State Batch::state(std::size_t lane) const {
  const Cable& cable = *runs_[lane].cable;
  const std::size_t n = cable.n_compartments();
  return {.v_mV = copy_out(v_, lane, n),
          .p_mV = copy_out(p_, lane, n),
          .node_gates = copy_out(node_gates_, lane, cable.n_nodes() * kernels_.node_gates),
          .internode_gates =
              copy_out(internode_gates_, lane,
                       (cable.n_nodes() - 1) * per_internode_ * kernels_.internode_gates)};
}

// Which period stands at place j depends on the lane's fibre and, for the sum of a node's
// couplings, on the period before. Places at which all lanes agree with an earlier place share its
// coefficients: along a batch only the ends differ, so the coefficients stay in the first-level
// cache.
void Batch::refresh_periods() {
  n_nodes_ = 2;
  for (const Run& run : runs_)
    if (run.cable != nullptr)
      n_nodes_ = std::max(n_nodes_, run.cable->n_nodes());
  using Key = std::array<std::uint16_t, batch_lanes>;
  std::map<Key, std::size_t> sets;
  periods_.assign(n_nodes_, {});
  for (std::size_t j = 0; j < n_nodes_; ++j) {
    Key key{};
    for (std::size_t lane = 0; lane < batch_lanes; ++lane) {
      const Cable* cable = runs_[lane].cable;
      if (cable == nullptr || j >= cable->n_nodes())
        continue; // 0: inert
      const std::size_t before = j == 0 ? 0 : 1 + cable->period_of(j - 1);
      key[lane] = static_cast<std::uint16_t>(1 + cable->period_of(j) + 256 * before);
    }
    const auto [found, is_new] = sets.try_emplace(key, sets.size());
    const std::size_t set = found->second;
    if (is_new) {
      if (set == node_sets_.size()) {
        node_sets_.push_back(zeros(n_node_coefficients));
        internode_sets_.push_back(zeros(per_internode_ * n_internode_coefficients));
        set_place_.push_back(j);
      }
      set_place_[set] = j;
      for (std::size_t lane = 0; lane < batch_lanes; ++lane)
        fill_lane(set, j, lane);
    }
    periods_[j] = {node_sets_[set].get(), j + 1 < n_nodes_ ? internode_sets_[set].get() : nullptr};
  }
  n_sets_ = sets.size();
}

void Batch::fill_lane(std::size_t set, std::size_t j, std::size_t lane) {
  const Cable* cable = runs_[lane].cable;
  const double h = h_ms_[lane];
  const bool present = cable != nullptr && j < cable->n_nodes();
  const auto node = [&](std::size_t c) -> double& {
    return node_sets_[set][c * batch_lanes + lane];
  };
  const std::size_t i = j * (per_internode_ + 1);
  const Compartment c = present ? cable->compartment(i) : Compartment{};
  const double axial_before = present && j > 0 ? cable->compartment(i - 1).axial_mS : 0.0;
  const bool last = !present || j + 1 == cable->n_nodes();
  node(node_capacitance) = present ? c.capacitance_uF / h : inert_mS;
  node(node_axial_next) = last ? 0.0 : c.axial_mS;
  node(node_axial_sum) = axial_before + node(node_axial_next);
  node(node_leak) = c.leak_mS;
  node(node_leak_current) = c.leak_uA;
  for (std::size_t k = 0; k < 4; ++k)
    node(node_channels + k) = c.channels_mS[k];
  for (std::size_t k = 0; k < per_internode_; ++k) {
    const auto inter = [&](std::size_t x) -> double& {
      return internode_sets_[set][(k * n_internode_coefficients + x) * batch_lanes + lane];
    };
    const Compartment in = last ? Compartment{} : cable->compartment(i + 1 + k);
    const Compartment before = last ? Compartment{} : cable->compartment(i + k);
    inter(inter_capacitance) = last ? inert_mS : in.capacitance_uF / h;
    inter(inter_axial_sum) = before.axial_mS + in.axial_mS;
    inter(inter_axial_next) = in.axial_mS;
    inter(inter_myelin_capacitance) = last ? inert_mS : in.myelin_capacitance_uF / h;
    inter(inter_myelin) = inter(inter_myelin_capacitance) + in.myelin_conductance_mS +
                          before.periaxonal_mS + in.periaxonal_mS;
    inter(inter_periaxonal_next) = in.periaxonal_mS;
    inter(inter_leak) = in.leak_mS;
    inter(inter_leak_current) = in.leak_uA;
    for (std::size_t x = 0; x < 3; ++x)
      inter(inter_channels + x) = in.channels_mS[x];
  }
}

void Batch::set_step(std::size_t lane, double h_ms) {
  FORAMEN_EXPECT(h_ms > 0.0, "implicit step ", h_ms, " ms");
  h_ms_[lane] = h_ms;
  for (std::size_t set = 0; set < n_sets_; ++set)
    fill_lane(set, set_place_[set], lane);
}

// How many of the next solves every lane takes with its present step; adapts the steps first.
std::size_t Batch::equal_steps(std::size_t n_solves) {
  for (std::size_t lane = 0; lane < batch_lanes; ++lane) {
    if (finished(lane))
      continue;
    const std::vector<Solve>& solves = *runs_[lane].solves;
    const double h = solves[next_solve_[lane]].h_ms;
    if (h != h_ms_[lane])
      set_step(lane, h);
    const std::size_t end = std::min(solves.size(), next_solve_[lane] + n_solves);
    std::size_t k = next_solve_[lane];
    while (k < end && solves[k].h_ms == h)
      ++k;
    if (k < solves.size()) // a lane past its end holds still with any step
      n_solves = std::min(n_solves, k - next_solve_[lane]);
  }
  return n_solves;
}

void Batch::prepare_controls(std::size_t n_solves) {
  for (std::size_t lane = 0; lane < batch_lanes; ++lane)
    for (std::size_t k = 0; k < n_solves; ++k) {
      const std::size_t solve = next_solve_[lane] + k;
      // A lane past its end holds still: stretch 0 keeps V and P, a gate step of 0 the gates.
      Solve s{.end_ms = 0.0, .duration_ms = 0.0, .level = 0.0, .stretch = 0.0, .gate_step_ms = 0.0};
      if (loaded(lane) && solve < runs_[lane].solves->size())
        s = (*runs_[lane].solves)[solve];
      const std::size_t place = k * batch_lanes + lane;
      end_[place] = s.end_ms;
      duration_[place] = s.duration_ms;
      level_[place] = s.level;
      stretch_[place] = s.stretch;
      gate_step_[place] = s.gate_step_ms;
    }
}

namespace {

std::uint32_t bit(std::size_t lane) {
  return std::uint32_t{1} << lane;
}

} // namespace

void Batch::settle_gates() {
  BatchView view;
  view.n_nodes = n_nodes_;
  view.per_internode = per_internode_;
  view.v = v_.get();
  view.node_gates = node_gates_.get();
  view.internode_gates = internode_gates_.get();
  kernels_.settle(view);
}

void Batch::advance(std::size_t n_solves) {
  FORAMEN_EXPECT(n_solves <= block_size, n_solves, " solves in a block");
  while (n_solves > 0) {
    const std::size_t n = equal_steps(n_solves);
    advance_equal(n);
    n_solves -= n;
  }
}

void Batch::advance_equal(std::size_t n_solves) {
  prepare_controls(n_solves);
  BatchView view{.n_nodes = n_nodes_,
                 .per_internode = per_internode_,
                 .n_solves = n_solves,
                 .active = 0,
                 .periods = periods_.data(),
                 .v = v_.get(),
                 .p = p_.get(),
                 .node_gates = node_gates_.get(),
                 .internode_gates = internode_gates_.get(),
                 .axial_source = axial_.get(),
                 .periaxonal_source = periaxonal_.get(),
                 .e11 = e11_.get(),
                 .e12 = e12_.get(),
                 .e22 = e22_.get(),
                 .x1 = x1_.get(),
                 .x2 = x2_.get(),
                 .first_crossing_ms = crossing_.get(),
                 .end_ms = end_.get(),
                 .duration_ms = duration_.get(),
                 .level = level_.get(),
                 .stretch = stretch_.get(),
                 .gate_step_ms = gate_step_.get()};
  for (std::size_t lane = 0; lane < batch_lanes; ++lane)
    if (!finished(lane))
      view.active |= bit(lane);
  kernels_.advance(view);
  for (std::size_t lane = 0; lane < batch_lanes; ++lane)
    if (loaded(lane))
      next_solve_[lane] = std::min(next_solve_[lane] + n_solves, runs_[lane].solves->size());
}

} // namespace foramen::axon
