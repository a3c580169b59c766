#include "bar_content.hpp"
#include "config/table.hpp"
#include "core/error.hpp"
#include "field/user_scene.hpp"

#include <catch2/catch.hpp>

using namespace foramen::field;
using Catch::Contains;
using foramen::core::ConfigError;
using foramen::test::BarContent;
namespace anatomy = foramen::anatomy;

namespace {

const MeshSource source{.path = "bar.msh"};
const MeshNaming naming{
    .tissues = {"fat", "muscle", "endoneurium", "epineurium"}, .contacts = {"E1"}, .given = {}};

// A straight nerve along z of two fascicles, around (0.5, 0.5) and (1.5, 1.5) mm.
anatomy::Anatomy nerve_along_z(const std::string& more = "") {
  auto document = foramen::config::Document::from_text(R"(
[anatomy]
model = "primitives"
background = "fat"
)" + more + R"(
[anatomy.nerve]
diameter = "6 mm"
direction = [0, 0, 1]
dorsal = [1, 0, 0]
length = "20 mm"
foramen_position = "10 mm"
[anatomy.nerve.fascicles]
layout = "listed"
disc = [{u = "0.5 mm", v = "0.5 mm", diameter = "0.9 mm"},
        {u = "1.5 mm", v = "1.5 mm", diameter = "0.6 mm"}]
)",
                                                       "study.toml");
  return anatomy::read_anatomy(document.root(), 1);
}

// Two columns of endoneurium in epineurium, each within its perineurium; 3 x 3 x 4 mm. The fascicle
// of the study at (1.5, 1.5) is the cell in the middle, that at (0.5, 0.5) the one in the corner.
BarContent two_fascicles() {
  BarContent bar{.cells = {3, 3, 4},
                 .volumes = {"epineurium", "endoneurium"},
                 .surfaces = {"E1", "ground", "perineurium"}};
  const auto inside = [](int i, int j) { return i == j && i < 2; };
  bar.volume = [inside](int i, int j, int) { return inside(i, j) ? 1 : 0; };
  bar.surface = [inside](int axis, int plane, int i, int j, int) {
    if (axis == 2)
      return plane == 0 && !inside(i, j) && i == 2 && j == 2 ? 0 : plane == 4 ? 1 : -1;
    const auto at = [axis, i, j](int k) { return axis == 0 ? std::pair(k, j) : std::pair(i, k); };
    const auto [a, b] = at(plane - 1);
    const auto [c, d] = at(plane);
    return plane > 0 && plane < 3 && inside(a, b) != inside(c, d) ? 2 : -1;
  };
  return bar;
}

template <class Make> ConfigError refused(const Make& make) {
  try {
    make();
  } catch (const ConfigError& error) {
    return error;
  }
  FAIL("no ConfigError");
  throw 0;
}

} // namespace

TEST_CASE("each inside of a perineurium is a region with its fascicle's resistance",
          "[field][user mesh]") {
  const UserMesh mesh = make_user_mesh(source, two_fascicles().content(), naming);
  REQUIRE(mesh.regions.size() == 3);
  CHECK(mesh.regions[0].tissue == "epineurium");
  CHECK((mesh.regions[1].in_sheet && mesh.regions[2].in_sheet));
  const anatomy::Anatomy study = nerve_along_z();
  const UserScene made = make_user_scene(source, mesh, study);
  REQUIRE(made.fascicle_region.size() == 2);
  CHECK(made.fascicle_region[0] != made.fascicle_region[1]);
  for (std::size_t f = 0; f < 2; ++f)
    CHECK(made.scene.surfaces[static_cast<std::size_t>(made.fascicle_region[f])].sheet_resistance ==
          study.nerve.fascicles[f].sheet_resistance);
  CHECK(study.nerve.fascicles[0].sheet_resistance > study.nerve.fascicles[1].sheet_resistance);
  const UserScene stated = make_user_scene(source, mesh, study, {.sheet_resistance = 0.07});
  for (const std::size_t r : {1u, 2u})
    CHECK(stated.scene.surfaces[r].sheet_resistance == 0.07);
}

TEST_CASE("fascicles of mesh and study must be the same", "[field][user mesh]") {
  const UserMesh mesh = make_user_mesh(source, two_fascicles().content(), naming);
  anatomy::Anatomy study = nerve_along_z();
  study.nerve.fascicles.pop_back();
  const ConfigError unknown = refused([&] { make_user_scene(source, mesh, study); });
  CHECK_THAT(unknown.place(), Catch::StartsWith("bar.msh, inside of the perineurium at (1."));
  CHECK_THAT(unknown.cause(), Catch::StartsWith("none of the study's fascicles lies there"));
  CHECK_THAT(unknown.remedy(), Contains("field.perineurium_resistance"));
  CHECK_NOTHROW(make_user_scene(source, mesh, study, {.sheet_resistance = 0.07}));

  study = nerve_along_z();
  study.nerve.fascicles[0].u = study.nerve.fascicles[0].v = 1.0e-3; // over both
  study.nerve.fascicles[0].radius = 1.4e-3;
  const ConfigError both = refused([&] { make_user_scene(source, mesh, study); });
  CHECK(both.cause() ==
        "it is fascicle 1 of the study, but so is the inside of another perineurium");

  study = nerve_along_z();
  study.nerve.fascicles.push_back({2.5e-3, 0.5e-3, 0.3e-3, 0.05});
  const ConfigError absent = refused([&] { make_user_scene(source, mesh, study); });
  CHECK_THAT(absent.cause(),
             Catch::StartsWith("no perineurium of the mesh surrounds fascicle 3 of the study"));
}

TEST_CASE("anisotropic tissues conduct along nerve, part or given direction",
          "[field][user mesh]") {
  BarContent bar{.volumes = {"endoneurium", "muscle"}, .surfaces = {"E1", "ground"}};
  const UserMesh mesh = make_user_mesh(source, bar.content(), naming);
  const Vector3d p(1e-3, 1e-3, 3e-3);

  const ConfigError none = refused([&] { make_user_scene(source, mesh, nerve_along_z()); });
  CHECK(none.place() == "bar.msh, volume \"muscle\"");
  CHECK_THAT(none.remedy(), Contains("[field.directions] muscle = [0.0, 0.0, 1.0]"));

  const anatomy::Anatomy study = nerve_along_z();
  const anatomy::Tissue& muscle = study.scene.tissues().at("muscle");
  const anatomy::Tissue& endoneurium = study.scene.tissues().at("endoneurium");
  const UserScene given =
      make_user_scene(source, mesh, study, {.directions = {{"muscle", Vector3d::UnitY()}}});
  CHECK(given.scene.conductivity(1, p).isApprox(
      anatomy::conductivity_tensor(muscle, Vector3d::UnitY())));
  CHECK(given.scene.conductivity(0, p).isApprox(
      anatomy::conductivity_tensor(endoneurium, Vector3d::UnitZ())));
  CHECK(given.scene.region_is_uniform[0]); // the nerve is straight
  CHECK(given.scene.region_is_uniform[1]);

  // Two muscles of the anatomy, neither of which holds the point: the nearer one decides.
  const anatomy::Anatomy muscles = nerve_along_z(R"(
[[anatomy.parts]]
shape = "sphere"
centre = ["1 mm", "1 mm", "9 mm"]
radius = "2 mm"
tissue = "muscle"
direction = [1, 0, 0]
[[anatomy.parts]]
shape = "sphere"
centre = ["1 mm", "1 mm", "-9 mm"]
radius = "2 mm"
tissue = "muscle"
direction = [0, 1, 0]
)");
  const UserScene nearest = make_user_scene(source, mesh, muscles);
  CHECK(nearest.scene.conductivity(1, p).isApprox(
      anatomy::conductivity_tensor(muscle, Vector3d::UnitX())));
  CHECK(!nearest.scene.region_is_uniform[1]);
}

TEST_CASE("the group \"anatomy\" asks the anatomy at every point", "[field][user mesh]") {
  BarContent bar{.volumes = {"anatomy", "fat"}, .surfaces = {"E1", "ground"}};
  const UserMesh mesh = make_user_mesh(source, bar.content(), naming);
  const anatomy::Anatomy study = nerve_along_z(R"(
[[anatomy.parts]]
shape = "sphere"
centre = ["0 mm", "0 mm", "0 mm"]
radius = "1 mm"
tissue = "muscle"
direction = [1, 0, 0]
)");
  const UserScene made = make_user_scene(source, mesh, study, {.outer = OuterBoundary::open});
  for (const Vector3d& p : {Vector3d(0.1e-3, 0, 0), Vector3d(0, 0, 1.5e-3)}) {
    CHECK(made.scene.conductivity(0, p) == study.scene.conductivity(p));
    CHECK(made.scene.conductivity(1, p) ==
          Matrix3d(study.scene.tissues().at("fat").across.si() * Matrix3d::Identity()));
  }
  CHECK(!made.scene.region_is_uniform[0]);
  CHECK(made.scene.open_centre.isApprox(Vector3d(1e-3, 1e-3, 0.0))); // the contact's
  CHECK(made.fascicle_region.empty());
}
