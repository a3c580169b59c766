// The potential without a mesh: contacts as point sources in an infinite homogeneous medium.
//
//   phi(x) = I / (4 pi sqrt(det sigma) sqrt((x - x0)^T sigma^-1 (x - x0)))
//
// (for a diagonal sigma: I / (4 pi sqrt(sy sz x^2 + sx sz y^2 + sx sy z^2))). The lead's body, its
// shaft and every boundary are ignored, so a contact has no finite impedance; use it for quick
// studies and for comparison with published point-source thresholds. SI units; potentials per
// ampere, ohm.
#pragma once

#include <Eigen/Core>

#include <span>

namespace foramen::field {

using Eigen::Matrix3d;
using Eigen::Vector3d;

using PotentialRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// points x sources. `sigma` symmetric positive definite, S/m. Throws ConfigError for a point closer
// to a source than 1 um, where the point source has no meaning.
PotentialRows point_source_potentials(std::span<const Vector3d> points,
                                      std::span<const Vector3d> sources, const Matrix3d& sigma);

} // namespace foramen::field
