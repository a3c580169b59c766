#include "core/error.hpp"
#include "field/mesh_checks.hpp"
#include "field/mesher.hpp"
#include "geometry/surface_measures.hpp"
#include "geometry/triangulated_sphere.hpp"
#include "geometry/triangulated_tube.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace foramen::field;
namespace geometry = foramen::geometry;
using foramen::core::WorldError;

namespace {

// A ball with a tube and, in the tube, a thin rod that is a hole.
VolumeScene ball_with_tube() {
  VolumeScene scene;
  const auto axis = std::make_shared<const geometry::Curve>(
      std::vector<Vector3d>{Vector3d(0, 0, -8e-3), Vector3d(0, 0, 8e-3)});
  auto uniform = [](double h) {
    geometry::TubeMeshing meshing;
    meshing.size = [h](double, double) { return geometry::RingSize{h, h}; };
    return meshing;
  };
  scene.surfaces.push_back(
      {"domain", geometry::triangulate_sphere(Vector3d::Zero(), 12e-3, 3e-3), -1, false, 0.0});
  scene.surfaces.push_back(
      {"tube", geometry::triangulate_tube({axis, 2e-3, 14e-3, 0, 0, 2e-3}, uniform(1e-3)), 0, false,
       0.0});
  scene.surfaces.push_back(
      {"rod", geometry::triangulate_tube({axis, 4e-3, 12e-3, 0.3e-3, 0, 0.6e-3}, uniform(0.4e-3)),
       1, true, 0.0});
  scene.size = [](const Vector3d& p) {
    return geometry::graded_size(p.norm() - 2e-3, 0.8e-3, 0.3, 3e-3);
  };
  return scene;
}

// A shell script in place of the mesher.
class FakeMesher {
public:
  explicit FakeMesher(const std::string& body)
      : path_((std::filesystem::temp_directory_path() /
               ("foramen-fake-mesher-" + std::to_string(::getpid())))
                  .string()) {
    std::ofstream(path_) << "#!/bin/sh\n" << body << '\n';
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~FakeMesher() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

private:
  std::string path_;
};

WorldError error_of(const VolumeScene& scene, const MesherOptions& options) {
  try {
    make_mesh(scene, options);
  } catch (const WorldError& error) {
    return error;
  }
  FAIL("no WorldError");
  throw 0;
}

} // namespace

TEST_CASE("a mesh has every region, keeps the surfaces and fills the volumes", "[field][mesh]") {
  const VolumeScene scene = ball_with_tube();
  const TetMesh mesh = make_mesh(scene); // check_mesh is part of it
  std::size_t n_triangles = 0, n_points = 0;
  for (const FittedSurface& fitted : scene.surfaces) {
    n_triangles += fitted.surface.triangles.size();
    n_points += fitted.surface.points.size();
  }
  REQUIRE(mesh.faces.size() == n_triangles);
  CHECK(mesh.vertices.size() > n_points);
  std::size_t face = 0; // one after the other, each where its surface has it
  for (const FittedSurface& fitted : scene.surfaces)
    for (const auto& triangle : fitted.surface.triangles) {
      for (std::size_t k = 0; k < 3; ++k)
        CHECK(mesh.vertices[static_cast<std::size_t>(mesh.faces[face][k])] ==
              fitted.surface.points[static_cast<std::size_t>(triangle[k])]);
      ++face;
    }
  const MeshQuality quality = mesh_quality(mesh);
  CHECK(quality.worst > 0.05); // what HXT was told to improve
  CHECK(quality.mean > 0.5);
  double volume = 0.0;
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    volume += tet_volume(mesh, t);
  const double expected = geometry::enclosed_volume(scene.surfaces[0].surface) -
                          geometry::enclosed_volume(scene.surfaces[2].surface);
  CHECK(volume == Approx(expected).epsilon(1e-10));
}

TEST_CASE("the same scene gives the same mesh", "[field][mesh]") {
  const VolumeScene scene = ball_with_tube();
  const TetMesh a = make_mesh(scene), b = make_mesh(scene);
  CHECK(a.tets == b.tets);
  CHECK(a.vertices == b.vertices);
}

TEST_CASE("the size function is followed", "[field][mesh]") {
  VolumeScene scene = ball_with_tube();
  const auto tets = [&](double size) {
    scene.size = [size](const Vector3d&) { return size; };
    return static_cast<double>(make_mesh(scene).tets.size());
  };
  // As many as there are cubes of that edge: (3 / 2)^3 = 3.4 times for two thirds of the size, less
  // what the surfaces' triangles, which stay, force near them (the outer ones are 3 mm wide).
  const double ratio = tets(0.6e-3) / tets(0.9e-3);
  CHECK(ratio > 2.4);
  CHECK(ratio < 3.5);
}

TEST_CASE("a missing mesher is named together with the way to find it", "[field][mesh]") {
  const WorldError error = error_of(ball_with_tube(), {.program = "/nowhere/foramen-mesher"});
  CHECK(error.place() == "/nowhere/foramen-mesher");
  CHECK(error.cause() == "cannot start the program: No such file or directory");
  CHECK(error.remedy() == "install it beside foramen, or name it in FORAMEN_MESHER");
}

TEST_CASE("the environment names the mesher", "[field][mesh]") {
  const FakeMesher fake("echo from the environment; exit 9");
  setenv("FORAMEN_MESHER", fake.path().c_str(), 1);
  const WorldError error = error_of(ball_with_tube(), {});
  unsetenv("FORAMEN_MESHER");
  CHECK(error.place() == fake.path());
  CHECK(error.cause() ==
        "the mesher failed with exit code 9; its last words: from the environment");
}

TEST_CASE("a mesher that takes too long is ended", "[field][mesh]") {
  const FakeMesher fake("echo still thinking; exec sleep 100");
  const WorldError error =
      error_of(ball_with_tube(), {.time_limit_s = 0.3, .program = fake.path()});
  CHECK(error.cause() ==
        "the mesher exceeded its time limit of 0.3 s; its last words: still thinking");
  CHECK_THAT(error.remedy(), Catch::StartsWith("raise the mesher's time limit"));
}

TEST_CASE("a killed mesher is reported with its signal", "[field][mesh]") {
  const FakeMesher fake("kill -9 $$");
  const WorldError error = error_of(ball_with_tube(), {.program = fake.path()});
  CHECK(error.cause() == "the mesher was ended by signal 9 (Killed)");
  CHECK_THAT(error.remedy(), Catch::Contains("memory ran out"));
}

TEST_CASE("an interrupted run ends its mesher", "[field][mesh]") {
  struct Interrupting : foramen::core::Progress {
    void checkpoint() override { throw foramen::core::Interrupted(); }
  } progress;
  const FakeMesher fake("exec sleep 100");
  CHECK_THROWS_AS(make_mesh(ball_with_tube(), {.program = fake.path()}, progress),
                  foramen::core::Interrupted);
}

TEST_CASE("a mesher that stops half way leaves no mesh", "[field][mesh]") {
  const FakeMesher fake("head -c 100 \"$1\" > \"$2\"");
  const WorldError error = error_of(ball_with_tube(), {.program = fake.path()});
  CHECK(error.cause() == "the mesher's file is not a file of this version of the mesher");
}

TEST_CASE("surfaces that cut each other are refused by the mesher", "[field][mesh]") {
  VolumeScene scene = ball_with_tube();
  for (Vector3d& p : scene.surfaces[2].surface.points)
    p += Vector3d(1.5e-3, 0.0, 0.0); // the rod now leaves the tube through its mantle
  const WorldError error = error_of(scene, {.time_limit_s = 60.0, .program = {}});
  CHECK_THAT(error.cause(),
             Catch::StartsWith("the mesher failed with exit code 1; its last words:"));
  CHECK_THAT(error.remedy(), Catch::StartsWith("surfaces that cut or touch each other"));
}

TEST_CASE("an open surface is refused before the mesher runs", "[field][mesh]") {
  VolumeScene scene = ball_with_tube();
  scene.surfaces[1].surface.triangles.pop_back();
  scene.surfaces[1].surface.patch.pop_back();
  const WorldError error = error_of(scene, {});
  CHECK(error.place() == "surface \"tube\"");
  CHECK(error.cause() == "it is not closed: some edge lacks its second triangle");
}

TEST_CASE("a surface whose triangles point inwards is refused", "[field][mesh]") {
  VolumeScene scene = ball_with_tube();
  for (auto& t : scene.surfaces[1].surface.triangles)
    std::swap(t[1], t[2]);
  CHECK(error_of(scene, {}).cause() == "its triangles do not all point outwards");
}

TEST_CASE("faults of a mesh are found", "[field][mesh]") {
  const VolumeScene scene = ball_with_tube();
  TetMesh mesh = make_mesh(scene);
  const auto cause = [&] {
    try {
      check_mesh(scene, mesh);
    } catch (const WorldError& error) {
      return error.cause();
    }
    return std::string("none");
  };
  REQUIRE(cause() == "none");
  SECTION("an inverted tetrahedron") {
    std::swap(mesh.tets[7][0], mesh.tets[7][1]);
    CHECK_THAT(cause(), Catch::Contains("1 of ") && Catch::Contains("inverted or flat"));
  }
  SECTION("a region without tetrahedra") {
    for (int& region : mesh.region)
      region = 0;
    CHECK_THAT(cause(), Catch::Contains("region \"domain\" has a volume of"));
  }
  SECTION("a lost tetrahedron") {
    mesh.tets.pop_back();
    mesh.region.pop_back();
    CHECK_THAT(cause(), Catch::Contains("has a volume of"));
  }
  SECTION("a surface triangle that no tetrahedron has") {
    mesh.faces[3][0] = mesh.faces[900][0];
    CHECK_THAT(cause(),
               Catch::Contains("a triangle of surface \"domain\" is not where it belongs"));
  }
}

TEST_CASE("quality is 1 for a regular tetrahedron and 0 for a flat one", "[field][mesh]") {
  const std::array<Vector3d, 4> regular{Vector3d(1, 1, 1), Vector3d(1, -1, -1), Vector3d(-1, 1, -1),
                                        Vector3d(-1, -1, 1)};
  CHECK(std::abs(tet_quality(regular)) == Approx(1.0).epsilon(1e-12));
  const std::array<Vector3d, 4> flat{Vector3d(0, 0, 0), Vector3d(1, 0, 0), Vector3d(0, 1, 0),
                                     Vector3d(1, 1.1, 0)};
  CHECK(tet_quality(flat) == Approx(0.0).margin(1e-15));
}
