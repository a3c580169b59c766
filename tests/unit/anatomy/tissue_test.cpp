#include "anatomy/tissue.hpp"
#include "config/table.hpp"
#include "core/error.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace foramen;
using namespace foramen::anatomy;
using Catch::Matchers::Contains;

namespace {

TissueLibrary library_of(const std::string& toml) {
  const auto path = std::filesystem::temp_directory_path() / "foramen_tissue_test.toml";
  std::ofstream(path) << toml;
  return TissueLibrary::from_file(path.string());
}
TissueLibrary with_study(const std::string& toml) {
  config::Document document = config::Document::from_text(toml, "study.toml");
  TissueLibrary library = TissueLibrary::standard();
  library.read_overrides(document.root());
  document.finish();
  return library;
}

} // namespace

TEST_CASE(
    "the standard library holds every tissue of a lumbar scene, each with a source and a range",
    "[anatomy][tissue]") {
  const TissueLibrary library = TissueLibrary::standard();
  for (const char* name : {"endoneurium",
                           "perineurium",
                           "epineurium",
                           "root",
                           "drg",
                           "muscle",
                           "fat",
                           "epidural_fat",
                           "foraminal_fat",
                           "bone_cortical",
                           "bone_cancellous",
                           "disc",
                           "dura",
                           "csf",
                           "blood",
                           "skin",
                           "ligament",
                           "encapsulation_chronic",
                           "encapsulation_acute",
                           "saline",
                           "air"})
    CHECK(library.has(name));
  for (const Tissue& tissue : library.all()) {
    INFO(tissue.name);
    CHECK_FALSE(tissue.source.empty());
    CHECK(tissue.low <= tissue.across);
    CHECK(tissue.across <= tissue.high);
    CHECK(tissue.along >= tissue.across);
  }
  CHECK(library.at("muscle").along.in(S_per_m) == Approx(0.35)); // Gielen 1984
  CHECK(library.at("muscle").across.in(S_per_m) == Approx(0.086));
  CHECK_FALSE(library.at("muscle").isotropic());
  CHECK(library.at("csf").isotropic());
  CHECK(library.names().front() == "endoneurium");
  CHECK(library.index("endoneurium") == 0);
}

TEST_CASE("a tissue without a source, or outside its own range, is refused", "[anatomy][tissue]") {
  CHECK_THROWS_WITH(library_of("[tissues.x]\nconductivity = \"1 S/m\"\nlow = \"1 S/m\"\n"
                               "high = \"2 S/m\"\n"),
                    Contains("source"));
  CHECK_THROWS_WITH(library_of("[tissues.x]\nconductivity = \"1 S/m\"\nlow = \"1 S/m\"\n"
                               "high = \"2 S/m\"\nsource = \"\"\n"),
                    Contains("without a source"));
  CHECK_THROWS_WITH(library_of("[tissues.x]\nconductivity = \"3 S/m\"\nlow = \"1 S/m\"\n"
                               "high = \"2 S/m\"\nsource = \"s\"\n"),
                    Contains("outside its own range 1 S/m to 2 S/m"));
  CHECK_THROWS_AS(library_of("[tissues.x]\nconductivity = \"-1 S/m\"\nlow = \"1 S/m\"\n"
                             "high = \"2 S/m\"\nsource = \"s\"\n"),
                  ConfigError);
}

TEST_CASE("a study overrides and adds tissues", "[anatomy][tissue]") {
  const TissueLibrary library =
      with_study("[tissues.fat]\nconductivity = \"0.1 S/m\"\n"
                 "[tissues.graft]\nalong = \"0.2 S/m\"\nacross = \"0.1 S/m\"\n");
  CHECK(library.at("fat").along.in(S_per_m) == Approx(0.1));
  CHECK(library.at("fat").high.in(S_per_m) == Approx(0.1)); // the range now holds it
  CHECK(library.at("fat").low.in(S_per_m) == Approx(0.021));
  CHECK(library.at("fat").source == "study");
  CHECK(library.at("graft").along.in(S_per_m) == Approx(0.2));
  CHECK(library.all().size() == TissueLibrary::standard().all().size() + 1);
}

TEST_CASE("contradictory conductivities of a study are refused", "[anatomy][tissue]") {
  CHECK_THROWS_WITH(with_study("[tissues.fat]\nconductivity = \"0.1 S/m\"\nalong = \"0.1 S/m\"\n"),
                    Contains("either one conductivity or the pair along, across") &&
                        Contains("study.toml:2"));
  CHECK_THROWS_WITH(with_study("[tissues.fat]\nalong = \"0.1 S/m\"\n"), Contains("across"));
  CHECK_THROWS_WITH(with_study("[tissues.graft]\nsource = \"s\"\n"), Contains("conductivity"));
  CHECK_THROWS_WITH(with_study("[tissues.fat]\nconductivity = 0.1\n"), Contains("0.1 S/m"));
  CHECK_THROWS_WITH(with_study("[tissues.fat]\nconductivity = \"0.1 S/m\"\nlow = \"0.2 S/m\"\n"),
                    Contains("does not hold the value 0.1 S/m"));
}

TEST_CASE("a tissue with a dispersion keeps its anisotropy and takes the geometric mean",
          "[anatomy][tissue]") {
  TissueLibrary library = with_study("[tissues.muscle]\ndispersion = \"muscle\"\n"
                                     "[tissues.fat]\ndispersion = \"fat\"\n");
  library.evaluate_at(10.0 * kHz);
  const Tissue& muscle = library.at("muscle");
  CHECK(muscle.along / muscle.across == Approx(0.35 / 0.086));
  CHECK(std::cbrt(muscle.along.si() * muscle.across.si() * muscle.across.si()) ==
        Approx(0.341).margin(5e-4));              // Gabriel 1996 at 10 kHz
  CHECK(muscle.low.in(S_per_m) == Approx(0.086)); // the range still holds the static value
  CHECK(muscle.high >= muscle.across);
  CHECK(library.at("fat").isotropic());
  CHECK(library.at("fat").along.in(S_per_m) == Approx(0.0238).margin(5e-5));
  CHECK(library.at("fat").source == "Gabriel 1996, fat (not infiltrated) [C]");
  CHECK(library.at("epidural_fat").across.in(S_per_m) == Approx(0.04)); // did not ask
}

TEST_CASE("a new tissue takes its anisotropy from along and across, its size from the dispersion",
          "[anatomy][tissue]") {
  TissueLibrary library = with_study("[tissues.flap]\ndispersion = \"muscle\"\n"
                                     "along = \"8 S/m\"\nacross = \"1 S/m\"\n"
                                     "[tissues.clot]\ndispersion = \"blood\"\n");
  library.evaluate_at(1.0 * kHz);
  CHECK(library.at("flap").along / library.at("flap").across == Approx(8.0));
  CHECK(library.at("flap").across.in(S_per_m) == Approx(0.321 / 2.0).margin(3e-4));
  CHECK(library.at("clot").along.in(S_per_m) == Approx(0.70).margin(5e-3));
}

TEST_CASE("a dispersion beside a conductivity, or an unknown one, is refused",
          "[anatomy][tissue][errors]") {
  CHECK_THROWS_WITH(with_study("[tissues.fat]\nconductivity = \"0.1 S/m\"\ndispersion = \"fat\"\n"),
                    Contains("the dispersion decides this tissue's conductivity") &&
                        Contains("study.toml:2"));
  CHECK_THROWS_WITH(with_study("[tissues.fat]\nlow = \"0.1 S/m\"\ndispersion = \"fat\"\n"),
                    Contains("remove `low` or `dispersion`"));
  CHECK_THROWS_WITH(with_study("[tissues.fat]\ndispersion = \"fatt\"\n"),
                    Contains("no dispersion") || Contains("did you mean \"fat\"?"));
}
