#include "core/error.hpp"
#include "study/contact_interface.hpp"
#include "study/stages.hpp"
#include "study/study.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <complex>
#include <numbers>

using namespace foramen;
using namespace foramen::study;
using Catch::Matchers::Contains;

namespace {

Study read(const std::string& interface, const std::string& kind = "finite_elements") {
  auto document = config::Document::from_text(R"([anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[lead]
model = "drg_slimtip"
)" + interface + "\n[field]\nkind = \"" + kind + R"("
[populations.alpha_motor]
model = "mrg"
count = 1
[programmes.motor]
pulse = { shape = "biphasic", width = "210 us" }
)",
                                              "study.toml");
  return read_study(document);
}

} // namespace

TEST_CASE("contacts have no interface unless the study says so", "[study]") {
  const Study study = read("");
  CHECK(study.contacts[0].interface.si() == 0.0);
  for (const field::Electrode& electrode : study_scene(study).electrodes)
    CHECK_FALSE(electrode.has_interface());
}

TEST_CASE("a stated interface reaches every contact of the scene", "[study]") {
  const Study study = read("[lead.interface]\nresistance = \"60 ohm*cm^2\"");
  const field::VolumeScene scene = study_scene(study);
  REQUIRE(scene.electrodes.size() == study.contacts.size());
  for (const field::Electrode& electrode : scene.electrodes)
    CHECK(electrode.surface_resistance == Approx(60e-4));
}

TEST_CASE("a constant phase element is its real part at the frequency", "[study]") {
  const Study study = read("[lead.interface]\nQ = 0.48\nn = 0.9\nfrequency = \"1 kHz\"");
  const std::complex<double> jw(0.0, 2.0 * std::numbers::pi * 1000.0);
  CHECK(study.contacts[0].interface.si() == Approx((1.0 / (0.48 * std::pow(jw, 0.9))).real()));
  CHECK(effective_resistance({.q = 0.5, .n = 0.0, .frequency = 1.0 * kHz}).si() == Approx(2.0));
  CHECK(effective_resistance({.q = 0.5, .n = 1.0, .frequency = 1.0 * kHz}).si() == 0.0);
  // The header's example: a double layer of 20 uF/cm^2 = 0.2 F/m^2.
  CHECK(0.2 * std::pow(2.0 * std::numbers::pi * 1000.0, 0.1) == Approx(0.48).epsilon(0.01));
}

TEST_CASE("interfaces that contradict themselves are refused", "[study][errors]") {
  CHECK_THROWS_WITH(read("[lead.interface]\nQ = 0.48\nn = 0.9"),
                    Contains("a constant phase element needs `frequency` too") &&
                        Contains("or `resistance` alone"));
  CHECK_THROWS_WITH(read("[lead.interface]\nresistance = \"60 ohm*cm^2\"\nQ = 0.48\nn = "
                         "0.9\nfrequency = \"1 kHz\""),
                    Contains("the interface is given twice") && Contains("remove `resistance`"));
  CHECK_THROWS_WITH(read("[lead.interface]\nresistance = \"1e-9 ohm*m^2\""),
                    Contains("too low for the solver") &&
                        Contains("give at least 1e-07 ohm*m^2, or no interface"));
  CHECK_NOTHROW(read("[lead.interface]\nresistance = \"1e-7 ohm*m^2\""));
  CHECK_NOTHROW(read("[lead.interface]\nresistance = \"0 ohm*m^2\"", "point_sources"));
  CHECK_THROWS_WITH(read("[lead.interface]\nresistance = \"60 ohm*cm^2\"", "point_sources"),
                    Contains("point sources have no surface that an interface could lie on") &&
                        Contains("remove [lead.interface]"));
}
