// A point source beside a fascicle: the exact potential within it.
//
// An infinite cylinder of radius a about z, inside `across` (st) and `along` (sl) its axis, outside
// isotropic (so), its wall a sheet of resistance Rp (ohm m^2); the source at (rho0, 0, 0). Within,
// at (rho, theta, z), per ampere,
//
//   phi = 1/(2 pi^2 so) int_0^inf sum_n e_n cos(n theta) I_n(L k rho) A_n(k) cos(k z) dk
//   A_n = K_n(k rho0) / (-k a K_n'(k a)) / [I_n(L k a) + Rp st L k I_n'(L k a)
//                                           - (st L / so) I_n'(L k a) K_n(k a) / K_n'(k a)]
//
// with L = sqrt(sl / st), e_0 = 1, e_n = 2: the outer potential's expansion in Bessel functions
// (Jackson, Classical Electrodynamics, 3rd ed., section 3.11), the sheet's jump and the current's
// continuity. By Gauss-Legendre panels after k = c t^4, which removes the logarithm at k = 0; modes
// until (rho / rho0)^n is 1e-10. Relative accuracy 1e-9. SI units.
#pragma once

#include <Eigen/Core>

#include <span>
#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

struct SheathedCylinder {
  double radius = 0.0;
  double outside = 0.0;             // so, S/m
  double across = 0.0, along = 0.0; // st, sl
  double sheet_resistance = 0.0;    // Rp
};

// Points within the cylinder; cheapest for many on few lines along z: 10 ms per line and mode.
std::vector<double> potentials_within(const SheathedCylinder& cylinder, double rho0,
                                      std::span<const Vector3d> points);

} // namespace foramen::field
