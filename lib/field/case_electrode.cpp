#include "field/case_electrode.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <utility>

namespace foramen::field {

void add_case(VolumeScene& scene, const geometry::RoundedBox& body, const Resolution& resolution) {
  const int surface = static_cast<int>(scene.surfaces.size());
  const double size = resolution.generator_case.si();
  scene.surfaces.push_back({"case", geometry::triangulate_box(body, size), 0, true, 0.0});
  scene.electrodes.push_back({"case", surface, {0}});
  if (!scene.region_is_uniform.empty())
    scene.region_is_uniform.push_back(true); // nobody asks: a hole has no region
  scene.size = [others = std::move(scene.size), body, size,
                growth = resolution.growth](const Vector3d& p) {
    return std::min(others(p), size + growth * (p - body.onto_surface(p)).norm());
  };
}

void return_through_case(UnitPotentials& potentials) {
  const Eigen::Index n = potentials.impedance.rows() - 1;
  FORAMEN_EXPECT(n > 0, "electrodes beside the case: ", n);
  const Eigen::MatrixXd z = std::move(potentials.impedance);
  potentials.impedance = z.topLeftCorner(n, n);
  potentials.impedance.colwise() -= z.col(n).head(n);
  potentials.impedance.rowwise() -= z.row(n).head(n);
  potentials.impedance.array() += z(n, n);
  if (potentials.phi.cols() != n + 1) // not the first rank
    return;
  decltype(potentials.phi) phi = potentials.phi.leftCols(n);
  phi.colwise() -= potentials.phi.col(n);
  potentials.phi = std::move(phi);
}

} // namespace foramen::field
