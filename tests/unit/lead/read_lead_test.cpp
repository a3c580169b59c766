#include "config/table.hpp"
#include "core/error.hpp"
#include "lead/placement.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::lead;
using Catch::Matchers::Contains;

namespace {

anatomy::Nerve straight_nerve() {
  anatomy::Nerve nerve;
  nerve.course = std::make_shared<geometry::Curve>(
      std::vector<Vector3d>{{0, 0, 0.05}, {0, 0, -0.07}}, -Vector3d::UnitY());
  nerve.radius = 2.8e-3;
  nerve.foramen_s = 0.05;
  return nerve;
}

PlacedLead read(const std::string& toml) {
  const anatomy::Nerve nerve = straight_nerve();
  config::Document document = config::Document::from_text(toml, "study.toml");
  PlacedLead lead = read_lead(document.root().table("lead", "The lead."), nerve,
                              anatomy::TissueLibrary::standard(), Vector3d::Zero(), 0.1);
  document.finish();
  return lead;
}

std::optional<PlacedLead> read_meshed(const std::string& toml) {
  const anatomy::Nerve nerve = straight_nerve();
  config::Document document = config::Document::from_text(toml, "study.toml");
  config::Table table = document.root().table("lead", "The lead.");
  const PlacedLead lead =
      read_lead(table, nerve, anatomy::TissueLibrary::standard(), Vector3d::Zero(), 0.1);
  auto meshed = read_mesh_pose(table, lead, nerve, Vector3d::Zero(), 0.1);
  document.finish();
  return meshed;
}

} // namespace

TEST_CASE("an empty [lead] is an octrode 1 mm dorsal of the nerve", "[lead][config]") {
  const PlacedLead lead = read("");
  CHECK(lead.model.name == "octrode");
  CHECK(lead.tip.y() == Approx(-(2.8e-3 + 1e-3 + 0.65e-3)));
  CHECK(lead.encapsulation.thickness == 0.0);
}

TEST_CASE("every key of [lead] is read", "[lead][config]") {
  const PlacedLead lead =
      read("[lead]\nmodel = \"drg_slimtip\"\nclearance = \"2 mm\"\nangle = \"180 deg\"\n"
           "position = \"5 mm\"\ntilt = \"0 deg\"\nroll = \"10 deg\"\ntip = \"distal\"\n"
           "encapsulation = {thickness = \"0.2 mm\", tissue = \"saline\"}\n");
  CHECK(lead.model.name == "drg_slimtip");
  CHECK(lead.tip.y() == Approx(2.8e-3 + 2e-3 + 0.5e-3));
  CHECK(lead.direction.z() == Approx(1.0));
  CHECK(lead.encapsulation.thickness == Approx(0.2e-3));
  CHECK(lead.encapsulation.tissue == "saline");
}

TEST_CASE("a bent lead is read with its arc", "[lead][config]") {
  const PlacedLead bent =
      read("[lead]\nshape = \"bent\"\nbend = {radius = \"50 mm\", towards = \"90 deg\"}\n");
  CHECK(smallest_bend_radius(bent) == Approx(50e-3).epsilon(1e-4));
  CHECK(bent.point(0.0).x() * bent.frame(26e-3).origin.y() != 0.0); // out of the plane x = 0
  CHECK(smallest_bend_radius(read("[lead]\nshape = \"bent\"\n")) == Approx(40e-3).epsilon(1e-4));
  CHECK(read("[lead]\nshape = \"follows nerve\"\n").bend);
  CHECK_FALSE(read("[lead]\nshape = \"straight\"\n").bend);
}

TEST_CASE("bad bends are refused where they stand", "[lead][config][errors]") {
  CHECK_THROWS_WITH(read("[lead]\nshape = \"curved\"\n"),
                    Contains("study.toml:2") && Contains("follows nerve"));
  CHECK_THROWS_WITH(read("[lead]\nbend = {radius = \"50 mm\"}\n"),
                    Contains("study.toml:2") &&
                        Contains("a lead of shape \"straight\" has no arc") &&
                        Contains("set shape = \"bent\", or remove `bend`"));
  CHECK_THROWS_WITH(read("[lead]\nshape = \"bent\"\nbend = {radius = \"2 mm\"}\n"),
                    Contains("study.toml:3") && Contains("it can be meshed from 3.90 mm on"));
  CHECK_THROWS_WITH(read("[lead]\nshape = \"follows nerve\"\ntilt = \"3 deg\"\n"),
                    Contains("study.toml:3") && Contains("has no tilt"));
}

TEST_CASE("bad values of [lead] are refused where they stand", "[lead][config][errors]") {
  CHECK_THROWS_WITH(read("[lead]\nmodel = \"octrod\"\n"),
                    Contains("study.toml:2") && Contains("octrode"));
  CHECK_THROWS_WITH(read("[lead]\nclearance = 1.0\n"), Contains("study.toml:2") && Contains("mm"));
  CHECK_THROWS_WITH(read("[lead]\nclearance = \"-1 mm\"\n"), Contains("study.toml:2"));
  CHECK_THROWS_WITH(read("[lead]\ntilt = \"100 deg\"\n"), Contains("study.toml:2"));
  CHECK_THROWS_WITH(read("[lead]\ntip = \"up\"\n"), Contains("proximal"));
  CHECK_THROWS_WITH(read("[lead]\nclearence = \"1 mm\"\n"), Contains("clearance"));
  CHECK_THROWS_WITH(read("[lead]\nmodel = \"octrode\"\nfile = \"x.toml\"\n"),
                    Contains("both `model` and `file`"));
  CHECK_THROWS_WITH(read("[lead.encapsulation]\ntissue = \"salin\"\n"),
                    Contains("study.toml:2") && Contains("saline"));
  CHECK_THROWS_WITH(read("[lead.encapsulation]\ntissue = \"muscle\"\n"), Contains("isotropic"));
  CHECK_THROWS_WITH(read("[lead.encapsulation]\nthickness = \"0.01 mm\"\n"),
                    Contains("thinner than 0.05 mm cannot be meshed"));
}

TEST_CASE("a lead without room is refused with the line of its key", "[lead][config][errors]") {
  CHECK_THROWS_WITH(read("[lead]\nclearance = \"0.2 mm\"\n"
                         "encapsulation = {thickness = \"0.5 mm\"}\n"),
                    Contains("study.toml:3") && Contains("cuts the nerve by 0.30 mm"));
  CHECK_THROWS_WITH(read("[lead]\nposition = \"60 mm\"\n"),
                    Contains("study.toml:2") && Contains("leaves the domain by"));
}

TEST_CASE("the pose in which a lead is meshed is the lead's own where it says nothing",
          "[lead][config]") {
  CHECK_FALSE(read_meshed("[lead]\nclearance = \"2 mm\"\n"));
  const auto meshed = read_meshed("[lead]\nmodel = \"drg_slimtip\"\nclearance = \"2 mm\"\n"
                                  "position = \"5 mm\"\nencapsulation = {thickness = \"0.2 mm\"}\n"
                                  "mesh_pose = {position = \"4 mm\"}\n");
  REQUIRE(meshed);
  CHECK(meshed->model.name == "drg_slimtip");
  CHECK(meshed->encapsulation.thickness == Approx(0.2e-3));
  CHECK(meshed->placement.clearance.si() == Approx(2e-3));
  const auto there = read("[lead]\nmodel = \"drg_slimtip\"\nclearance = \"2 mm\"\n"
                          "position = \"4 mm\"\nencapsulation = {thickness = \"0.2 mm\"}\n");
  CHECK(meshed->tip == there.tip);
  CHECK(meshed->direction == there.direction);
}

TEST_CASE("a pose in which no lead can be meshed, or from which none can come, is refused",
          "[lead][config][errors]") {
  CHECK_THROWS_WITH(read_meshed("[lead]\nmesh_pose = {clearance = \"0.01 mm\"}\n"),
                    Contains("study.toml:2") && Contains("the mesh needs 0.05 mm"));
  CHECK_THROWS_WITH(read_meshed("[lead]\n[lead.mesh_pose]\nposition = \"60 mm\"\n"),
                    Contains("study.toml:3") && Contains("leaves the domain by"));
  CHECK_THROWS_WITH(read_meshed("[lead.mesh_pose]\nclearence = \"1 mm\"\n"),
                    Contains("study.toml:2") && Contains("clearance"));
  CHECK_THROWS_WITH(read_meshed("[lead]\nshape = \"follows nerve\"\nmesh_pose = {}\n"),
                    Contains("study.toml:3") && Contains("no mesh follows it"));
  // Bent: moved along it keeps its arc, around the nerve it does not.
  const std::string bent = "[lead]\nshape = \"bent\"\nbend = {radius = \"50 mm\"}\n";
  CHECK(read_meshed(bent + "mesh_pose = {position = \"9 mm\", clearance = \"2 mm\"}\n"));
  CHECK_THROWS_WITH(read_meshed(bent + "mesh_pose = {angle = \"5 deg\"}\n"),
                    Contains("study.toml:4") && Contains("its bend would not"));
}
