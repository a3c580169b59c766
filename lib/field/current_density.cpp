#include "field/current_density.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/point_location.hpp"
#include "field/reference_element.hpp"

#include <Eigen/LU>

namespace foramen::field {
namespace {

using Eigen::Index;
using Gradients = Eigen::Matrix<double, 3, Eigen::Dynamic>; // a column per electrode, ohm/m

struct Local {
  Vector3d position;
  Gradients gradient;
};

Local evaluate(const UnitPotentials& u, std::size_t element, const Vector3d& reference) {
  const std::array<double, 10> value = quadratic_values(reference);
  const std::array<Vector3d, 10> slope = quadratic_gradients(reference);
  Local local{Vector3d::Zero(), Gradients::Zero(3, u.phi.cols())};
  Matrix3d jacobian = Matrix3d::Zero(); // of the position by the reference coordinates
  for (std::size_t a = 0; a < 10; ++a) {
    const int node = u.elements[element][a];
    const Vector3d& x = u.nodes[static_cast<std::size_t>(node)];
    local.position += value[a] * x;
    jacobian += x * slope[a].transpose();
    local.gradient += slope[a] * u.phi.row(node);
  }
  local.gradient = (jacobian.transpose().inverse() * local.gradient).eval();
  return local;
}

} // namespace

std::vector<Vector3d> current_density(const UnitPotentials& potentials,
                                      const ConductivityAt& conductivity,
                                      std::span<const double> currents) {
  FORAMEN_EXPECT(static_cast<Index>(currents.size()) == potentials.phi.cols(), currents.size(),
                 " currents");
  const Eigen::Map<const Eigen::VectorXd> amperes(currents.data(), potentials.phi.cols());
  std::vector<Vector3d> density(potentials.elements.size());
  core::parallel_for(density.size(), 512, [&](std::size_t t) {
    const Local at = evaluate(potentials, t, Vector3d::Constant(0.25));
    density[t] = -conductivity(potentials.region[t], at.position) * (at.gradient * amperes);
  });
  return density;
}

std::vector<double> unit_current_density(const UnitPotentials& potentials,
                                         const ConductivityAt& conductivity,
                                         const PointLocation& location,
                                         std::span<const Vector3d> points) {
  const auto width = static_cast<std::size_t>(3 * potentials.phi.cols());
  std::vector<double> density(points.size() * width, 0.0);
  core::parallel_for(points.size(), 64, [&](std::size_t i) {
    const auto place = location.find(points[i]);
    if (!place)
      return;
    const auto t = static_cast<std::size_t>(place->element);
    Eigen::Map<Gradients> here(&density[i * width], 3, potentials.phi.cols());
    here = -conductivity(potentials.region[t], points[i]) *
           evaluate(potentials, t, place->reference).gradient;
  });
  return density;
}

} // namespace foramen::field
