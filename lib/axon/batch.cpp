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
template <class T> void fill_lane_of(T& array, std::size_t lane, std::size_t n, double value) {
  for (std::size_t i = 0; i < n; ++i)
    array[i * batch_lanes + lane] = value;
}

// Implicit step over a mode: y' = decay (y + h (...)).
double implicit_decay(double h_ms, double rate_per_ms) {
  return 1.0 / (1.0 + h_ms * rate_per_ms);
}

// What the modes of an internode take from the diagonals of its nodes, and how they couple them.
struct Reduction {
  double left = 0.0, right = 0.0, across = 0.0; // mS
};
Reduction reduction(const InternodeModes& modes, double h_ms) {
  Reduction r;
  for (std::size_t m = 0; m < n_internode_modes; ++m) {
    const double weight = h_ms * implicit_decay(h_ms, modes.rate[m]);
    r.left += weight * modes.left[m] * modes.left[m];
    r.right += weight * modes.right[m] * modes.right[m];
    r.across += weight * modes.left[m] * modes.right[m];
  }
  return r;
}

} // namespace

Batch::Array Batch::zeros(std::size_t places) {
  places = std::max<std::size_t>(1, places); // single cables have nothing between their nodes
  auto array = hwy::AllocateAligned<double>(places * batch_lanes);
  std::fill_n(array.get(), places * batch_lanes, 0.0);
  return array;
}

Batch::Batch(const Kinetics& kinetics, std::size_t per_internode, std::size_t max_nodes)
    : kinetics_(&kinetics), kernels_(kinetics.kernels()), per_internode_(per_internode),
      n_inner_(2 * per_internode), max_nodes_(max_nodes) {
  FORAMEN_EXPECT(max_nodes >= 2, max_nodes, " nodes");
  const std::size_t internodes = max_nodes - 1;
  for (Array* array : {&v_, &node_source_, &e_, &x_, &from_left_, &from_right_, &crossing_})
    *array = zeros(max_nodes);
  for (Array* array : {&inner_, &inner_source_})
    *array = zeros(internodes * n_inner_);
  node_states_ = zeros(max_nodes * kernels_.node_states);
  internode_states_ = zeros(internodes * per_internode * kernels_.internode_states);
  if (kernels_.internode == Internode::active)
    inner_scratch_ = zeros(5 * internodes * per_internode);
  for (Array* array : {&end_, &duration_, &level_, &stretch_, &gate_step_, &current_place_})
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
  FORAMEN_EXPECT(run.start->v_mV.size() == cable.n_nodes() && run.schedule != nullptr,
                 "start state of ", run.start->v_mV.size(), " nodes");
  const bool other_cable = runs_[lane].cable != run.cable;
  if (other_cable)
    clear(lane);
  runs_[lane] = run;
  mixes_[lane].reset();
  start(lane);
  if (other_cable)
    refresh_periods();
}

void Batch::restart(std::size_t lane, double amplitude) {
  FORAMEN_EXPECT(loaded(lane), "lane ", lane, " is idle");
  runs_[lane].stimuli[0].amplitude = amplitude;
  start(lane);
}

void Batch::start(std::size_t lane) {
  const Run& run = runs_[lane];
  cursors_[lane].emplace(*run.schedule);
  copy_in(v_, lane, run.start->v_mV);
  copy_in(inner_, lane, run.start->inner);
  copy_in(node_states_, lane, run.start->node_states);
  copy_in(internode_states_, lane, run.start->internode_states);
  deaf_[lane] = run.listen_from_ms > 0.0;
  const double none = std::numeric_limits<double>::infinity(); // no crossing is later than -none
  fill_lane_of(crossing_, lane, max_nodes_, deaf_[lane] ? -none : none);
  sums_are_stale_ = true;
}

void Batch::clear(std::size_t lane) {
  runs_[lane] = {};
  cursors_[lane].reset();
  mixes_[lane].reset();
  deaf_[lane] = false;
  const std::size_t internodes = max_nodes_ - 1;
  for (Array* array : {&v_, &node_source_, &from_left_, &from_right_})
    fill_lane_of(*array, lane, max_nodes_, 0.0);
  for (Array* array : {&inner_, &inner_source_})
    fill_lane_of(*array, lane, internodes * n_inner_, 0.0);
  fill_lane_of(node_states_, lane, max_nodes_ * kernels_.node_states, 0.0);
  fill_lane_of(internode_states_, lane, internodes * per_internode_ * kernels_.internode_states,
               0.0);
  fill_lane_of(crossing_, lane, max_nodes_, std::numeric_limits<double>::infinity());
}

bool Batch::finished(std::size_t lane) const {
  return !loaded(lane) || cursors_[lane]->done();
}

double Batch::time_ms(std::size_t lane) const {
  return cursors_[lane]->time_ms();
}

void Batch::forget_crossing(std::size_t lane, std::size_t node) {
  crossing_[node * batch_lanes + lane] = std::numeric_limits<double>::infinity();
}

State Batch::state(std::size_t lane) const {
  const Cable& cable = *runs_[lane].cable;
  const std::size_t n = cable.n_nodes(), internodes = n - 1;
  return {.v_mV = copy_out(v_, lane, n),
          .inner = copy_out(inner_, lane, internodes * n_inner_),
          .node_states = copy_out(node_states_, lane, n * kernels_.node_states),
          .internode_states = copy_out(internode_states_, lane,
                                       internodes * per_internode_ * kernels_.internode_states)};
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
  std::map<Key, std::size_t> known;
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
    const auto [found, is_new] = known.try_emplace(key, known.size());
    if (is_new) {
      if (found->second == sets_.size()) {
        const std::size_t inner = kernels_.internode == Internode::active
                                      ? per_internode_ * n_internode_coefficients
                                      : n_inner_ * n_mode_coefficients;
        sets_.push_back({zeros(n_node_coefficients), zeros(inner)});
      }
      Set& set = sets_[found->second];
      set.place = j;
      set.mirrored = true;
      for (std::size_t lane = 0; lane < batch_lanes; ++lane) {
        const Cable* cable = runs_[lane].cable;
        if (cable != nullptr && cable->in_modes() && j + 1 < cable->n_nodes())
          set.mirrored = set.mirrored && cable->modes(j).mirrored;
        fill_lane(set, lane);
      }
    }
    const Set& set = sets_[found->second];
    periods_[j] = {set.node.get(), j + 1 < n_nodes_ ? set.internode.get() : nullptr, set.mirrored};
  }
  n_sets_ = known.size();
}

void Batch::fill_lane(Set& set, std::size_t lane) const {
  fill_node(set, lane);
  if (kernels_.internode == Internode::active)
    fill_compartments(set, lane);
  else if (kernels_.internode == Internode::passive)
    fill_modes(set, lane);
}

void Batch::fill_node(Set& set, std::size_t lane) const {
  const Cable* cable = runs_[lane].cable;
  const std::size_t j = set.place;
  const double h = steps_[lane].h_ms;
  const auto node = [&](std::size_t c) -> double& { return set.node[c * batch_lanes + lane]; };
  if (cable == nullptr || j >= cable->n_nodes()) {
    for (std::size_t c = 0; c < n_node_coefficients; ++c)
      node(c) = c == node_capacitance || c == node_diagonal ? inert_mS : 0.0;
    return;
  }
  const bool first = j == 0, last = j + 1 == cable->n_nodes();
  const std::size_t i = cable->node(j);
  const Compartment& c = cable->compartment(i);
  const double axial_before = first ? 0.0 : cable->compartment(i - 1).axial_mS;
  const double axial_next = last ? 0.0 : c.axial_mS;
  node(node_capacitance) = c.capacitance_uF / h;
  node(node_diagonal) = c.capacitance_uF / h + c.leak_mS + axial_before + axial_next;
  node(node_next) = axial_next;
  node(node_constant) = c.leak_uA;
  for (std::size_t k = 0; k < 4; ++k)
    node(node_channels + k) = c.channels_mS[k];
  if (!cable->in_modes())
    return;
  node(node_next) = 0.0;
  if (!last) {
    const Reduction r = reduction(cable->modes(j), h);
    node(node_diagonal) -= r.left;
    node(node_next) = r.across;
    node(node_constant) += cable->modes(j).at_rest_left;
  }
  if (!first) {
    node(node_diagonal) -= reduction(cable->modes(j - 1), h).right;
    node(node_constant) += cable->modes(j - 1).at_rest_right;
  }
}

void Batch::fill_compartments(Set& set, std::size_t lane) const {
  const Cable* cable = runs_[lane].cable;
  const std::size_t j = set.place;
  const double h = steps_[lane].h_ms;
  const bool absent = cable == nullptr || j + 1 >= cable->n_nodes();
  for (std::size_t k = 0; k < per_internode_; ++k) {
    const auto inter = [&](std::size_t x) -> double& {
      return set.internode[(k * n_internode_coefficients + x) * batch_lanes + lane];
    };
    const std::size_t i = j * (per_internode_ + 1) + 1 + k;
    const Compartment in = absent ? Compartment{} : cable->compartment(i);
    const Compartment before = absent ? Compartment{} : cable->compartment(i - 1);
    inter(inter_capacitance) = absent ? inert_mS : in.capacitance_uF / h;
    inter(inter_axial_sum) = before.axial_mS + in.axial_mS;
    inter(inter_axial_next) = in.axial_mS;
    inter(inter_myelin_capacitance) = absent ? inert_mS : in.myelin_capacitance_uF / h;
    inter(inter_myelin) = inter(inter_myelin_capacitance) + in.myelin_conductance_mS +
                          before.periaxonal_mS + in.periaxonal_mS;
    inter(inter_periaxonal_next) = in.periaxonal_mS;
    inter(inter_leak) = in.leak_mS;
    inter(inter_leak_current) = in.leak_uA;
    for (std::size_t x = 0; x < 4; ++x)
      inter(inter_channels + x) = in.channels_mS[x];
  }
}

// y' - y over a solve, times its stretch: the coefficients advance the amplitude by the whole step.
void Batch::fill_modes(Set& set, std::size_t lane) const {
  const Cable* cable = runs_[lane].cable;
  const auto [h, stretch] = steps_[lane];
  const bool absent = cable == nullptr || set.place + 1 >= cable->n_nodes();
  for (std::size_t m = 0; m < n_internode_modes; ++m) {
    double* c = &set.internode[m * n_mode_coefficients * batch_lanes + lane];
    if (absent) {
      for (std::size_t x = 0; x < n_mode_coefficients; ++x)
        c[x * batch_lanes] = 0.0;
      continue;
    }
    const InternodeModes& modes = cable->modes(set.place);
    const double decay = implicit_decay(h, modes.rate[m]);
    const double drive = stretch * h * decay;
    c[mode_decay * batch_lanes] = 1.0 + stretch * (decay - 1.0);
    c[mode_drive * batch_lanes] = drive;
    c[mode_left * batch_lanes] = drive * modes.left[m];
    c[mode_to_left * batch_lanes] = decay * modes.left[m];
    const double mirror_image = m < n_internode_modes / 2 ? modes.left[m] : -modes.left[m];
    const double beyond = modes.right[m] - mirror_image;
    c[mode_beyond * batch_lanes] = drive * beyond;
    c[mode_to_beyond * batch_lanes] = decay * beyond;
  }
}

void Batch::set_step(std::size_t lane, Step step) {
  FORAMEN_EXPECT(step.h_ms > 0.0, "implicit step ", step.h_ms, " ms");
  steps_[lane] = step;
  for (std::size_t set = 0; set < n_sets_; ++set)
    fill_lane(sets_[set], lane);
  sums_are_stale_ = true;
}

// What each drive is multiplied by at these levels.
Levels Batch::factors(std::size_t lane, const Levels& levels) const {
  Levels f{};
  for (std::size_t k = 0; k < max_stimuli; ++k)
    if (const auto& [drive, amplitude] = runs_[lane].stimuli[k]; drive != nullptr)
      f[k] = amplitude * levels[k];
  return f;
}

// The kernels' level at which the present sources are what the levels ask for; empty: there is
// none.
std::optional<double> Batch::level_on_mix(std::size_t lane, const Levels& levels) const {
  const Levels f = factors(lane, levels);
  const auto acts = [](double x) { return x != 0.0; };
  const auto n_acting = std::count_if(f.begin(), f.end(), acts);
  if (n_acting == 0)
    return 0.0;
  const std::optional<Levels>& mix = mixes_[lane];
  if (!mix)
    return std::nullopt;
  if (n_acting > 1)
    return f == *mix ? std::optional(1.0) : std::nullopt;
  const auto k = static_cast<std::size_t>(std::find_if(f.begin(), f.end(), acts) - f.begin());
  const bool alone = std::count_if(mix->begin(), mix->end(), acts) == 1 && (*mix)[k] == 1.0;
  return alone ? std::optional(f[k]) : std::nullopt;
}

// A stimulus that acts alone is kept at factor 1: the same sources whatever its level.
void Batch::mix_sources(std::size_t lane, const Levels& factors) {
  Levels mix = factors;
  if (std::count(mix.begin(), mix.end(), 0.0) + 1 == static_cast<std::ptrdiff_t>(max_stimuli))
    for (double& f : mix)
      f = f != 0.0 ? 1.0 : 0.0;
  mixes_[lane] = mix;
  source_steps_[lane].h_ms = -1.0; // the sources of the nodes are formed for a step
  const std::size_t n = (runs_[lane].cable->n_nodes() - 1) * n_inner_;
  fill_lane_of(inner_source_, lane, n, 0.0);
  for (std::size_t k = 0; k < max_stimuli; ++k)
    if (mix[k] != 0.0)
      for (std::size_t i = 0; i < n; ++i)
        inner_source_[i * batch_lanes + lane] += mix[k] * runs_[lane].stimuli[k].drive->inner[i];
}

// What the stimuli add to the nodes: their own currents, and those that reach them through the
// modes within the solve.
void Batch::set_node_sources(std::size_t lane) {
  const Cable& cable = *runs_[lane].cable;
  source_steps_[lane] = steps_[lane];
  fill_lane_of(node_source_, lane, cable.n_nodes(), 0.0);
  for (std::size_t k = 0; k < max_stimuli; ++k)
    if (const double factor = (*mixes_[lane])[k]; factor != 0.0)
      for (std::size_t j = 0; j < cable.n_nodes(); ++j)
        node_source_[j * batch_lanes + lane] += factor * runs_[lane].stimuli[k].drive->node_uA[j];
  if (!cable.in_modes())
    return;
  const double h = steps_[lane].h_ms;
  for (std::size_t j = 0; j + 1 < cable.n_nodes(); ++j) {
    const InternodeModes& modes = cable.modes(j);
    double left = 0.0, right = 0.0;
    for (std::size_t m = 0; m < n_internode_modes; ++m) {
      const double reached = h * implicit_decay(h, modes.rate[m]) *
                             inner_source_[(j * n_internode_modes + m) * batch_lanes + lane];
      left += modes.left[m] * reached;
      right += modes.right[m] * reached;
    }
    node_source_[j * batch_lanes + lane] += left;
    node_source_[(j + 1) * batch_lanes + lane] += right;
  }
}

// How many of the next solves end before the lane is to note crossings; from then on it does.
std::size_t Batch::until_listening(std::size_t lane, std::size_t n_solves) {
  if (!deaf_[lane])
    return n_solves;
  const Schedule::Cursor& cursor = *cursors_[lane];
  const double wait = (runs_[lane].listen_from_ms - cursor.time_ms()) / cursor.duration_ms() + 1e-6;
  if (wait >= 1.0)
    return wait < static_cast<double>(n_solves) ? static_cast<std::size_t>(wait) : n_solves;
  deaf_[lane] = false;
  fill_lane_of(crossing_, lane, max_nodes_, std::numeric_limits<double>::infinity());
  return n_solves;
}

// How many of the next solves the present sources serve; forms them for the first.
std::size_t Batch::equal_sources(std::size_t lane, std::size_t n_solves) {
  const Schedule::Cursor& cursor = *cursors_[lane];
  if (cursor.silent())
    return n_solves;
  if (runs_[lane].schedule->n_stimuli() > 1) {
    Schedule::Cursor ahead = cursor;
    for (std::size_t k = 0; k < n_solves; ++k) {
      const Solve solve = ahead.next();
      if (level_on_mix(lane, solve.levels))
        continue;
      if (k > 0)
        n_solves = k;
      else
        mix_sources(lane, factors(lane, solve.levels));
    }
  } else if (!mixes_[lane] && runs_[lane].stimuli[0].drive != nullptr) {
    mix_sources(lane, {1.0});
  }
  if (mixes_[lane] && !(source_steps_[lane] == steps_[lane]))
    set_node_sources(lane);
  return n_solves;
}

// How many of the next solves every lane takes with one step and the same sources; adapts the
// coefficients first. A lane past its end holds still: stretch 0.
std::size_t Batch::equal_steps(std::size_t n_solves) {
  for (std::size_t lane = 0; lane < batch_lanes; ++lane) {
    if (!loaded(lane))
      continue;
    if (finished(lane)) {
      if (steps_[lane].stretch != 0.0)
        set_step(lane, {steps_[lane].h_ms, 0.0});
      continue;
    }
    const Schedule::Cursor& cursor = *cursors_[lane];
    const Step step{cursor.h_ms(), cursor.stretch()};
    if (!(step == steps_[lane]))
      set_step(lane, step);
    n_solves = std::min(n_solves, cursor.equal_ahead());
    n_solves = until_listening(lane, n_solves);
  }
  for (std::size_t lane = 0; lane < batch_lanes; ++lane)
    if (!finished(lane))
      n_solves = equal_sources(lane, n_solves);
  return n_solves;
}

void Batch::prepare_controls(std::size_t n_solves) {
  for (std::size_t lane = 0; lane < batch_lanes; ++lane) {
    const bool moves = !finished(lane);
    for (std::size_t k = 0; k < n_solves; ++k) {
      // A lane past its end holds still: a stretch of 0 keeps V, a gate step of 0 the states.
      const Solve s = moves ? cursors_[lane]->next() : Solve{.stretch = 0.0, .gate_step_ms = 0.0};
      const std::size_t place = k * batch_lanes + lane;
      end_[place] = s.end_ms;
      duration_[place] = s.duration_ms;
      level_[place] = moves ? level_on_mix(lane, s.levels).value_or(0.0) : 0.0;
      stretch_[place] = s.stretch;
      gate_step_[place] = s.gate_step_ms;
      current_place_[place] = s.current_place;
    }
  }
}

BatchView Batch::view() const {
  return {.n_nodes = n_nodes_,
          .per_internode = per_internode_,
          .n_inner = n_inner_,
          .n_solves = 0,
          .active = 0,
          .sums_are_stale = sums_are_stale_,
          .periods = periods_.data(),
          .node_table = kinetics_->node_table().data(),
          .internode_table = kinetics_->internode_table().data(),
          .v = v_.get(),
          .inner = inner_.get(),
          .node_states = node_states_.get(),
          .internode_states = internode_states_.get(),
          .node_source = node_source_.get(),
          .inner_source = inner_source_.get(),
          .e = e_.get(),
          .x = x_.get(),
          .inner_scratch = inner_scratch_.get(),
          .from_left = from_left_.get(),
          .from_right = from_right_.get(),
          .first_crossing_ms = crossing_.get(),
          .end_ms = end_.get(),
          .duration_ms = duration_.get(),
          .level = level_.get(),
          .stretch = stretch_.get(),
          .gate_step_ms = gate_step_.get(),
          .current_place = current_place_.get()};
}

void Batch::settle() {
  kernels_.settle(view());
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
  BatchView block = view();
  block.n_solves = n_solves;
  for (std::size_t lane = 0; lane < batch_lanes; ++lane)
    if (!finished(lane))
      block.active |= std::uint32_t{1} << lane;
  prepare_controls(n_solves);
  kernels_.advance(block);
  sums_are_stale_ = false;
}

} // namespace foramen::axon
