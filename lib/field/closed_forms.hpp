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

} // namespace foramen::field
