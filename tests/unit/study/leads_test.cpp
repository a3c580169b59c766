#include "core/error.hpp"
#include "lead/lead_gap.hpp"
#include "study/contact_configuration.hpp"
#include "study/fibre_set.hpp"
#include "study/read_leads.hpp"
#include "study/slices.hpp"
#include "study/stages.hpp"
#include "study/warnings.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace foramen;
using namespace foramen::study;
using Catch::Matchers::Contains;

namespace {

// Around a straight nerve of radius 2.8 mm.
config::Document document(const std::string& leads, const std::string& more = "") {
  return config::Document::from_text(R"([anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
)" + leads + R"(
[populations.alpha_motor]
model = "mrg"
diameter = "12 um"
count = 2
[programmes.motor]
pulse = { shape = "biphasic", width = "210 us" }
)" + more,
                                     "study.toml");
}

Study read(const std::string& leads, const std::string& more = "") {
  auto text = document(leads, more);
  return read_study(text);
}

const std::string one = R"(
[lead]
model = "drg_slimtip"
angle = "90 deg"
)";
const std::string two = R"(
[leads.cranial]
model = "drg_slimtip"
angle = "270 deg"
[leads.caudal]
model = "octrode"
angle = "90 deg"
clearance = "2 mm"
)";

std::vector<std::string> programmes_of(const Study& study) {
  std::vector<std::string> names;
  for (const stimulus::Programme& programme : study.programmes)
    names.push_back(programme.name);
  return names;
}

} // namespace

TEST_CASE("a lead alone has contacts without its name", "[study]") {
  const Study study = read(one);
  REQUIRE(study.leads.size() == 1);
  CHECK(names_of(study.contacts) == std::vector<std::string>{"E1", "E2", "E3", "E4"});
  CHECK(file_name_of(study.contacts[2]) == "E3");
  CHECK(table_of(study.leads[0]) == "lead");
}

TEST_CASE("contacts of several leads stand in a row under their leads' names", "[study]") {
  const Study study = read(two);
  REQUIRE(study.leads.size() == 2);
  REQUIRE(study.contacts.size() == 4 + 8);
  CHECK(study.contacts[0].name == "cranial:E1");
  CHECK(study.contacts[4].name == "caudal:E1");
  CHECK(study.contacts[4].lead == 1);
  CHECK(study.contacts[11].centre == study.leads[1].contact_centre(7));
  CHECK(study.contacts[11].area == study.leads[1].model.contact_area(7));
  CHECK(file_name_of(study.contacts[11]) == "caudal_E8");
  CHECK(table_of(study.leads[1]) == "leads.caudal");
  // On opposite sides of the nerve, at their own clearances.
  const auto& course = *study.anatomy.nerve.course;
  CHECK(course.closest(study.contacts[0].centre).distance ==
        Approx(2.8e-3 + 1e-3 + 0.5 * study.leads[0].model.diameter));
  CHECK(course.closest(study.contacts[4].centre).distance == Approx(2.8e-3 + 2e-3 + 0.65e-3));
  const auto outwards = [&](std::size_t contact) {
    const Eigen::Vector3d p = study.contacts[contact].centre;
    return Eigen::Vector3d(p - course.point(course.closest(p).s));
  };
  CHECK(outwards(0).normalized().dot(outwards(4).normalized()) == Approx(-1.0));
}

TEST_CASE("the mesh has the study's contacts in the study's order", "[study]") {
  const Study study = read(two + "[leads.caudal.interface]\nresistance = \"60 ohm*cm^2\"\n");
  const field::VolumeScene scene = study_scene(study);
  REQUIRE(scene.electrodes.size() == study.contacts.size());
  for (std::size_t i = 0; i < scene.electrodes.size(); ++i) {
    CHECK(scene.electrodes[i].name == study.contacts[i].name);
    CHECK(scene.electrodes[i].surface_resistance == Approx(i < 4 ? 0.0 : 60e-4));
  }
}

TEST_CASE("each and adjacent pairs go over all leads, pairs stay on one", "[study]") {
  const Study study = read(two);
  const std::vector<std::string> names = programmes_of(study);
  REQUIRE(names.size() == 12 + 3 + 7);
  CHECK(names[0] == "motor cranial:E1- case+");
  CHECK(names[11] == "motor caudal:E8- case+");
  CHECK(names[14] == "motor cranial:E3- cranial:E4+");
  CHECK(names[15] == "motor caudal:E1- caudal:E2+");
  CHECK(study.programmes[15].weights[3] == 0.0);
  CHECK(study.programmes[15].weights[4] == 1.0);
}

TEST_CASE("a configuration may join contacts of two leads", "[study]") {
  const std::vector<std::string> names = names_of(read(two).contacts);
  std::vector<ContactConfiguration> configurations;
  REQUIRE(expand_contacts("cranial:E1- caudal:E3+", names, configurations).cause.empty());
  CHECK(configurations[0].name == "cranial:E1- caudal:E3+");
  CHECK(configurations[0].weights[0] == 1.0);
  CHECK(configurations[0].weights[6] == -1.0);
  const auto bare = expand_contacts("E3- case+", names, configurations);
  CHECK(bare.cause == "the lead has no contact \"E3\"");
  CHECK(bare.remedy == "did you mean \"cranial:E3\"? its contacts are cranial:E1 to cranial:E4, "
                       "caudal:E1 to caudal:E8, and case");
}

TEST_CASE("potentials of two leads are those of each alone, side by side", "[study]") {
  const std::string points = "[field]\nkind = \"point_sources\"\n";
  const tests::TemporaryFolder folder;
  Cache cache(folder / "cache");
  const auto potentials = [&](const Study& study) {
    const auto fibres = place_fibres(study.anatomy.nerve, study.populations[0], study.seed);
    return fibre_potentials(study, nullptr, study.populations[0], fibres, cache, silent())[0];
  };
  const std::size_t colon = two.find("[leads.caudal]");
  const auto both = potentials(read(two, points));
  const auto cranial = potentials(read(two.substr(0, colon), points));
  const auto caudal = potentials(read(two.substr(colon), points));
  REQUIRE(both.size() == cranial.size() + caudal.size());
  for (std::size_t k = 0; k < both.size() / 12; k += 17) {
    CHECK(both[12 * k + 2] == cranial[4 * k + 2]);
    CHECK(both[12 * k + 9] == caudal[8 * k + 5]);
  }
  // And a lead in [leads] is the same lead as in [lead].
  std::string alone = two.substr(0, colon);
  alone.replace(alone.find("leads.cranial"), std::string("leads.cranial").size(), "lead");
  CHECK(potentials(read(alone, points)) == cranial);
}

TEST_CASE("a fibre's distance is that to the nearest lead, and slices show both", "[study]") {
  const Study study = read(two);
  const std::size_t colon = two.find("[leads.caudal]");
  const Study cranial = read(two.substr(0, colon)), caudal = read(two.substr(colon));
  for (const PlacedFibre& fibre :
       place_fibres(study.anatomy.nerve, study.populations[0], study.seed))
    CHECK(distance_to_lead(study, fibre) ==
          std::min(distance_to_lead(cranial, fibre), distance_to_lead(caudal, fibre)));
  const Plane across = field_planes(study, 8)[0]; // in the middle of both
  const std::vector<int> image = tissue_image(study, across);
  const std::size_t width = across.x.size();
  const int lead = static_cast<int>(tissue_names(study).size()) - 1;
  const auto half = [&](bool right) {
    int n = 0;
    for (std::size_t i = 0; i < image.size(); ++i) {
      // 90 and 270 degrees: along v, the plane's rows.
      const bool upper = i / width > across.y.size() / 2;
      n += upper == right && image[i] == lead ? 1 : 0;
    }
    return n;
  };
  CHECK(half(true) > 10);
  CHECK(half(false) > 10);
}

TEST_CASE("leads that cut each other or come too near are refused by name and amount",
          "[study][errors]") {
  const auto pair = [](double angle, const std::string& more = "") {
    return concat("[leads.cranial]\nangle = \"0 deg\"\n", more, "[leads.caudal]\nangle = \"", angle,
                  " deg\"\n");
  };
  // Axes 4.45 mm from the nerve's: apart by 8.9 mm sin(angle / 2), less 1.3 mm.
  CHECK_THROWS_WITH(
      read(pair(10.0)), // 0.776 - 1.3 = -0.524 mm
      Contains("study.toml:") && Contains("leads cranial and caudal cut each other by 0.53 mm") &&
          Contains("move one of them by 0.63 mm or more") && Contains("`tilt` of [leads.caudal]"));
  CHECK_THROWS_WITH(read(pair(17.3)), // 1.339 - 1.3 = 0.039 mm
                    Contains("leads cranial and caudal are only 0.039 mm apart") &&
                        Contains("the mesh needs 0.1 mm") &&
                        Contains("move one of them by 0.07 mm or more"));
  CHECK_NOTHROW(read(pair(20.0))); // 1.545 - 1.3 = 0.245 mm
  CHECK_THROWS_WITH(read(pair(20.0, "encapsulation = { thickness = \"0.3 mm\" }\n")),
                    Contains("leads cranial and caudal, with their encapsulation, cut each other "
                             "by 0.06 mm"));
}

TEST_CASE("leads that contradict themselves are refused", "[study][errors]") {
  CHECK_THROWS_WITH(read(one + two), Contains("the study has both [lead] and [leads]") &&
                                         Contains("make it one of the named leads"));
  CHECK_THROWS_WITH(read("[leads]\n"),
                    Contains("the study has no lead") && Contains("for example [leads.cranial]"));
  CHECK_THROWS_WITH(read("[leads.\"left one\"]\nmodel = \"octrode\"\n"),
                    Contains("\"left one\" cannot stand before the names of contacts") &&
                        Contains("use letters, digits"));
  CHECK_THROWS_WITH(read(two + "[leads.third]\nclearence = \"2 mm\"\n"),
                    Contains("clearence") && Contains("did you mean \"clearance\"?"));
  CHECK_THROWS_WITH(read("[leads.cranial]\nclearance = \"0.01 mm\"\n"),
                    Contains("study.toml:5") && Contains("lie between the lead and the nerve"));
  CHECK_THROWS_WITH(read("[leads.cranial]\n[leads.cranial.interface]\nresistance = \"1 ohm*m^2\"\n",
                         "[field]\nkind = \"point_sources\"\n"),
                    Contains("remove [leads.cranial.interface]"));
}

TEST_CASE("a study with named leads runs again from its resolved text", "[study]") {
  const Study study = read(two);
  auto again = config::Document::from_text(study.resolved, "resolved.toml");
  CHECK(names_of(read_study(again).contacts) == names_of(study.contacts));
}

TEST_CASE("a key of a named lead is overridden as one of a lead alone", "[study]") {
  auto moved = document(two);
  moved.override_with("leads.caudal.position=13 mm");
  const Study before = read(two), after = read_study(moved);
  CHECK(after.leads[0].tip == before.leads[0].tip);
  CHECK((after.leads[1].tip - before.leads[1].tip).norm() == Approx(3e-3));
}

TEST_CASE("one lead of a study may be meshed elsewhere", "[study]") {
  CHECK_FALSE(read(one).mesh_pose);
  const Study study = read(two + "mesh_pose = {clearance = \"1.5 mm\"}\n");
  REQUIRE(study.mesh_pose);
  CHECK(study.mesh_pose->lead == 1);
  CHECK(study.mesh_pose->placed.name == "caudal");
  CHECK(study.mesh_pose->placed.tip != study.leads[1].tip);
}

TEST_CASE("poses to mesh in that cannot be are refused where they stand", "[study][errors]") {
  CHECK_THROWS_WITH(read("[leads.a]\nmesh_pose = {position = \"11 mm\"}\n"
                         "[leads.b]\nangle = \"180 deg\"\nmesh_pose = {position = \"11 mm\"}\n"),
                    Contains("study.toml:8") && Contains("can follow one lead, not two"));
  CHECK_THROWS_WITH(read("[leads.a]\n[leads.b]\nangle = \"180 deg\"\n"
                         "mesh_pose = {angle = \"10 deg\"}\n"),
                    Contains("study.toml:7") && Contains("leads a and b cut each other by") &&
                        Contains("of [leads.b.mesh_pose]"));
  CHECK_THROWS_WITH(read(one + "mesh_pose = {}\n", "[field]\nkind = \"point_sources\"\n"),
                    Contains("study.toml:8") && Contains("point sources need no mesh"));
}
