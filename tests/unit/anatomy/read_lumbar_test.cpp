#include "anatomy/lumbar.hpp"
#include "config/table.hpp"
#include "core/error.hpp"

#include <catch2/catch.hpp>

#include <numbers>

using namespace foramen;
using namespace foramen::anatomy;
using Catch::Matchers::Contains;

namespace {

Anatomy read(const std::string& toml, std::uint64_t seed = 1) {
  config::Document document = config::Document::from_text(toml, "study.toml");
  Anatomy anatomy = read_anatomy(document.root(), seed);
  document.finish();
  return anatomy;
}

} // namespace

TEST_CASE("an empty study is the right L5 nerve with packed fascicles", "[anatomy][config]") {
  const Anatomy anatomy = read("");
  CHECK(anatomy.nerve.level == "L5");
  CHECK(anatomy.nerve.radius == Approx(2.8e-3));
  CHECK(anatomy.nerve.fascicles.size() >= 6); // Kostelic 1991: 6 to 15
  CHECK(anatomy.nerve.fascicles.size() <= 15);
  CHECK(anatomy.domain_radius == Approx(0.1));
  CHECK_THAT(anatomy.innervation.dermatome, Contains("big toe"));
  CHECK_THAT(anatomy.innervation.key_muscles, Contains("tibialis anterior"));
  CHECK_FALSE(anatomy.innervation.source.empty());
  for (const Fascicle& f : anatomy.nerve.fascicles) {
    const double thickness = 0.03702 * 2.0 * f.radius + 10.5e-6; // Pelot's rule for man
    CHECK(f.sheet_resistance == Approx(thickness * 1149.0));
  }
  const double length = anatomy.nerve.course->length();
  for (double s = 0.0; s <= length; s += 1e-3)
    CHECK((anatomy.nerve.course->point(s) - anatomy.domain_centre).norm() < anatomy.domain_radius);
}

TEST_CASE("the same seed gives the same fascicles", "[anatomy][config]") {
  const Anatomy a = read("", 3), b = read("", 3), c = read("", 4);
  CHECK(a.nerve.fascicles[2].u == b.nerve.fascicles[2].u);
  CHECK(a.nerve.fascicles[2].u != c.nerve.fascicles[2].u);
}

TEST_CASE("level, side, sizes and domain are the study's", "[anatomy][config]") {
  const Anatomy anatomy = read("[anatomy]\nlevel = \"L4\"\nside = \"left\"\n"
                               "[anatomy.sizes]\npsoas_depth = \"40 mm\"\n"
                               "[anatomy.nerve]\ndiameter = \"4 mm\"\ndistal_length = \"60 mm\"\n"
                               "[anatomy.domain]\nradius = \"120 mm\"\n");
  CHECK(anatomy.nerve.level == "L4");
  CHECK(anatomy.nerve.radius == Approx(2e-3));
  CHECK(anatomy.nerve.course->point(anatomy.nerve.foramen_s).x() < 0.0);
  CHECK(anatomy.nerve.course->length() - anatomy.nerve.foramen_s == Approx(60e-3).margin(1e-6));
  CHECK(anatomy.domain_radius == Approx(0.12));
}

TEST_CASE("the resolved document makes the same anatomy", "[anatomy][config]") {
  config::Document document = config::Document::from_text(
      "[anatomy]\nlevel = \"L3\"\n[tissues.fat]\nconductivity = \"0.05 S/m\"\n", "study.toml");
  const Anatomy first = read_anatomy(document.root(), 1);
  document.finish();
  const Anatomy second = read(document.resolved());
  CHECK(second.nerve.level == "L3");
  CHECK(second.nerve.course->length() == first.nerve.course->length());
  CHECK(second.nerve.fascicles[3].u == first.nerve.fascicles[3].u);
  CHECK(second.nerve.fascicles[3].sheet_resistance == first.nerve.fascicles[3].sheet_resistance);
  CHECK(second.domain_centre == first.domain_centre);
  CHECK(second.scene.tissues().at("fat").across == first.scene.tissues().at("fat").across);
  CHECK(second.scene.parts().size() == first.scene.parts().size());
}

TEST_CASE("fascicles may be listed or left out", "[anatomy][config]") {
  const Anatomy listed = read("[anatomy.nerve.fascicles]\nlayout = \"listed\"\n"
                              "disc = [{u = \"0 mm\", v = \"1 mm\", diameter = \"1 mm\"}]\n"
                              "[anatomy.nerve.perineurium]\nrule = \"grinberg\"\n");
  REQUIRE(listed.nerve.fascicles.size() == 1);
  CHECK(listed.nerve.fascicles[0].v == Approx(1e-3));
  CHECK(listed.nerve.fascicles[0].sheet_resistance == Approx(30e-6 * 1149.0));
  CHECK(read("[anatomy.nerve.fascicles]\nlayout = \"none\"\n").nerve.fascicles.empty());
  const Anatomy fixed = read("[anatomy.nerve.perineurium]\nrule = \"fixed\"\n"
                             "thickness = \"20 um\"\nconductivity = \"1e-3 S/m\"\n");
  CHECK(fixed.nerve.fascicles[0].sheet_resistance == Approx(0.02));
}

TEST_CASE("bad values of a lumbar anatomy are refused where they stand",
          "[anatomy][config][errors]") {
  CHECK_THROWS_WITH(read("[anatomy]\nlevel = \"L6\"\n"),
                    Contains("study.toml:2") && Contains("L5"));
  CHECK_THROWS_WITH(read("[anatomy]\nlevel = \"S1\"\n"), Contains("bone of the sacrum"));
  CHECK_THROWS_WITH(read("[anatomy]\nmodel = \"lumber\"\n"), Contains("lumbar"));
  CHECK_THROWS_WITH(read("[anatomy]\nside = \"up\"\n"), Contains("left"));
  CHECK_THROWS_WITH(read("[anatomy.sizes]\nforamen_hight = \"20 mm\"\n"),
                    Contains("foramen_height"));
  CHECK_THROWS_WITH(read("[anatomy.sizes]\nforamen_height = 20\n"), Contains("20 mm"));
  CHECK_THROWS_WITH(read("[anatomy.sizes]\nforamen_height = \"2 mm\"\n"), Contains("12 mm"));
  CHECK_THROWS_WITH(read("[anatomy.sizes]\npsoas_lateral = \"26 mm\"\n"),
                    Contains("lies medial of its medial one"));
  CHECK_THROWS_WITH(read("[anatomy.nerve]\ndiameter = \"9 mm\"\n"),
                    Contains("does not fit under the pedicle"));
  CHECK_THROWS_WITH(read("[anatomy.sizes]\nsac_width = \"25 mm\"\ncanal_width = \"20 mm\"\n"),
                    Contains("does not fit into the bony canal"));
  CHECK_THROWS_WITH(read("[anatomy.sizes]\ntransverse_tip = \"28 mm\"\n"),
                    Contains("ends inside the pedicle"));
  CHECK_THROWS_WITH(read("[anatomy.sizes]\ndisc_height = \"18 mm\"\nforamen_height = \"12 mm\"\n"
                         "pedicle_height = \"14 mm\"\n"),
                    Contains("vertebral body would be only 8 mm high"));
  CHECK_THROWS_WITH(read("[anatomy.domain]\nradius = \"60 mm\"\n"),
                    Contains("study.toml:2") && Contains("the nerve leaves the domain by"));
  CHECK_THROWS_WITH(read("[tissues.fat]\nalong = \"1 S/m\"\nacross = \"2 S/m\"\n"),
                    Contains("no direction for fat"));
}

TEST_CASE("fascicles that cannot be are refused, saying why", "[anatomy][config][errors]") {
  CHECK_THROWS_WITH(read("[anatomy.nerve.fascicles]\ncount = 60\nsmallest_diameter = \"1 mm\"\n"),
                    Contains("60 fascicles of at least 1 mm do not fit into a nerve of 5.6 mm"));
  CHECK_THROWS_WITH(read("[anatomy.nerve.fascicles]\narea_fraction = 0.9\n"),
                    Contains("less than wanted") && Contains("study.toml:2"));
  CHECK_THROWS_WITH(read("[anatomy.nerve.fascicles]\nlayout = \"listed\"\n"),
                    Contains("no fascicle is listed"));
  const std::string listed = "[anatomy.nerve.fascicles]\nlayout = \"listed\"\ndisc = ["
                             "{u = \"0 mm\", v = \"0 mm\", diameter = \"2 mm\"}, ";
  CHECK_THROWS_WITH(read(listed + "{u = \"1 mm\", v = \"0 mm\", diameter = \"1 mm\"}]\n"),
                    Contains("fascicles 1 and 2 overlap by 0.5 mm"));
  CHECK_THROWS_WITH(read(listed + "{u = \"2.5 mm\", v = \"0 mm\", diameter = \"1 mm\"}]\n"),
                    Contains("fascicle 2 leaves the nerve by 0.2 mm"));
  CHECK_THROWS_WITH(read("[anatomy.nerve.perineurium]\nthickness = \"20 um\"\n"),
                    Contains("the rule \"human\" sets the thickness"));
  CHECK_THROWS_WITH(read("[anatomy.nerve]\nendoneurium = \"endoneurum\"\n"),
                    Contains("endoneurium"));
}
