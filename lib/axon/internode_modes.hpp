// A passive internode in its modes.
//
// Between two nodes the double cable with constant leaks is linear: in x = (U, P) of its
// compartments
//
//   M dx/dt + K x = e_l g_l u_l + e_r g_r u_r + leaks + level * source
//
// with M, K symmetric positive definite (capacitances; conductances), u_l and u_r the nodes'
// potentials. With K phi = lambda M phi, phi^T M phi = 1, and x = x_rest + Phi y, where K x_rest =
// leaks, each mode is a scalar equation of its own,
//
//   dy/dt = -lambda y + left u_l + right u_r + level * (phi^T source),
//
// and the current from the internode into the left node is g_l (U_1 - u_l), g_l U_1 = at_rest_left
// + sum left y (likewise right). All 20 modes are kept: nothing is approximated (DESIGN section 4:
// dropping the stiff ones moves thresholds by 0.8 %).
//
// An internode that is its own mirror image has modes of even and odd symmetry: even ones first,
// right = left; then odd ones, right = -left. Units {ms, mV, uA, uF}: lambda per ms. Cost: some 20
// us, once per distinct period of a cable.
#pragma once

#include "axon/compartment.hpp"

#include <array>
#include <span>

namespace foramen::axon {

inline constexpr std::size_t n_internode_compartments = 10, n_internode_modes = 20;

struct InternodeModes {
  using Values = std::array<double, n_internode_modes>;
  bool mirrored = false;
  Values rate{}, left{}, right{};
  double at_rest_left = 0.0, at_rest_right = 0.0; // uA
  Values x_rest{};                                // mV; U and P of each compartment in turn
  std::array<Values, n_internode_modes> shape{};  // shape[m]: phi of mode m
  std::array<Values, n_internode_modes>
      inverse{}; // row m: phi^T M, so that y = inverse (x - x_rest)

  Values amplitudes(const Values& x) const; // of x = (U, P, U, P, ...)
  Values potentials(const Values& y) const;
  Values project(const Values& source) const; // phi^T source
};

// Of a period: its node and the ten compartments that follow.
InternodeModes internode_modes(std::span<const Compartment> period);

} // namespace foramen::axon
