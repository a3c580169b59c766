#include "field/point_sources.hpp"

#include "core/error.hpp"

#include <Eigen/LU>

#include <cmath>
#include <numbers>

namespace foramen::field {

PotentialRows point_source_potentials(std::span<const Vector3d> points,
                                      std::span<const Vector3d> sources, const Matrix3d& sigma) {
  const double determinant = sigma.determinant();
  FORAMEN_EXPECT(determinant > 0.0, "det(sigma) = ", determinant);
  const Matrix3d resistivity = sigma.inverse();
  const double scale = 1.0 / (4.0 * std::numbers::pi * std::sqrt(determinant));
  PotentialRows phi(static_cast<Eigen::Index>(points.size()),
                    static_cast<Eigen::Index>(sources.size()));
  for (Eigen::Index i = 0; i < phi.rows(); ++i)
    for (Eigen::Index j = 0; j < phi.cols(); ++j) {
      const Vector3d r = points[static_cast<std::size_t>(i)] - sources[static_cast<std::size_t>(j)];
      if (r.norm() < 1e-6)
        throw ConfigError("field.kind = \"point_sources\"",
                          concat("a fibre passes through contact ", j + 1),
                          "move the lead away from the nerve: increase lead.clearance");
      phi(i, j) = scale / std::sqrt(r.dot(resistivity * r));
    }
  return phi;
}

} // namespace foramen::field
