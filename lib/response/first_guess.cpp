#include "response/first_guess.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace foramen::response {
namespace {

// Second difference at each node that can fire; at an end, the first difference.
std::vector<double> activating_function(const axon::Cable& cable, const std::vector<double>& ve) {
  const std::size_t skip = cable.name().ends == axon::Ends::passive ? 1 : 0;
  const std::size_t n = cable.n_nodes();
  const auto at = [&](std::size_t j) { return ve[cable.node(j)]; };
  std::vector<double> f(n, 0.0);
  for (std::size_t j = skip; j + skip < n; ++j) {
    if (j > skip)
      f[j] += at(j - 1) - at(j);
    if (j + 1 + skip < n)
      f[j] += at(j + 1) - at(j);
  }
  return f;
}

// f spread to both sides with weights exp(-|k| / spread_nodes), by two sweeps.
std::vector<double> spread(const std::vector<double>& f, double spread_nodes) {
  const double w = std::exp(-1.0 / spread_nodes);
  std::vector<double> sum = f;
  double carry = 0.0;
  for (std::size_t j = 0; j < f.size(); ++j) {
    sum[j] += w * carry;
    carry = f[j] + w * carry;
  }
  carry = 0.0;
  for (std::size_t j = f.size(); j-- > 0;) {
    sum[j] += w * carry;
    carry = f[j] + w * carry;
  }
  return sum;
}

struct Phase {
  double charge_ms = 0.0, width_ms = 0.0; // signed area under the level
  bool reversed = false;                  // another of the other sign follows at once
};

// Stretches of one sign.
std::vector<Phase> phases(const stimulus::Waveform& waveform) {
  std::vector<Phase> all;
  Time reached{};
  for (const stimulus::Piece& p : waveform.pieces) {
    const double width = (p.end - p.begin).in(ms);
    const double charge = 0.5 * (p.level_begin + p.level_end) * width;
    const bool same = !all.empty() && p.begin == reached && charge * all.back().charge_ms > 0.0;
    if (!same) {
      if (!all.empty() && p.begin == reached)
        all.back().reversed = true;
      all.push_back({});
    }
    all.back().charge_ms += charge;
    all.back().width_ms += width;
    reached = p.end;
  }
  return all;
}

// The lowest guess over the phases, and the node and level that it comes from.
struct Guess {
  double threshold_mA = std::numeric_limits<double>::infinity();
  std::size_t node = 0;
};

Guess guess(const axon::Excitability& e, const std::vector<double>& f,
            const stimulus::Waveform& waveform) {
  const auto [lowest, highest] = std::minmax_element(f.begin(), f.end());
  Guess best;
  for (const Phase& phase : phases(waveform)) {
    const double level = phase.charge_ms / phase.width_ms;
    const auto node = level * *highest > level * *lowest ? highest : lowest;
    const double depolarisation = level * *node; // mV per mA
    const double longer = 1.0 + (phase.reversed ? e.reversal_ms / phase.width_ms : 0.0);
    if (depolarisation <= 0.0)
      continue;
    const double threshold =
        e.rheobase_mV * (1.0 + e.tau_ms / phase.width_ms) * longer / depolarisation;
    if (threshold < best.threshold_mA)
      best = {threshold, static_cast<std::size_t>(node - f.begin())};
  }
  return best;
}

std::vector<double> spread_activation(const axon::Cable& cable,
                                      const stimulus::FieldAtFibre& field) {
  return spread(activating_function(cable, field.mV_per_mA),
                cable.name().kinetics->excitability().spread_nodes);
}

} // namespace

double guess_threshold_mA(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                          const stimulus::Waveform& waveform) {
  return guess(cable.name().kinetics->excitability(), spread_activation(cable, field), waveform)
      .threshold_mA;
}

ThresholdChange threshold_change(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                                 const stimulus::FieldAtFibre& changed,
                                 const stimulus::Waveform& waveform) {
  constexpr double nearby = 3e-3; // metres
  constexpr double nodes_nearby = 10.0;
  const axon::Excitability& e = cable.name().kinetics->excitability();
  const std::vector<double> f = spread_activation(cable, field);
  const std::vector<double> g = spread_activation(cable, changed);
  const Guess before = guess(e, f, waveform), after = guess(e, g, waveform);
  if (std::isinf(before.threshold_mA) || std::isinf(after.threshold_mA))
    return {};
  const auto reach = static_cast<std::size_t>(
      std::max(nodes_nearby, std::round(nearby / cable.internode_length().si())));
  const std::size_t begin = before.node > reach ? before.node - reach : 0;
  const std::size_t end = std::min(f.size(), before.node + reach + 1);
  double sum = 0.0;
  for (std::size_t j = begin; j < end; ++j)
    sum += (g[j] - f[j]) * (g[j] - f[j]);
  return {std::abs(after.threshold_mA / before.threshold_mA - 1.0),
          std::sqrt(sum / static_cast<double>(end - begin)) / std::abs(f[before.node])};
}

std::vector<double> guess_weights(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                                  const stimulus::Waveform& waveform) {
  const axon::Excitability& e = cable.name().kinetics->excitability();
  const std::vector<double> f = spread_activation(cable, field);
  const Guess at = guess(e, f, waveform);
  if (std::isinf(at.threshold_mA))
    return {};
  const std::size_t skip = cable.name().ends == axon::Ends::passive ? 1 : 0;
  const std::size_t n = cable.n_nodes();
  std::vector<double> weights(n, 0.0); // the transpose of `activating_function` and `spread`
  for (std::size_t j = skip; j + skip < n; ++j) {
    const double away = std::abs(static_cast<double>(j) - static_cast<double>(at.node));
    const double share = std::exp(-away / e.spread_nodes) / f[at.node];
    for (const std::size_t k : {j - 1, j + 1})
      if (k + skip < n && k >= skip && k < n) {
        weights[k] += share;
        weights[j] -= share;
      }
  }
  return weights;
}

} // namespace foramen::response
