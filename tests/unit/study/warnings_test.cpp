#include "config/table.hpp"
#include "core/error.hpp"
#include "core/quantity_text.hpp"
#include "study/warnings.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::study;
using core::concat;
using core::to_text;

namespace {

// A straight nerve along x; the lead 1 mm above it.
Study read(const std::string& more, const std::string& anatomy) {
  auto document = config::Document::from_text(anatomy + R"(
[lead]
model = "drg_slimtip"
clearance = "1 mm"
[populations.alpha_motor]
model = "mrg"
count = 1
)" + more,
                                              "study.toml");
  return read_study(document);
}

const std::string homogeneous = R"(
[anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[field]
kind = "point_sources"
)";
const std::string programme = R"(
[programmes.motor]
contacts = ["E1- case+", "E2- E3+"]
pulse = { shape = "monophasic", width = "200 us" }
)";

// Everything that a run would have found, with the working amplitude and voltage given.
StudyResult found(const Study& study, Current amplitude, Voltage voltage) {
  StudyResult result;
  result.drive = drive_of(study, {});
  result.populations.resize(study.populations.size());
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    ProgrammeSummary summary;
    summary.working_amplitude = amplitude;
    summary.safety = analysis::Safety{};
    summary.safety->voltage_known = true;
    summary.safety->voltage = static_cast<double>(i + 1) * voltage;
    result.summary.push_back(summary);
  }
  return result;
}

} // namespace

TEST_CASE("a sound study is not warned", "[study]") {
  const Study study = read(programme, homogeneous);
  CHECK(warnings_before(study).empty());
  CHECK(warnings_after(study, found(study, 1.0 * mA, 1.0 * V)).empty());
}

TEST_CASE("a contact in bone is named with its share", "[study]") {
  const Study outside = read(programme, homogeneous);
  const Eigen::Vector3d contact = outside.leads[0].contact_centre(1);

  const auto mm_text = [](double metres) { return '"' + to_text(Length::from_si(metres)) + '"'; };
  const std::string bone =
      concat(R"(
[anatomy]
model = "primitives"
[[anatomy.parts]]
name = "bone"
tissue = "bone_cortical"
shape = "sphere"
radius = "1.5 mm"
centre = [)",
             mm_text(contact.x()), ", ", mm_text(contact.y()), ", ", mm_text(contact.z()), "]\n");
  const Study study = read(programme, bone);
  CHECK(rigid_share(study, 0) == 0.0);
  CHECK(rigid_share(study, 1) == 1.0);
  const auto lines = warnings_before(study);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] == "contact E2 lies to 100 % in bone, where no lead can be.\n"
                    "  remedy: move the lead with lead.position, lead.angle or lead.tilt");
}

TEST_CASE("rates and pulses that the generator lacks are named once per programme", "[study]") {
  const Study study = read(R"(
[generator]
model = "intellis"
[programmes.motor]
rate = "2 Hz"
contacts = ["each"]
pulse = { shape = "monophasic", width = "40 us" }
)",
                           homogeneous);
  const auto lines = warnings_before(study);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "programme motor: its rate of 2 Hz lies outside the 10 Hz to 1200 Hz of "
                    "generator intellis.\n  remedy: another rate, or another generator.model");
  CHECK(
      lines[1] ==
      "programme motor: its first phase of 40 us lies outside the 60 us to "
      "1000 us of generator intellis.\n  remedy: another pulse width, or another generator.model");
}

TEST_CASE("currents and voltages beyond the generator name the worst configuration", "[study]") {
  const Study study = read(programme, homogeneous);
  const auto lines = warnings_after(study, found(study, 26.0 * mA, 8.0 * V));
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] ==
        "programme motor: 2 of 2 contact configurations need more than the 25.5 mA of "
        "generator generic at the working amplitude; most: E1- case+ with 26.0 mA "
        "per contact.\n  remedy: share the current between contacts, or lengthen the pulse");
  CHECK(lines[1] == "programme motor: 1 of 2 contact configurations need more than the 15 V of "
                    "generator generic at the working amplitude; most: E2- E3+ with 16.0 V.\n"
                    "  remedy: share the current between contacts, or lengthen the pulse");
}
