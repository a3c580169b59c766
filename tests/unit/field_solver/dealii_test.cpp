// The element matrices against deal.II's own finite-element machinery on the same mesh.
#include "field/operator.hpp"
#include "field/space.hpp"
#include "scenes.hpp"

#include <catch2/catch.hpp>
#include <deal.II/base/quadrature_lib.h>
#include <deal.II/dofs/dof_handler.h>
#include <deal.II/dofs/dof_tools.h>
#include <deal.II/fe/fe_simplex_p.h>
#include <deal.II/fe/fe_values.h>
#include <deal.II/fe/mapping_fe.h>
#include <deal.II/grid/tria.h>

#include <map>
#include <numeric>

using namespace foramen;
using namespace foramen::field;

namespace {

Matrix3d tensor() {
  Matrix3d s;
  s << 0.3, 0.05, -0.04, 0.05, 0.2, 0.02, -0.04, 0.02, 0.6;
  return s;
}

std::array<long, 3> key(const Vector3d& p) {
  return {std::lround(1e9 * p.x()), std::lround(1e9 * p.y()), std::lround(1e9 * p.z())};
}

} // namespace

TEST_CASE("the assembled matrix is deal.II's", "[field]") {
  const TetMesh mesh = test::box_mesh({2, 3, 2}, Vector3d::Ones(), 0.15);
  VolumeScene scene;
  scene.surfaces.push_back({"box", {}, -1, false, 0.0});
  scene.conductivity = test::everywhere(tensor());
  scene.region_is_uniform = {true};
  const Space space = build_space(scene, mesh);
  const LocalMatrices parts[] = {element_matrices(scene, space)};
  std::vector<int> all(space.nodes.size());
  std::iota(all.begin(), all.end(), 0);
  const SparseMatrix a = assemble(static_cast<int>(all.size()), all, parts);

  std::vector<dealii::Point<3>> vertices;
  for (const Vector3d& p : mesh.vertices)
    vertices.emplace_back(p.x(), p.y(), p.z());
  std::vector<dealii::CellData<3>> cells;
  for (const auto& t : mesh.tets) {
    dealii::CellData<3>& cell = cells.emplace_back(4);
    for (std::size_t v = 0; v < 4; ++v)
      cell.vertices[v] = static_cast<unsigned int>(t[v]);
  }
  dealii::Triangulation<3> triangulation;
  triangulation.create_triangulation(vertices, cells, dealii::SubCellData());
  const dealii::FE_SimplexP<3> fe(2);
  const dealii::MappingFE<3> mapping{dealii::FE_SimplexP<3>(1)};
  dealii::DoFHandler<3> dofs(triangulation);
  dofs.distribute_dofs(fe);
  REQUIRE(dofs.n_dofs() == space.nodes.size());

  std::vector<dealii::Point<3>> support(dofs.n_dofs());
  dealii::DoFTools::map_dofs_to_support_points(mapping, dofs, support);
  std::map<std::array<long, 3>, int> node_at;
  for (std::size_t i = 0; i < space.nodes.size(); ++i)
    node_at[key(space.nodes[i])] = static_cast<int>(i);

  Eigen::MatrixXd theirs = Eigen::MatrixXd::Zero(a.rows, a.rows);
  dealii::FEValues<3> values(mapping, fe, dealii::QGaussSimplex<3>(3),
                             dealii::update_gradients | dealii::update_JxW_values);
  std::vector<dealii::types::global_dof_index> local(10);
  const Matrix3d s = tensor();
  for (const auto& cell : dofs.active_cell_iterators()) {
    values.reinit(cell);
    cell->get_dof_indices(local);
    std::array<int, 10> node;
    for (std::size_t i = 0; i < 10; ++i) {
      const dealii::Point<3>& p = support[local[i]];
      node[i] = node_at.at(key({p[0], p[1], p[2]}));
    }
    for (unsigned int q = 0; q < values.n_quadrature_points; ++q)
      for (unsigned int i = 0; i < 10; ++i)
        for (unsigned int j = 0; j < 10; ++j) {
          const auto gi = values.shape_grad(i, q), gj = values.shape_grad(j, q);
          theirs(node[i], node[j]) +=
              values.JxW(q) * Vector3d(gi[0], gi[1], gi[2]).dot(s * Vector3d(gj[0], gj[1], gj[2]));
        }
  }
  double worst = 0.0, largest = 0.0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(a.rows); ++i)
    for (auto k = a.begin[i]; k < a.begin[i + 1]; ++k) {
      double& entry = theirs(static_cast<Eigen::Index>(i), a.column[static_cast<std::size_t>(k)]);
      largest = std::max(largest, std::abs(entry));
      worst = std::max(worst, std::abs(entry - a.value[static_cast<std::size_t>(k)]));
      entry = 0.0;
    }
  CHECK(worst < 1e-12 * largest);
  CHECK(theirs.cwiseAbs().maxCoeff() == 0.0); // nothing outside our pattern
}
