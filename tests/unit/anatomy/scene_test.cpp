#include "anatomy/scene.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::anatomy;
using geometry::half_space;
using geometry::sphere;

namespace {

Scene two_parts() {
  Scene scene(TissueLibrary::standard(), "fat");
  scene.add({"below", half_space({0, 0, 0}, {0, 0, 1}), "muscle",
             [](const Vector3d&) { return Vector3d(0.0, 0.6, 0.8); }});
  scene.add({"ball", sphere({0, 0, 0}, 0.01), "bone_cortical", {}});
  return scene;
}

} // namespace

TEST_CASE("later parts lie on top of earlier ones, and the background is below all",
          "[anatomy][scene]") {
  const Scene scene = two_parts();
  CHECK(scene.part_at({0, 0, 0.02}) == -1);
  CHECK(scene.tissue_at({0, 0, 0.02}).name == "fat");
  CHECK(scene.tissue_at({0, 0, -0.02}).name == "muscle");
  CHECK(scene.part_at({0, 0, -0.005}) == 1);
  CHECK(scene.tissue_at({0, 0, 0.005}).name == "bone_cortical");
  CHECK_FALSE(scene.uniform());
}

TEST_CASE("anisotropic tissue conducts along its direction", "[anatomy][scene]") {
  const Scene scene = two_parts();
  const Matrix3d sigma = scene.conductivity({0, 0, -0.02});
  const Vector3d along(0.0, 0.6, 0.8), across(0.0, 0.8, -0.6);
  CHECK((sigma * along - 0.35 * along).norm() < 1e-15);
  CHECK((sigma * across - 0.086 * across).norm() < 1e-15);
  CHECK((sigma * Vector3d::UnitX() - 0.086 * Vector3d::UnitX()).norm() < 1e-15);
  CHECK((scene.conductivity({0, 0, 0.005}) - 0.02 * Matrix3d::Identity()).norm() < 1e-15);
  CHECK((scene.conductivity({0, 0, 0.05}) - 0.033 * Matrix3d::Identity()).norm() < 1e-15);
}

TEST_CASE("a scene without parts is uniform, also when anisotropic", "[anatomy][scene]") {
  const Scene scene(TissueLibrary::standard(), "muscle", Vector3d::UnitX());
  CHECK(scene.uniform());
  CHECK(scene.conductivity({1, 2, 3})(0, 0) == Approx(0.35));
  CHECK(scene.conductivity({1, 2, 3})(1, 1) == Approx(0.086));
}
