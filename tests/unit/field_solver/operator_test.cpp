#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/operator.hpp"
#include "field/space.hpp"
#include "scenes.hpp"

#include <catch2/catch.hpp>

#include <numeric>

using namespace foramen;
using namespace foramen::field;

namespace {

// Symmetric positive definite, no axis special.
Matrix3d skewed_tensor() {
  Matrix3d s;
  s << 0.3, 0.05, -0.04, 0.05, 0.2, 0.02, -0.04, 0.02, 0.6;
  return s;
}

VolumeScene box_scene(bool uniform) {
  VolumeScene scene;
  scene.surfaces.push_back({"box", {}, -1, false, 0.0});
  scene.conductivity = test::everywhere(skewed_tensor());
  scene.region_is_uniform = {uniform};
  return scene;
}

std::vector<int> identity(const Space& space) {
  std::vector<int> all(space.nodes.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

SparseMatrix assemble_all(const VolumeScene& scene, const Space& space) {
  const LocalMatrices parts[] = {element_matrices(scene, space)};
  return assemble(static_cast<int>(space.nodes.size()), identity(space), parts);
}

bool on_boundary(const Vector3d& p) {
  return p.minCoeff() < 1e-12 || p.maxCoeff() > 1.0 - 1e-12;
}

} // namespace

TEST_CASE("a linear potential needs no current inside, whatever the tensor and the mesh",
          "[field]") {
  const TetMesh mesh = test::box_mesh({4, 3, 3}, Vector3d::Ones(), 0.15);
  for (const bool uniform : {true, false}) { // 4 and 14 quadrature points
    const VolumeScene scene = box_scene(uniform);
    const Space space = build_space(scene, mesh);
    const SparseMatrix a = assemble_all(scene, space);
    const Vector3d slope(1.0, -2.0, 0.5);
    for (std::size_t i = 0; i < space.nodes.size(); ++i) {
      double current = 0.0, sum = 0.0;
      for (std::int64_t k = a.begin[i]; k < a.begin[i + 1]; ++k) {
        const auto at = static_cast<std::size_t>(k);
        const auto j = static_cast<std::size_t>(a.column[at]);
        current += a.value[at] * slope.dot(space.nodes[j]);
        sum += a.value[at];
      }
      CHECK(std::abs(sum) < 1e-14); // a constant needs none anywhere
      if (!on_boundary(space.nodes[i]))
        CHECK(std::abs(current) < 1e-14); // entries are of order 0.1
    }
  }
}

TEST_CASE("4 and 14 quadrature points agree on straight uniform elements", "[field]") {
  const TetMesh mesh = test::box_mesh({3, 3, 2}, Vector3d::Ones(), 0.15);
  const Space space = build_space(box_scene(true), mesh);
  const LocalMatrices few = element_matrices(box_scene(true), space);
  const LocalMatrices many = element_matrices(box_scene(false), space);
  for (std::size_t i = 0; i < few.values.size(); ++i)
    CHECK(few.values[i] == Approx(many.values[i]).margin(1e-15).epsilon(1e-12));
}

TEST_CASE("the linear matrix is the Galerkin product of the quadratic one", "[field]") {
  const TetMesh mesh = test::box_mesh({2, 2, 2}, Vector3d::Ones(), 0.15);
  const VolumeScene scene = box_scene(true);
  const Space space = build_space(scene, mesh);
  const LocalMatrices quadratic = element_matrices(scene, space);
  const LocalMatrices linear[] = {on_linear(quadratic)};
  std::vector<int> vertices = identity(space);
  const SparseMatrix a = assemble_all(scene, space);
  const SparseMatrix coarse = assemble(space.n_vertices, vertices, linear);
  const auto nv = space.n_vertices, n = static_cast<int>(space.nodes.size());
  Eigen::MatrixXd p = Eigen::MatrixXd::Zero(n, nv), full = Eigen::MatrixXd::Zero(n, n);
  for (int v = 0; v < nv; ++v)
    p(v, v) = 1.0;
  for (std::size_t e = 0; e < space.edge_ends.size(); ++e)
    for (const int v : space.edge_ends[e])
      p(nv + static_cast<int>(e), v) = 0.5;
  for (int i = 0; i < n; ++i)
    for (auto k = a.begin[static_cast<std::size_t>(i)];
         k < a.begin[static_cast<std::size_t>(i) + 1]; ++k)
      full(i, a.column[static_cast<std::size_t>(k)]) = a.value[static_cast<std::size_t>(k)];
  const Eigen::MatrixXd product = p.transpose() * full * p;
  for (int i = 0; i < nv; ++i)
    for (auto k = coarse.begin[static_cast<std::size_t>(i)];
         k < coarse.begin[static_cast<std::size_t>(i) + 1]; ++k)
      CHECK(coarse.value[static_cast<std::size_t>(k)] ==
            Approx(product(i, coarse.column[static_cast<std::size_t>(k)])).margin(1e-15));
}

TEST_CASE("rows ascend and the matrix is symmetric to the bit pattern's last digits", "[field]") {
  const TetMesh mesh = test::box_mesh({3, 2, 2}, Vector3d::Ones(), 0.15);
  const VolumeScene scene = box_scene(true);
  const SparseMatrix a = assemble_all(scene, build_space(scene, mesh));
  const SparseMatrix t = transpose(a);
  CHECK(t.begin == a.begin);
  CHECK(t.column == a.column);
  for (std::size_t k = 0; k < a.value.size(); ++k)
    CHECK(a.value[k] == Approx(t.value[k]).margin(1e-16));
  for (std::size_t i = 0; i < static_cast<std::size_t>(a.rows); ++i)
    for (auto k = a.begin[i] + 1; k < a.begin[i + 1]; ++k)
      REQUIRE(a.column[static_cast<std::size_t>(k) - 1] < a.column[static_cast<std::size_t>(k)]);
}

TEST_CASE("assembly gives the same bits on one thread and on two", "[field]") {
  const TetMesh mesh = test::box_mesh({12, 12, 12}, Vector3d::Ones(), 0.15);
  const VolumeScene scene = box_scene(false);
  const std::size_t before = core::thread_count();
  core::set_thread_count(1);
  const SparseMatrix one = assemble_all(scene, build_space(scene, mesh));
  core::set_thread_count(2);
  const SparseMatrix two = assemble_all(scene, build_space(scene, mesh));
  core::set_thread_count(before);
  CHECK(one.column == two.column);
  CHECK(one.value == two.value);
}

TEST_CASE("a conductivity that is not positive definite is refused with its place", "[field]") {
  const TetMesh mesh = test::box_mesh({2, 2, 2}, Vector3d::Ones());
  VolumeScene scene = box_scene(false);
  const Space space = build_space(scene, mesh);
  Matrix3d skew = skewed_tensor();
  skew(0, 1) += 0.1;
  for (const Matrix3d& bad : {Matrix3d(Vector3d(0.2, 0.0, 0.2).asDiagonal()), skew,
                              Matrix3d(skewed_tensor() * std::nan(""))}) {
    scene.conductivity = test::everywhere(bad);
    try {
      element_matrices(scene, space);
      FAIL("accepted");
    } catch (const core::ConfigError& e) {
      CHECK(e.place().find("conductivity of region 'box' at (") == 0);
      CHECK(e.cause().find("is not symmetric positive definite") != std::string::npos);
    }
  }
}
