#include "bar_content.hpp"
#include "core/error.hpp"
#include "field/mesh_groups.hpp"

#include <catch2/catch.hpp>

using namespace foramen::field;
using Catch::Contains;
using foramen::core::ConfigError;
using foramen::test::bar_naming;
using foramen::test::BarContent;
using Kind = GroupRole::Kind;

namespace {

ConfigError refused(const MshContent& content, const MeshNaming& naming) {
  try {
    group_roles("bar.msh", content, naming);
  } catch (const ConfigError& error) {
    CHECK_THAT(error.place(), Catch::StartsWith("bar.msh"));
    return error;
  }
  FAIL("no ConfigError");
  throw 0;
}

} // namespace

TEST_CASE("groups stand for what their names say, or what the study says", "[field][user mesh]") {
  BarContent bar{.volumes = {"fat", "Volume 7", "", "E1", "lead"},
                 .surfaces = {"ground", "glue", "sheath", "wall"}};
  MeshNaming naming = bar_naming;
  naming.given = {{"Volume 7", "disc"}, {"3", "anatomy"},          {"lead", "insulator"},
                  {"glue", "unused"},   {"sheath", "perineurium"}, {"wall", "insulated"}};
  const auto roles = group_roles("bar.msh", bar.content(), naming);
  CHECK(roles[0] == GroupRole{Kind::tissue, -1, "fat"});
  CHECK(roles[1] == GroupRole{Kind::tissue, -1, "disc"});
  CHECK(roles[2] == GroupRole{Kind::tissue, -1, "anatomy"}); // without a name: by its number
  CHECK(roles[3] == GroupRole{Kind::contact, 0, ""});
  CHECK(roles[4].kind == Kind::insulator);
  CHECK(roles[5].kind == Kind::ground);
  CHECK(roles[6].kind == Kind::unused);
  CHECK(roles[7].kind == Kind::perineurium);
  CHECK(roles[8].kind == Kind::insulated);
}

TEST_CASE("a name that means nothing is refused with the nearest that does", "[field][user mesh]") {
  BarContent bar;
  bar.volumes[1] = "disk";
  const ConfigError volume = refused(bar.content(), bar_naming);
  CHECK(volume.cause() == "the physical volume \"disk\" is named like nothing that it could be");
  CHECK(volume.remedy() == "did you mean \"disc\"? otherwise say what it is in [field.groups], "
                           "\"disk\" = \"...\"; a volume may be E1, fat, disc, endoneurium, "
                           "anatomy, insulator, unused");
  bar = {};
  bar.surfaces[1] = "grnd";
  const ConfigError surface = refused(bar.content(), bar_naming);
  CHECK(surface.cause() == "the physical surface \"grnd\" is named like nothing that it could be");
  CHECK_THAT(surface.remedy(), Contains("a surface may be E1, ground, insulated, perineurium"));
}

TEST_CASE("a surface is no tissue, whoever says so", "[field][user mesh]") {
  MeshNaming naming = bar_naming;
  naming.given["extra"] = "fat";
  CHECK(refused(BarContent{}.content(), naming).cause() ==
        "the physical surface \"extra\" cannot be \"fat\"");
}

TEST_CASE("a meaning for a group that is not there is refused", "[field][user mesh]") {
  MeshNaming naming = bar_naming;
  naming.given["Volume 9"] = "fat";
  const ConfigError error = refused(BarContent{}.content(), naming);
  CHECK(error.cause() == "it has no physical group \"Volume 9\"");
  CHECK(error.remedy() == "correct [field.groups]; volumes of the file: \"fat\", \"disc\"; "
                          "surfaces: \"E1\", \"ground\", \"extra\"");
}

TEST_CASE("missing contacts and ground are named", "[field][user mesh]") {
  MeshNaming naming = bar_naming;
  naming.contacts = {"E1", "E2"};
  const ConfigError contact = refused(BarContent{}.content(), naming);
  CHECK(contact.cause() == "no physical group is contact \"E2\" of the study's lead");
  CHECK_THAT(contact.remedy(), Contains("surfaces of the file: \"E1\", \"ground\", \"extra\""));
  BarContent bar;
  bar.surfaces[1] = "insulated";
  CHECK(refused(bar.content(), bar_naming).cause() ==
        "no physical group is \"ground\", the outer boundary");
}

TEST_CASE("elements other than tetrahedra and triangles are refused", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  content.foreign = {{"Quadrilateral 4", 2, 3, 40}, {"Hexahedron 8", 3, 12, 77}};
  const ConfigError error = refused(content, bar_naming);
  CHECK(error.place() == "bar.msh, element 77");
  CHECK_THAT(error.cause(), Contains("of kind \"Hexahedron 8\", as are 12 elements"));
  content = BarContent{}.content();
  content.tets = {};
  const ConfigError none = refused(content, bar_naming);
  CHECK(none.cause() == "it has no tetrahedra");
  CHECK_THAT(none.remedy(), Contains("gmsh -3"));
}
