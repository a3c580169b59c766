// Exact potentials against which the volume conductor is judged. SI units; potentials per ampere,
// ohm.
#pragma once

#include <Eigen/Core>

namespace foramen::field {

using Eigen::Matrix3d;
using Eigen::Vector3d;

// Sphere electrode of radius a in an unbounded medium: R = 1 / (4 pi s a).
double sphere_resistance(double sigma, double a);

// The same inside a shell of conductivity s1 from a to b, s2 beyond:
// R = (1/a - 1/b) / (4 pi s1) + 1 / (4 pi s2 b).
double shelled_sphere_resistance(double shell_sigma, double a, double b, double sigma);

// Disc of radius a on an insulating plane: R = 1 / (4 s a) (Newman 1966, doi:10.1149/1.2424003).
double disc_resistance(double sigma, double a);

// Its potential above the plane z = 0, the disc about the origin (Newman's solution in cylindrical
// coordinates):
// phi = R (2 / pi) asin(2 a / (sqrt((rho - a)^2 + z^2) + sqrt((rho + a)^2 + z^2))).
double disc_potential(double sigma, double a, const Vector3d& p);

// Point source in an unbounded anisotropic medium, r from the source:
// phi = 1 / (4 pi sqrt(det sigma) sqrt(r . sigma^-1 r)).
double point_source_potential(const Matrix3d& sigma, const Vector3d& r);

// Point source at `source` (z > 0) over the insulating plane z = 0: with its image of the same
// sign.
double point_source_over_plane(double sigma, const Vector3d& source, const Vector3d& p);

// Point source at distance rho0 from the axis of an infinite cylinder of radius a: inside `across`
// and `along` the axis, outside isotropic, the wall a sheet of resistance Rp (ohm m^2). On the axis
// at z,
//
//   phi = 1/(2 pi^2 so) int_0^inf B(k) cos(k z) dk,   L = sqrt(sl / st),
//   B = [K0(k rho0) / (k a K1(k a))] / [I0(L k a) + Rp st L k I1(L k a) + (st L / so) I1(L k a)
//   K0(k a) / K1(k a)]
//
// by Gauss-Legendre panels after k = c t^4, which removes the logarithm at k = 0. Relative accuracy
// 1e-9.
struct SheathedCylinder {
  double radius = 0.0;
  double outside = 0.0;             // so, S/m
  double across = 0.0, along = 0.0; // st, sl
  double sheet_resistance = 0.0;    // Rp
};
double potential_on_axis(const SheathedCylinder& cylinder, double rho0, double z);

} // namespace foramen::field
