#include "config/table.hpp"
#include "core/error.hpp"
#include "study/field_frequency.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::study;
using Catch::Matchers::Contains;

namespace {

const std::string motor = "[programmes.motor]\n"
                          "pulse = { shape = \"biphasic\", width = \"210 us\" }\n";
const std::string block = "[programmes.block]\n"
                          "pulse = { shape = \"biphasic\", width = \"10 us\" }\n";

Study read(const std::string& more) {
  auto document = config::Document::from_text(more + R"(
[anatomy]
model = "primitives"
background = "muscle"
[anatomy.nerve.fascicles]
layout = "none"
[lead]
model = "drg_slimtip"
[populations.alpha_motor]
model = "mrg"
count = 1
)",
                                              "study.toml");
  return read_study(document);
}
double background_mean(const Study& study) {
  const auto& muscle = study.anatomy.scene.tissues().at("muscle");
  return std::cbrt(muscle.along.si() * muscle.across.si() * muscle.across.si());
}

const std::string muscle = "[tissues.muscle]\ndispersion = \"muscle\"\n";
const std::string skin = "[tissues.skin]\ndispersion = \"skin_wet\"\n";

} // namespace

TEST_CASE("a study without a dispersion has no frequency", "[study]") {
  const Study study = read(motor);
  CHECK_FALSE(study.field.frequency);
  CHECK(frequency_report(study).empty());
  CHECK(study.anatomy.scene.tissues().at("muscle").along.si() == 0.35);
  CHECK(study.resolved.find("frequency") == std::string::npos);
}

TEST_CASE("one pulse decides the frequency, the tissue follows", "[study]") {
  const Study study = read(muscle + motor);
  REQUIRE(study.field.frequency);
  CHECK(study.field.frequency->in(Hz) == Approx(0.421473 / 210e-6)); // spectrum.hpp
  const std::vector<std::string> report = frequency_report(study);
  REQUIRE(report.size() == 2);
  CHECK(report[0] == "conductivities at 2.01 kHz (dominant: motor 2.01 kHz)");
  CHECK_THAT(report[1], Contains("muscle: 0.840 S/m along, 0.206 S/m across (Gabriel 1996"));
}

TEST_CASE("a stated frequency goes before the pulses", "[study]") {
  const Study study = read(muscle + motor + "[field]\nfrequency = \"10 kHz\"\n");
  CHECK(study.field.frequency->in(kHz) == Approx(10.0));
  CHECK(background_mean(study) == Approx(0.341).margin(5e-4)); // Gabriel 1996
  CHECK(frequency_report(study)[0] == "conductivities at 10.0 kHz (field.frequency)");
}

TEST_CASE("programmes that agree within the tissues share their mean frequency", "[study]") {
  const Study study = read(muscle + motor + block); // 2 and 42 kHz, muscle 0.33 and 0.35 S/m
  CHECK(study.field.frequency->in(Hz) ==
        Approx(0.421473 / std::sqrt(210e-6 * 10e-6)).epsilon(1e-5));
}

TEST_CASE("programmes that would need different fields are refused", "[study][errors]") {
  CHECK_THROWS_WITH(read(skin + motor + block),
                    Contains("one field cannot serve the pulses of motor (2.01 kHz) and block "
                             "(42.1 kHz): skin would be") &&
                        Contains("% apart") && Contains("state field.frequency = \"42.1 kHz\""));
  CHECK_NOTHROW(read(skin + motor + block + "[field]\nfrequency = \"2 kHz\"\n"));
}

TEST_CASE("a frequency that nothing depends on is refused", "[study][errors]") {
  CHECK_THROWS_WITH(read(motor + "[field]\nfrequency = \"2 kHz\"\n"),
                    Contains("no conductivity of this study depends on frequency") &&
                        Contains("`dispersion`"));
}
