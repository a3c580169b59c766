#include "config/table.hpp"
#include "core/error.hpp"
#include "lead/generator_case.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::lead;
using Catch::Matchers::Contains;

namespace {

// A nerve down the z axis with its foramen at the origin, an octrode 1 mm dorsal of it, a ball of
// 150 mm.
std::optional<GeneratorCase> read(const std::string& toml) {
  anatomy::Nerve nerve;
  nerve.course = std::make_shared<geometry::Curve>(
      std::vector<Vector3d>{{0, 0, 0.05}, {0, 0, -0.07}}, -Vector3d::UnitY());
  nerve.radius = 2.8e-3;
  nerve.foramen_s = 0.05;
  const PlacedLead lead =
      place_beside(nerve, load_lead("octrode"), {}, {}, Vector3d::Zero(), 150e-3);
  config::Document document = config::Document::from_text(toml, "study.toml");
  auto result = read_generator_case(document.root(), nerve, {lead}, Vector3d::Zero(), 150e-3);
  document.finish();
  return result;
}
std::string with(const std::string& more,
                 const std::string& offset = R"(["40 mm", "-60 mm", "20 mm"])") {
  return "[case]\noffset = " + offset + "\nsize = [\"50 mm\", \"40 mm\", \"10 mm\"]\n" + more;
}

} // namespace

TEST_CASE("without [case] there is none", "[lead][case]") {
  CHECK_FALSE(read(""));
}

TEST_CASE("a case faces backwards, upright, with edges as round as its thickness", "[lead][case]") {
  const auto made = read(with(""));
  REQUIRE(made);
  CHECK((made->body.centre - Vector3d(40e-3, -60e-3, 20e-3)).norm() < 1e-15);
  CHECK((made->body.half_size - Vector3d(25e-3, 20e-3, 5e-3)).norm() < 1e-15);
  CHECK(made->body.rounding == Approx(5e-3));
  CHECK((made->body.axes.col(2) + Vector3d::UnitY()).norm() < 1e-15);
  CHECK((made->body.axes.col(1) - Vector3d::UnitZ()).norm() < 1e-15);
  CHECK(made->body.axes.determinant() == Approx(1.0));
}

TEST_CASE("a case may be turned, tipped and given sharper edges", "[lead][case]") {
  const auto made =
      read(with("rounding = \"2 mm\"\nfacing = [1.0, -1.0, 0.0]\nturn = \"90 deg\"\n"));
  REQUIRE(made);
  CHECK(made->body.rounding == Approx(2e-3));
  CHECK((made->body.axes.col(2) - Vector3d(1.0, -1.0, 0.0).normalized()).norm() < 1e-12);
  CHECK(std::abs(made->body.axes.col(0).z()) == Approx(1.0)); // the width now stands upright
  CHECK((made->body.axes.transpose() * made->body.axes - Eigen::Matrix3d::Identity()).norm() <
        1e-12);
  CHECK(read(with("facing = [0.0, 0.0, 1.0]\n"))->body.axes.col(2).z() == Approx(1.0));
}

TEST_CASE("a bad case is refused where it stands", "[lead][case][errors]") {
  CHECK_THROWS_WITH(read("[case]\nsize = [\"50 mm\", \"40 mm\", \"10 mm\"]\n"), Contains("offset"));
  CHECK_THROWS_WITH(read("[case]\noffset = [\"1 mm\", \"2 mm\", \"3 mm\"]\n"), Contains("size"));
  CHECK_THROWS_WITH(read("[case]\noffset = [\"40 mm\", \"-60 mm\", \"0 mm\"]\n"
                         "size = [\"50 mm\", \"40 mm\", \"1 mm\"]\n"),
                    Contains("study.toml:3") &&
                        Contains("a case measures between 2 mm and 200 mm"));
  CHECK_THROWS_WITH(read(with("rounding = \"6 mm\"\n")),
                    Contains("study.toml:4") &&
                        Contains("a case of 10.0 mm has no edges of radius 6.0 mm") &&
                        Contains("give at most 5.0 mm"));
  CHECK_THROWS_WITH(read(with("faceing = [0.0, 1.0, 0.0]\n")), Contains("facing"));
}

TEST_CASE("a case outside the domain is refused with the radius it needs", "[lead][case][errors]") {
  // Inner half sizes 20, 15, 0 mm: the corner at (130, -60, 35) mm lies 147.4 mm from the origin; 5
  // mm of rounding, 2 mm to the boundary: 154.4 mm.
  CHECK_NOTHROW(read(with("", R"(["100 mm", "-60 mm", "20 mm"])")));
  CHECK_THROWS_WITH(read(with("", R"(["110 mm", "-60 mm", "20 mm"])")),
                    Contains("study.toml:2") &&
                        Contains("the case leaves the domain: it needs a ball of 154.4 mm, which "
                                 "has 150.0 mm") &&
                        Contains("set anatomy.domain.radius = \"155 mm\" or more"));
}

TEST_CASE("a case near the nerve or the lead is refused, saying by how much",
          "[lead][case][errors]") {
  // Its front lies 5 mm before its middle; the nerve's back at -2.8 mm, the lead's at -5.1 mm.
  CHECK_THROWS_WITH(read(with("", R"(["0 mm", "-6 mm", "0 mm"])")),
                    Contains("the case cuts the nerve by 1.8 mm") &&
                        Contains("move the case, or turn it"));
  CHECK_THROWS_WITH(read(with("", R"(["0 mm", "-10.8 mm", "0 mm"])")),
                    Contains("only 3.0 mm lie between the case and the nerve; the mesh needs "
                             "5.0 mm"));
  CHECK_THROWS_WITH(read(with("", R"(["0 mm", "-14 mm", "0 mm"])")),
                    Contains("only 3.9 mm lie between the case and the lead"));
}
