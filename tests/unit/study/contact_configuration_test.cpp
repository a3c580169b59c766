#include "study/contact_configuration.hpp"

#include <catch2/catch.hpp>

using foramen::study::ContactConfiguration;
using foramen::study::expand_contacts;

namespace {

const std::vector<std::string> contacts{"E1", "E2", "E3", "E4"};

std::vector<ContactConfiguration> good(const std::string& text) {
  std::vector<ContactConfiguration> configurations;
  CHECK(expand_contacts(text, contacts, configurations).cause == "");
  return configurations;
}
foramen::study::ContactConfigurationProblem bad(const std::string& text) {
  std::vector<ContactConfiguration> configurations;
  return expand_contacts(text, contacts, configurations);
}

} // namespace

TEST_CASE("a cathode against the case carries the whole amplitude", "[study]") {
  const auto c = good("E3- case+").at(0);
  CHECK(c.weights == std::vector<double>{0, 0, 1, 0});
  CHECK(c.returns_through_case);
}

TEST_CASE("a bipole balances between its contacts", "[study]") {
  const auto c = good("E3- E4+").at(0);
  CHECK(c.weights == std::vector<double>{0, 0, 1, -1});
  CHECK_FALSE(c.returns_through_case);
}

TEST_CASE("cathodes share the current equally or as stated", "[study]") {
  CHECK(good("E1+ E2- E3+").at(0).weights == std::vector<double>{-0.5, 1, -0.5, 0});
  CHECK(good("E2- 60 %, E3- 40%, E4+").at(0).weights == std::vector<double>{0, 0.6, 0.4, -1});
  CHECK(good("E2- E3+ 25 % case+ 75 %").at(0).weights == std::vector<double>{0, 1, -0.25, 0});
}

TEST_CASE("each and adjacent pairs expand along the lead", "[study]") {
  CHECK(good("each").size() == 4);
  CHECK(good("each").at(1).name == "E2- case+");
  REQUIRE(good("adjacent pairs").size() == 3);
  CHECK(good("adjacent pairs").at(2).weights == std::vector<double>{0, 0, 1, -1});
}

TEST_CASE("currents without a return are refused with the return to write", "[study]") {
  CHECK(bad("E3-").cause ==
        "the currents of \"E3-\" do not balance: no anode and no return is named");
  CHECK(bad("E3-").remedy == "name where the current returns: \"E3- case+\"");
  CHECK_THAT(bad("E2- 60 % E3- 20 % E4+").cause,
             Catch::Contains("do not balance") && Catch::Contains("carry 80 %"));
}

TEST_CASE("slips in contact names and polarity are named", "[study]") {
  CHECK_THAT(bad("E5- case+").cause, Catch::Contains("the lead has no contact \"E5\""));
  CHECK_THAT(bad("E5- case+").remedy, Catch::Contains("its contacts are E1 to E4, and case"));
  CHECK_THAT(bad("E3 case+").cause, Catch::Contains("has no polarity"));
  CHECK_THAT(bad("E3+ case+").cause, Catch::Contains("has no cathode"));
  CHECK_THAT(bad("E3- E3+").cause, Catch::Contains("appears twice"));
  CHECK_THAT(bad("E1- 30 % E2- E3+").cause, Catch::Contains("only some cathodes"));
}
