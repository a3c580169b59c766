// The whole chain, mesher to sampling, against closed forms and the ring references.
#include "core/error.hpp"
#include "field/verification_cases.hpp"
#include "field/verification_estimates.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::field;

namespace {

VerificationOptions options() {
  VerificationOptions o;
  o.mesher.program = FORAMEN_MESHER_PROGRAM;
  o.reference_folder = FORAMEN_SOURCE_DIR "/tests/validation/field";
  return o;
}

void check(const std::vector<VerificationRow>& rows) {
  REQUIRE_FALSE(rows.empty());
  for (const VerificationRow& row : rows) {
    INFO(row.name << ": " << row.quantity << ", reference " << row.reference << ", computed "
                  << row.computed << ", deviation " << row.deviation << ", allowed "
                  << row.allowed);
    CHECK(row.passed());
  }
}

void check(const std::string& name) {
  check(run_verification_case(name, options()));
}

} // namespace

TEST_CASE("spherical electrodes, bare and shelled, have their closed-form potentials",
          "[field][verification]") {
  check("sphere");
  check("shell");
}

TEST_CASE("a disc on an insulating plane has Newman's resistance", "[field][verification]") {
  check("disc");
}

TEST_CASE("an insulating plane mirrors a source", "[field][verification]") {
  check("image");
}

TEST_CASE("a source in an anisotropic medium has its closed-form potential",
          "[field][verification]") {
  check("anisotropic");
}

TEST_CASE("a fascicle with perineurium has the potential of its Bessel integral",
          "[field][verification]") {
  check("fascicle");
}

TEST_CASE("a ring on a lead agrees with the tensor-mesh reference", "[field][verification]") {
  check("ring");
}

TEST_CASE("eight encapsulated rings agree with the tensor-mesh reference",
          "[field][verification]") {
  check("octrode");
}

TEST_CASE("estimated errors are within a factor of 0.5 to 3 of the true ones",
          "[field][verification]") {
  check(verify_estimates(options()));
}

TEST_CASE("an unknown case and a missing reference are said", "[field][verification]") {
  try {
    run_verification_case("cube", options());
    FAIL("accepted");
  } catch (const core::ConfigError& e) {
    CHECK(e.place() == "verification case 'cube'");
    CHECK(e.remedy().find("fascicle") != std::string::npos);
  }
  VerificationOptions lost = options();
  lost.reference_folder = "/nowhere";
  CHECK_THROWS_AS(run_verification_case("ring", lost), core::WorldError);
}
