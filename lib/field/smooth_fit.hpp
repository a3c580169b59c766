// The weights with which nodes near a point make a smooth value at it: moving least squares,
// quartic.
//
// Of all quartics q, the one that minimises  sum_i w_i (q(x_i) - phi_i)^2,  w_i = (1 -
// r_i^2/R^2)^k, r_i the distance of node i from the point; the value is q at the point, a weighted
// sum of the phi_i. The Gram matrix of monomials holds only the 165 moments up to degree 8, so it
// costs 165 sums over the nodes, not 630. Where the nodes do not determine a quartic the degree
// drops to 3, 2, 1.
//
// Cost: about 25 us for 150 nodes. Lancaster & Salkauskas 1981,
// doi:10.1090/S0025-5718-1981-0616367-1.
#pragma once

#include <Eigen/Core>

#include <span>
#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

class SmoothFit {
public:
  // Weights of the nodes for the value at `centre`; nodes beyond `radius` get zero. False if not
  // even a plane is determined.
  bool compute(const Vector3d& centre, double radius, std::span<const Vector3d> nodes);

  std::span<const int> used() const { return used_; } // indices into `nodes`
  std::span<const double> weights() const { return {weights_.data(), used_.size()}; }
  int degree() const { return degree_; }

private:
  bool solve(int degree);

  std::vector<int> used_;
  std::vector<double> x_, y_, z_, w_; // scaled by the radius, padded to whole packs
  std::vector<double> weights_;
  std::vector<double> moments_;
  Eigen::VectorXd coefficients_;
  int degree_ = 0;
};

} // namespace foramen::field
