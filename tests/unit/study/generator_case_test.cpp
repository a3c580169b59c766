// [case] in a study: what it brings into the scene, what it rules out.

#include "core/error.hpp"
#include "study/slices.hpp"
#include "study/stages.hpp"
#include "study/study.hpp"
#include "study/warnings.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace foramen;
using namespace foramen::study;
using Catch::Matchers::Contains;

namespace {

constexpr const char* homogeneous = "model = \"homogeneous\"\nconductivity = \"0.2 S/m\"\n";
constexpr const char* behind = "[case]\noffset = [\"0 mm\", \"-50 mm\", \"0 mm\"]\n"
                               "size = [\"40 mm\", \"40 mm\", \"10 mm\"]\n";

Study read(const std::string& more, const std::string& field = "",
           const std::string& anatomy = homogeneous) {
  auto document = config::Document::from_text("[anatomy]\n" + anatomy + R"([lead]
model = "drg_slimtip"
[lead.interface]
resistance = "60 ohm*cm^2"
[populations.alpha_motor]
model = "mrg"
count = 1
[programmes.motor]
pulse = { shape = "biphasic", width = "210 us" }
)" + more + "[field]\n" + field,
                                              "study.toml");
  return read_study(document);
}

} // namespace

TEST_CASE("without [case] the scene has contacts alone and a grounded boundary", "[study][case]") {
  const Study study = read("");
  CHECK_FALSE(study.generator_case);
  CHECK(study_scene(study).electrodes.size() == study.contacts.size());
  CHECK(study.field.boundary == field::OuterBoundary::grounded);
  const auto names = tissue_names(study);
  CHECK(std::find(names.begin(), names.end(), "case") == names.end());
}

TEST_CASE("[case] is the last electrode, without the contacts' interface, in an open ball",
          "[study][case]") {
  const Study study = read(behind);
  const field::VolumeScene scene = study_scene(study);
  const std::size_t contacts = study.contacts.size();
  REQUIRE(scene.electrodes.size() == contacts + 1);
  CHECK(scene.electrodes.back().name == "case");
  CHECK_FALSE(scene.electrodes.back().has_interface());
  CHECK(scene.electrodes.front().has_interface());
  const auto& fitted = scene.surfaces[static_cast<std::size_t>(scene.electrodes.back().surface)];
  CHECK(fitted.hole);
  CHECK(fitted.parent == 0);
  CHECK(scene.outer == field::OuterBoundary::open);
  CHECK(scene.region_is_uniform.size() == scene.surfaces.size());
  // Programmes keep one weight per contact: the return is in the potentials.
  CHECK(study.programmes.front().weights.size() == contacts);
  // Fine on the case, coarser away from it.
  const Eigen::Vector3d middle = study.generator_case->body.centre;
  CHECK(scene.size(middle + Eigen::Vector3d(0.0, -5e-3, 0.0)) == Approx(4e-3));
  CHECK(scene.size(middle + Eigen::Vector3d(0.0, -8e-3, 0.0)) > 4.9e-3);
}

TEST_CASE("slices show the case", "[study][case]") {
  const Study study = read(behind);
  const auto names = tissue_names(study);
  REQUIRE(names.back() == "case");
  const std::vector<Plane> planes = anatomical_planes(study, 0);
  const std::vector<int> axial = tissue_image(study, planes[0]);
  CHECK(std::count(axial.begin(), axial.end(), static_cast<int>(names.size()) - 1) > 50);
}

TEST_CASE("what would take the case's current is refused", "[study][case][errors]") {
  CHECK_THROWS_WITH(read(behind, "boundary = \"grounded\"\n"),
                    Contains("a grounded boundary is a conductor around everything") &&
                        Contains("set field.boundary = \"open\", or remove [case]"));
  CHECK_NOTHROW(read(behind, "boundary = \"open\"\n"));
  auto document = config::Document::from_text(std::string("[anatomy]\n") + homogeneous + behind +
                                                  "[field]\nkind = \"point_sources\"\n"
                                                  "[populations.alpha_motor]\n",
                                              "study.toml");
  CHECK_THROWS_WITH(read_study(document),
                    Contains("point sources know no bodies, but the study has a [case]") &&
                        Contains("set field.kind = \"finite_elements\", or remove [case]"));
}

TEST_CASE("a case in bone or outside the body is warned of", "[study][case]") {
  const std::string spine = "model = \"lumbar\"\n";
  const auto said = [](const Study& study) {
    std::string all;
    for (const std::string& line : warnings_before(study))
      all += line + "\n";
    return all;
  };
  const auto placed = [&](const std::string& offset) {
    return read("[case]\noffset = " + offset + "\nsize = [\"30 mm\", \"30 mm\", \"10 mm\"]\n", "",
                spine);
  };
  const std::string outside = said(placed(R"(["20 mm", "-85 mm", "0 mm"])"));
  CHECK_THAT(outside, Contains("the case lies to ") && Contains(" % outside the body") &&
                          Contains("move it with case.offset, or turn it"));
  const std::string in_spine = said(placed(R"(["-25 mm", "20 mm", "20 mm"])"));
  CHECK_THAT(in_spine, Contains(" % in bone, where no generator can be"));
  CHECK_THAT(said(read(behind)), !Contains("the case"));
}
