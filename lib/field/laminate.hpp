// One conductivity for an element in which tissues meet at a surface that the mesh does not fit.
//
// Taken point by point, conductivities that jump within an element conduct too well across the
// jump: a field smooth in the element sees their arithmetic mean, layers in series have the
// harmonic one. That error is of first order in the element's size and all of one sign. The element
// is therefore given the tensor of a laminate of the same tissues in the same amounts, in which the
// field along the layers and the current density across them are the same everywhere: with n the
// normal, t the directions along, <.> the mean over the element,
//
//   sigma*_nn = 1 / <1 / s_nn>        sigma*_tn = sigma*_nn <s_tn / s_nn>
//   sigma*_tt = <s_tt - s_tn s_nt / s_nn> + sigma*_tn sigma*_nt / sigma*_nn
//
// (Milton, The Theory of Composites, Cambridge 2002, chapter 9; as a remedy for steps of a grid:
// Kottke, Farjadpour & Johnson 2008, doi:10.1103/PhysRevE.77.036611). n is the slope of the
// regression of ln(trace s) on place: the interface's normal, however the element is shaped, when
// the two sides' points are spread alike. The result is symmetric positive definite if all s are.
// What it gains is in this folder's README, section "Solver".
#pragma once

#include <Eigen/Core>

#include <optional>
#include <span>

namespace foramen::field {

using Eigen::Matrix3d;
using Eigen::Vector3d;

// `weights`: positive, any sum. Nothing where the conductivities do not jump (traces within 1e-6 of
// each other: directions alone may vary) or no direction stands out. S/m, metres.
std::optional<Matrix3d> laminate(std::span<const Vector3d> points, std::span<const double> weights,
                                 std::span<const Matrix3d> sigma);

} // namespace foramen::field
