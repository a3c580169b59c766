// Potentials at points, from a locally smooth fit rather than from raw element values.
//
// For each point: the quadratic element that holds it, the nodes of the elements around it in the
// same region (no node across a material interface or a sheet), and a weighted least-squares
// quartic through their potentials; about twice as accurate as the element's own polynomial, and
// its second difference converges. Where the patch is too small for a quartic the degree drops;
// `raw` asks for the element's own value. Errors: WorldError for a point outside the mesh (with the
// point and the distance).
#pragma once

#include "field/unit_potentials.hpp"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace foramen::field {

class PointLocation;

class Sampler {
public:
  explicit Sampler(const UnitPotentials& potentials); // keeps a reference
  ~Sampler();
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;

  using Values = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  // Points x electrodes, ohm. With `regions`, one per point: the region that the point belongs to,
  // which decides where the mesh's surface deviates from the true one (a straightened element cuts
  // the perineurium by up to 8 % of the fascicle's radius, and the potential jumps there).
  Values smooth(std::span<const Vector3d> points, std::span<const int> regions = {}) const;
  // sum_i coefficient_i smooth(points_i) as weights of nodes: (node, weight), by node. Metres, and
  // the coefficients' unit.
  std::vector<std::pair<int, double>> weights(std::span<const Vector3d> points,
                                              std::span<const int> regions,
                                              std::span<const double> coefficients) const;
  Values raw(std::span<const Vector3d> points) const;
  bool contains(const Vector3d& p) const;
  const PointLocation& location() const;
  int region_at(const Vector3d& p) const; // -1 outside

private:
  struct Search;
  std::unique_ptr<Search> search_;
};

} // namespace foramen::field
