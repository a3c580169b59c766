// What a membrane shows of itself: names and currents of one compartment.
//
// A membrane may name its states (`state_names`) and currents (`current_names`, one per channel).
// Membranes whose currents are not one per channel say what they are:
//
//   currents(y, channel, v, i)    fills i[current_names.size()], uA, outward positive
#if defined(FORAMEN_AXON_MEMBRANE_INFO_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_MEMBRANE_INFO_HPP
#undef FORAMEN_AXON_MEMBRANE_INFO_HPP
#else
#define FORAMEN_AXON_MEMBRANE_INFO_HPP
#endif

#include "axon/kinetics.hpp"
#include "axon/lane.hpp"

#include <array>

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

template <class Membrane>
void membrane_currents(const double* states, const double* channels, double v, double* out) {
  Lane y[Membrane::n_states];
  for (int k = 0; k < Membrane::n_states; ++k)
    y[k] = states[k];
  const auto first = [](Lane x) {
    HWY_ALIGN double all[Lane::width];
    x.store(all);
    return all[0];
  };
  if constexpr (requires(Lane * i) { Membrane::currents(y, y, Lane(v), i); }) {
    Lane channel[Membrane::n_channels], i[Membrane::current_names.size()];
    for (int k = 0; k < Membrane::n_channels; ++k)
      channel[k] = channels[k];
    Membrane::currents(y, channel, v, i);
    for (std::size_t k = 0; k < Membrane::current_names.size(); ++k)
      out[k] = first(i[k]);
  } else {
    for (int k = 0; k < Membrane::n_channels; ++k) { // each channel alone
      Lane channel[Membrane::n_channels];
      for (int other = 0; other < Membrane::n_channels; ++other)
        channel[other] = other == k ? channels[k] : 0.0;
      Lane g = 0.0, ge = 0.0;
      Membrane::sum(y, channel, v, g, ge);
      out[k] = first(g * v - ge);
    }
  }
}

template <class Membrane> MembraneInfo membrane_info() {
  MembraneInfo info{.n_states = Membrane::n_states,
                    .n_currents = Membrane::n_channels,
                    .currents = membrane_currents<Membrane>};
  if constexpr (requires { Membrane::state_names; })
    info.state_names = Membrane::state_names;
  if constexpr (requires { Membrane::current_names; }) {
    info.current_names = Membrane::current_names;
    info.n_currents = Membrane::current_names.size();
  }
  return info;
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
