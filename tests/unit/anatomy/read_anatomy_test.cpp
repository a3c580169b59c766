#include "anatomy/frequency.hpp"
#include "anatomy/lumbar.hpp"
#include "config/table.hpp"
#include "core/error.hpp"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::anatomy;
using Catch::Matchers::Contains;

namespace {

Anatomy read(const std::string& toml) {
  config::Document document = config::Document::from_text(toml, "study.toml");
  Anatomy anatomy = read_anatomy(document.root(), 1);
  document.finish();
  return anatomy;
}
Anatomy primitives(const std::string& toml) {
  return read("[anatomy]\nmodel = \"primitives\"\n" + toml);
}
Anatomy part(const std::string& keys) {
  return primitives("[[anatomy.parts]]\n" + keys);
}
std::string tissue(const Anatomy& anatomy, double x_mm, double y_mm, double z_mm) {
  return anatomy.scene.tissue_at({x_mm * 1e-3, y_mm * 1e-3, z_mm * 1e-3}).name;
}

} // namespace

TEST_CASE("homogeneous is one conductivity and a straight nerve without fascicles",
          "[anatomy][config]") {
  const Anatomy anatomy = read("[anatomy]\nmodel = \"homogeneous\"\nconductivity = \"0.2 S/m\"\n");
  CHECK(anatomy.scene.uniform());
  CHECK(anatomy.scene.conductivity({0.1, 0.2, 0.3})(1, 1) == Approx(0.2));
  CHECK(anatomy.nerve.fascicles.empty());
  CHECK(anatomy.nerve.epineurium == anatomy.scene.background());
  CHECK(anatomy.nerve.course->point(anatomy.nerve.foramen_s).norm() < 1e-12); // at the origin
  CHECK(anatomy.nerve.course->tangent(0.0).z() == Approx(-1.0));              // caudal
  CHECK(anatomy.nerve.course->frame(0.0).u.y() == Approx(-1.0));              // u is dorsal
}

TEST_CASE("an anisotropic medium conducts along its direction, as does its nerve",
          "[anatomy][config]") {
  const Anatomy anatomy = read("[anatomy]\nmodel = \"homogeneous\"\nalong = \"0.35 S/m\"\n"
                               "across = \"0.086 S/m\"\ndirection = [0.0, 0.0, 1.0]\n");
  CHECK(anatomy.scene.conductivity({0, 0, 0})(2, 2) == Approx(0.35));
  CHECK(anatomy.scene.conductivity({0, 0, 0})(0, 0) == Approx(0.086));
  CHECK(anatomy.nerve.course->tangent(0.0).z() == Approx(1.0));
  CHECK_THROWS_WITH(read("[anatomy]\nmodel = \"homogeneous\"\nalong = \"0.35 S/m\"\n"
                         "across = \"0.086 S/m\"\n[anatomy.nerve]\ndirection = [1.0, 0.0, 0.0]\n"),
                    Contains("does not run along the anisotropic medium's direction"));
}

TEST_CASE("a homogeneous medium without a conductivity, or with two, is refused",
          "[anatomy][config][errors]") {
  CHECK_THROWS_WITH(read("[anatomy]\nmodel = \"homogeneous\"\n"), Contains("conductivity"));
  CHECK_THROWS_WITH(read("[anatomy]\nmodel = \"homogeneous\"\nconductivity = \"1 S/m\"\n"
                         "along = \"1 S/m\"\nacross = \"1 S/m\"\n"),
                    Contains("either one conductivity or along and across"));
  CHECK_THROWS_WITH(read("[anatomy]\nmodel = \"homogeneous\"\nconductivity = \"-1 S/m\"\n"),
                    Contains("study.toml:3"));
}

TEST_CASE("every shape of primitive is placed, later ones on top", "[anatomy][config]") {
  const Anatomy anatomy = primitives(R"(
background = "muscle"
background_direction = [0.0, 1.0, 0.0]
[[anatomy.parts]]
shape = "half_space"
tissue = "fat"
point = ["0 mm", "-20 mm", "0 mm"]
outward_normal = [0.0, 1.0, 0.0]
[[anatomy.parts]]
name = "plate"
shape = "box"
tissue = "bone_cortical"
centre = ["30 mm", "0 mm", "0 mm"]
size = ["10 mm", "20 mm", "60 mm"]
rounding = "1 mm"
turn_axis = [0.0, 0.0, 1.0]
turn_angle = "90 deg"
[[anatomy.parts]]
shape = "sphere"
tissue = "csf"
centre = ["30 mm", "0 mm", "0 mm"]
radius = "2 mm"
[[anatomy.parts]]
shape = "ellipsoid"
tissue = "blood"
centre = ["-30 mm", "0 mm", "0 mm"]
semi_axes = ["2 mm", "4 mm", "8 mm"]
[[anatomy.parts]]
shape = "cylinder"
tissue = "dura"
base = ["0 mm", "30 mm", "-10 mm"]
top = ["0 mm", "30 mm", "10 mm"]
radius = "5 mm"
[[anatomy.parts]]
shape = "elliptic_cylinder"
tissue = "disc"
base = ["0 mm", "50 mm", "-10 mm"]
top = ["0 mm", "50 mm", "10 mm"]
semi_axes = ["8 mm", "3 mm"]
[[anatomy.parts]]
shape = "tube"
tissue = "muscle"
direction = [0.0, 0.0, 2.0]
radius = "2 mm"
end_radius = "4 mm"
points = [{ at = ["-60 mm", "0 mm", "0 mm"] }, { at = ["-60 mm", "0 mm", "40 mm"] }]
)");
  CHECK(anatomy.scene.conductivity({0.05, 0, 0.05})(1, 1) == Approx(0.35)); // background
  CHECK(tissue(anatomy, 0, -30, 0) == "fat");
  CHECK(tissue(anatomy, 38, 0, 20) == "bone_cortical"); // turned: 20 mm along x
  CHECK(tissue(anatomy, 30, 8, 20) == "muscle");
  CHECK(tissue(anatomy, 30, 1, 0) == "csf"); // on top of the plate
  CHECK(tissue(anatomy, -30, 3, 0) == "blood");
  CHECK(tissue(anatomy, -30, 0, 7) == "blood");
  CHECK(tissue(anatomy, 4, 30, 5) == "dura");
  CHECK(tissue(anatomy, 7, 50, 0) == "disc");
  CHECK(tissue(anatomy, 0, 54, 0) == "muscle");
  CHECK(anatomy.scene.conductivity({-0.0635, 0, 0.039})(2, 2) == Approx(0.35)); // tapered end
  CHECK(anatomy.scene.conductivity({-0.0635, 0, 0.001})(2, 2) == Approx(0.086));
  CHECK(anatomy.scene.parts()[1].name == "plate");
  CHECK(anatomy.nerve.fascicles.size() == 10);
}

TEST_CASE("the nerve of primitives may follow points", "[anatomy][config]") {
  const Anatomy anatomy = primitives(R"(
[anatomy.nerve]
diameter = "3 mm"
foramen_position = "30 mm"
dorsal = [1.0, 0.0, 0.0]
points = [{ at = ["0 mm", "0 mm", "40 mm"] }, { at = ["0 mm", "5 mm", "0 mm"] },
          { at = ["0 mm", "0 mm", "-40 mm"] }]
)");
  CHECK(anatomy.nerve.radius == Approx(1.5e-3));
  CHECK(anatomy.nerve.foramen_s == Approx(0.03));
  CHECK(anatomy.nerve.course->frame(0.0).u.x() == Approx(1.0));
  CHECK((anatomy.nerve.course->point(0.5 * anatomy.nerve.course->length()) - Vector3d(0, 5e-3, 0))
            .norm() < 1e-6);
}

TEST_CASE("bad primitives are refused where they stand", "[anatomy][config][errors]") {
  CHECK_THROWS_WITH(part("shape = \"cube\"\ntissue = \"fat\"\n"),
                    Contains("study.toml:4") && Contains("box"));
  CHECK_THROWS_WITH(part("shape = \"sphere\"\ntissue = \"fatt\"\n"),
                    Contains("study.toml:5") && Contains("fat"));
  CHECK_THROWS_WITH(part("shape = \"sphere\"\ntissue = \"fat\"\nradius = \"1 mm\"\n"),
                    Contains("`centre` is missing"));
  CHECK_THROWS_WITH(part("shape = \"sphere\"\ntissue = \"fat\"\nradius = \"1 mm\"\ncentre = [\"1 "
                         "mm\", \"2 mm\"]\n"),
                    Contains("2 lengths where 3 belong"));
  CHECK_THROWS_WITH(
      part("shape = \"box\"\ntissue = \"fat\"\ncentre = [\"1 mm\", \"2 mm\", \"0 mm\"]\n"
           "size = [\"1 mm\", \"0 mm\", \"1 mm\"]\n"),
      Contains("not positive"));
  CHECK_THROWS_WITH(
      part("shape = \"cylinder\"\ntissue = \"fat\"\nradius = \"1 mm\"\n"
           "base = [\"1 mm\", \"2 mm\", \"0 mm\"]\ntop = [\"1 mm\", \"2 mm\", \"0 mm\"]\n"),
      Contains("the same point"));
  CHECK_THROWS_WITH(
      part("shape = \"half_space\"\ntissue = \"fat\"\npoint = [\"1 mm\", \"2 mm\", \"0 mm\"]\n"
           "outward_normal = [0.0, 0.0, 0.0]\n"),
      Contains("direction of length zero"));
  CHECK_THROWS_WITH(part("shape = \"tube\"\ntissue = \"fat\"\nradius = \"1 mm\"\n"),
                    Contains("a tube without points"));
  CHECK_THROWS_WITH(part("shape = \"tube\"\ntissue = \"fat\"\nradius = \"1 mm\"\n"
                         "points = [{ at = [\"1 mm\", \"2 mm\", \"0 mm\"] }]\n"),
                    Contains("one point makes no course"));
  CHECK_THROWS_WITH(part("shape = \"sphere\"\ntissue = \"muscle\"\nradius = \"1 mm\"\n"
                         "centre = [\"1 mm\", \"2 mm\", \"0 mm\"]\n"),
                    Contains("muscle conducts differently along a direction") &&
                        Contains("direction = [x, y, z]"));
  CHECK_THROWS_WITH(part("shape = \"sphere\"\ntissue = \"fat\"\nradius = \"1 mm\"\n"
                         "centre = [\"1 mm\", \"2 mm\", \"0 mm\"]\nradios = \"2 mm\"\n"),
                    Contains("radios"));
}

TEST_CASE("a nerve that cannot be is refused", "[anatomy][config][errors]") {
  CHECK_THROWS_WITH(primitives("[anatomy.nerve]\ndorsal = [0.0, 0.0, 1.0]\n"),
                    Contains("parallel to the nerve's start"));
  CHECK_THROWS_WITH(primitives("[anatomy.nerve]\nlength = \"300 mm\"\n"),
                    Contains("the nerve leaves the domain by"));
  CHECK_THROWS_WITH(primitives("[anatomy.nerve]\nlength = \"40 mm\"\n"),
                    Contains("beyond the nerve's length of 40 mm"));
  CHECK_THROWS_WITH(
      primitives("[anatomy.nerve]\nforamen_position = \"1 mm\"\npoints = ["
                 "{at = [\"0 mm\", \"0 mm\", \"0 mm\"]}, {at = [\"0 mm\", \"0 mm\", \"9 mm\"]}, "
                 "{at = [\"2 mm\", \"0 mm\", \"0 mm\"]}]\n"),
      Contains("too tight for its own radius"));
}

TEST_CASE("a perineurium is given by rule, by frequency formula or by its sheet resistance",
          "[anatomy][config]") {
  const std::string nerve = "[anatomy.nerve.fascicles]\nlayout = \"listed\"\n"
                            "[[anatomy.nerve.fascicles.disc]]\nu = \"0 mm\"\nv = \"0 mm\"\n"
                            "diameter = \"1 mm\"\n[anatomy.nerve.perineurium]\n";
  const auto resistance = [&nerve](const std::string& keys, Frequency f) {
    Anatomy anatomy = primitives(nerve + keys);
    evaluate_at(anatomy, f);
    return SheetResistance::from_si(anatomy.nerve.fascicles.at(0).sheet_resistance).in(ohm_cm2);
  };
  const double static_value = 47.52e-6 * 1149.0 * 1e4; // ohm cm^2
  CHECK(resistance("", 1.0 * kHz) == Approx(static_value));
  CHECK(resistance("rule = \"grinberg\"\n", 1.0 * kHz) == Approx(30e-6 * 1149.0 * 1e4));
  CHECK(resistance("resistance = \"546 ohm*cm^2\"\n", 1.0 * kHz) == Approx(546.0));
  // The table of Weerasuriya's formula: 604 ohm m at 5 kHz.
  CHECK(resistance("frequency_formula = true\n", 5.0 * kHz) ==
        Approx(47.52e-6 * 604.0 * 1e4).epsilon(1e-3));
  CHECK_FALSE(depends_on_frequency(primitives(nerve)));
  CHECK(depends_on_frequency(primitives(nerve + "frequency_formula = true\n")));
  CHECK_THROWS_WITH(resistance("resistance = \"546 ohm*cm^2\"\nrule = \"human\"\n", 1.0 * kHz),
                    Contains("the sheet resistance is given as it is") &&
                        Contains("remove `rule` or `resistance`"));
  CHECK_THROWS_WITH(
      resistance("frequency_formula = true\nconductivity = \"1e-3 S/m\"\n", 1.0 * kHz),
      Contains("the frequency formula decides the conductivity"));
}

TEST_CASE("an anisotropic background follows its dispersion", "[anatomy][config]") {
  Anatomy anatomy = read("[tissues.muscle]\ndispersion = \"muscle\"\n[anatomy]\n"
                         "model = \"primitives\"\nbackground = \"muscle\"\n"
                         "background_direction = [0.0, 1.0, 0.0]\n");
  evaluate_at(anatomy, 10.0 * kHz);
  const Eigen::Matrix3d sigma = anatomy.scene.conductivity({0.0, 0.0, 0.0});
  CHECK(std::cbrt(sigma.determinant()) == Approx(0.341).margin(5e-4)); // Gabriel 1996
  CHECK(sigma(1, 1) / sigma(0, 0) == Approx(0.35 / 0.086));
}
