#include "axon/state.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace foramen::axon {
namespace {

using Values = InternodeModes::Values;

// U = V + P and P in turn, from V and P in turn, and back.
Values with_u(Values x) {
  for (std::size_t k = 0; k < x.size(); k += 2)
    x[k] += x[k + 1];
  return x;
}
Values with_v(Values x) {
  for (std::size_t k = 0; k < x.size(); k += 2)
    x[k] -= x[k + 1];
  return x;
}

} // namespace

Potentials potentials(const Cable& cable, const State& state) {
  Potentials all{std::vector<double>(cable.n_compartments()),
                 std::vector<double>(cable.n_compartments())};
  const std::size_t n = cable.n_inner();
  for (std::size_t j = 0; j < cable.n_nodes(); ++j) {
    const std::size_t i = cable.node(j);
    all.v_mV[i] = state.v_mV[j];
    if (j + 1 == cable.n_nodes())
      break;
    const double* inner = state.inner.data() + j * n; // single cables have none
    std::vector<double> x(inner, inner + n);
    if (cable.in_modes()) {
      Values y{};
      std::copy(x.begin(), x.end(), y.begin());
      const Values vp = with_v(cable.modes(j).potentials(y));
      std::copy(vp.begin(), vp.end(), x.begin());
    }
    for (std::size_t k = 0; k < cable.per_internode(); ++k) {
      all.v_mV[i + 1 + k] = x[2 * k];
      all.p_mV[i + 1 + k] = x[2 * k + 1];
    }
  }
  return all;
}

State state_at(const Cable& cable, const Potentials& all) {
  FORAMEN_EXPECT(all.v_mV.size() == cable.n_compartments() &&
                     all.p_mV.size() == cable.n_compartments(),
                 all.v_mV.size(), " and ", all.p_mV.size(), " potentials");
  const Kernels k = cable.name().kinetics->kernels();
  const std::size_t n = cable.n_inner(), internodes = cable.n_nodes() - 1;
  State state{.v_mV = std::vector<double>(cable.n_nodes()),
              .inner = std::vector<double>(internodes * n),
              .node_states = std::vector<double>(cable.n_nodes() * k.node_states),
              .internode_states =
                  std::vector<double>(internodes * cable.per_internode() * k.internode_states)};
  for (std::size_t j = 0; j < cable.n_nodes(); ++j) {
    const std::size_t i = cable.node(j);
    state.v_mV[j] = all.v_mV[i];
    if (j == internodes)
      break;
    for (std::size_t c = 0; c < cable.per_internode(); ++c) {
      state.inner[j * n + 2 * c] = all.v_mV[i + 1 + c];
      state.inner[j * n + 2 * c + 1] = all.p_mV[i + 1 + c];
    }
    if (cable.in_modes()) {
      Values x{};
      std::copy_n(&state.inner[j * n], n, x.begin());
      const Values y = cable.modes(j).amplitudes(with_u(x));
      std::copy(y.begin(), y.end(), &state.inner[j * n]);
    }
  }
  return state;
}

} // namespace foramen::axon
