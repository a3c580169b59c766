#include "axon/rest_state.hpp"

#include "core/parallel.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::axon {
namespace {

constexpr double step_ms = 5.0;

State rest_guess(const Cable& cable) {
  const std::size_t n = cable.n_compartments();
  return state_at(
      cable, {std::vector<double>(n, cable.name().rest_guess_mV), std::vector<double>(n, 0.0)});
}

// Steps of 5 ms as in the reference; where a fixed point is waited for (1 s), 20 of them, then
// others of 25 ms, which end at the same, and 5 ms again at the end.
Schedule relaxation(const Cable& cable) {
  const double whole_ms = cable.name().relaxation_ms;
  const auto steps = [](double time_ms, double each_ms) {
    return static_cast<std::size_t>(std::lround(time_ms / each_ms));
  };
  if (whole_ms < 1000.0)
    return Schedule({{steps(whole_ms, step_ms), step_ms}});
  constexpr double first_ms = 100.0, last_ms = 25.0, long_ms = 25.0;
  return Schedule({{steps(first_ms, step_ms), step_ms},
                   {steps(whole_ms - first_ms - last_ms, long_ms), long_ms},
                   {steps(last_ms, step_ms), step_ms}});
}

bool same_kind(const Cable& a, const Cable& b) {
  return a.name().kinetics == b.name().kinetics && a.per_internode() == b.per_internode();
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double d = std::abs(a[i] - b[i]);
    largest = std::isnan(d) ? d : std::max(largest, d);
  }
  return largest;
}

// Up to batch_lanes cables of one kind.
void relax_group(std::span<const Cable* const> cables, std::span<const std::size_t> indices,
                 std::vector<Rest>& rests) {
  std::size_t longest = 0;
  for (const std::size_t i : indices)
    longest = std::max(longest, cables[i]->n_nodes());
  const Cable& first = *cables[indices.front()];
  Batch batch(*first.name().kinetics, first.per_internode(), longest);
  const Schedule schedule = relaxation(first);
  const std::size_t n_steps = schedule.n_solves();
  std::vector<State> guesses;
  for (const std::size_t i : indices)
    guesses.push_back(rest_guess(*cables[i]));
  for (std::size_t lane = 0; lane < indices.size(); ++lane)
    batch.load(lane,
               {.cable = cables[indices[lane]], .start = &guesses[lane], .schedule = &schedule});
  batch.settle();
  for (std::size_t done = 0; done + 1 < n_steps;) {
    const std::size_t block = std::min(Batch::block_size, n_steps - 1 - done);
    batch.advance(block);
    done += block;
  }
  std::vector<State> before;
  for (std::size_t lane = 0; lane < indices.size(); ++lane)
    before.push_back(batch.state(lane));
  batch.advance(1);
  for (std::size_t lane = 0; lane < indices.size(); ++lane) {
    State after = batch.state(lane);
    const Cable& cable = *cables[indices[lane]];
    const Potentials then = potentials(cable, before[lane]), now = potentials(cable, after);
    const double still_mV = cable.name().rest_drift_mV;
    const bool still = largest_difference(then.v_mV, now.v_mV) < still_mV &&
                       largest_difference(then.p_mV, now.p_mV) < still_mV;
    rests[indices[lane]] = {std::move(after), still};
  }
}

} // namespace

std::vector<Rest> rest_states(std::span<const Cable* const> cables) {
  std::vector<std::size_t> order(cables.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Cable &x = *cables[a], &y = *cables[b];
    if (!same_kind(x, y))
      return std::pair(x.name().kinetics->name(), x.per_internode()) <
             std::pair(y.name().kinetics->name(), y.per_internode());
    return x.n_nodes() > y.n_nodes();
  });
  std::vector<std::span<const std::size_t>> groups;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && end - begin < batch_lanes &&
           same_kind(*cables[order[begin]], *cables[order[end]]))
      ++end;
    groups.push_back(std::span(order).subspan(begin, end - begin));
    begin = end;
  }
  std::vector<Rest> rests(cables.size());
  parallel_for(groups.size(), 1, [&](std::size_t g) { relax_group(cables, groups[g], rests); });
  return rests;
}

Rest rest_state(const Cable& cable) {
  const Cable* one = &cable;
  return rest_states(std::span(&one, 1)).front();
}

} // namespace foramen::axon
