// "--set a.b=value": what it changes, and what it says when it cannot.
#include "config/table.hpp"
#include "unit/config/refused.hpp"

using namespace foramen;
using namespace foramen::config;
using test::Refusal;
using test::refused;

namespace {

const std::string text = "name = \"x\"\n"
                         "[lead]\nclearance = \"2 mm\"\n"
                         "[[populations]]\ncount = 1\n[[populations]]\ncount = 2\n";

Document with(const std::string& assignment) {
  Document document = Document::from_text(text, "study.toml");
  document.override_with(assignment);
  return document;
}

Refusal refused_set(const std::string& assignment) {
  return refused([&] { with(assignment); });
}

} // namespace

TEST_CASE("an override replaces a value", "[config]") {
  for (const char* assignment :
       {"lead.clearance=3 mm", "lead.clearance = \"3 mm\"", "lead.clearance='3 mm'",
        "\"lead\".clearance=3 mm", "lead={clearance=\"3 mm\"}"}) {
    Document document = with(assignment);
    Table lead = document.root().table("lead", "");
    CHECK(lead.quantity("clearance", 1.0 * mm, {}, "") == 3.0 * mm);
  }
}

TEST_CASE("an override makes absent keys and tables", "[config]") {
  Document document = with("solver.stop.tolerance=1e-3");
  Table stop = document.root().table("solver", "").table("stop", "");
  CHECK(stop.number("tolerance", 1.0, {}, "") == 1e-3);
  CHECK(stop.has("tolerance"));
}

TEST_CASE("an override addresses list elements by number", "[config]") {
  Document document = with("populations.1.count=50");
  std::vector<Table> populations = document.root().tables("populations", "");
  REQUIRE(populations.size() == 2);
  CHECK(populations[0].integer("count", 0, {}, "") == 1);
  CHECK(populations[1].integer("count", 0, {}, "") == 50);
}

TEST_CASE("of two overrides the last holds", "[config]") {
  Document document = with("lead.clearance=3 mm");
  document.override_with("lead.clearance=4 mm");
  Table lead = document.root().table("lead", "");
  CHECK(lead.quantity("clearance", 1.0 * mm, {}, "") == 4.0 * mm);
}

TEST_CASE("a value that is not TOML is a text, and keeps '=' and '#'", "[config]") {
  CHECK(with("name=a = b #1").root().text("name", "", "") == "a = b #1");
}

TEST_CASE("errors in an override's value are placed at the override", "[config]") {
  const Refusal r = refused([] {
    Document document = with("lead.clearance=3 mx");
    document.root().table("lead", "").quantity("clearance", 1.0 * mm, {}, "");
  });
  CHECK(r.place == "--set lead.clearance");
  CHECK(r.cause == "unknown unit \"mx\" in \"3 mx\"; \"clearance\" in [lead] is a length\n"
                   "      | lead.clearance=3 mx\n"
                   "      |                ^^^^");
  const Refusal bare = refused([] {
    Document document = with("lead.clearance = 3");
    document.root().table("lead", "").quantity("clearance", 1.0 * mm, {}, "");
  });
  CHECK(bare.cause.ends_with("      | lead.clearance = 3\n"
                             "      |                  ^"));
}

TEST_CASE("an override of an unknown key names the nearest", "[config]") {
  const Refusal r = refused([] {
    Document document = Document::from_text("[lead]\nclearance = \"2 mm\"\n", "study.toml");
    document.override_with("lead.clearence=3 mm");
    document.root().table("lead", "").quantity("clearance", 1.0 * mm, {}, "");
    document.finish();
  });
  CHECK(r.place == "--set lead.clearence");
  CHECK(r.cause == "unknown key \"clearence\" in [lead]\n"
                   "      | lead.clearence=3 mm\n"
                   "      |      ^^^^^^^^^");
  CHECK(r.remedy == "did you mean \"clearance\"? valid keys: clearance");
}

TEST_CASE("an override that leads nowhere says where it ended", "[config]") {
  const Refusal beyond = refused_set("populations.2.count=3");
  CHECK(beyond.place == "--set populations.2.count");
  CHECK(beyond.cause == "\"populations\" has no element 2\n"
                        "      | populations.2.count=3\n"
                        "      |             ^");
  CHECK(beyond.remedy == "its elements are 0 to 1");
  const Refusal named = refused_set("populations.motor.count=3");
  CHECK(named.cause.starts_with("\"populations\" is a list: \"motor\" is not a number\n"));
  CHECK(named.remedy ==
        "number the element from 0, for example populations.0; its elements are 0 to 1");
  const Refusal through = refused_set("lead.clearance.x=3");
  CHECK(through.cause.starts_with("\"lead.clearance\" is a text and has no key \"x\"\n"));
  CHECK(through.remedy == "end the key at \"lead.clearance\"");
}

TEST_CASE("a malformed override shows the form", "[config]") {
  const std::string form = "write --set key=value, for example --set lead.clearance=\"2 mm\"";
  for (const char* assignment : {"lead.clearance", "lead.clearance=", "lead.clearance=  "}) {
    const Refusal r = refused_set(assignment);
    CHECK(r.cause == "an override without a value");
    CHECK(r.remedy == form);
  }
  CHECK(refused_set("=3").cause == "an override with an empty key");
  CHECK(refused_set("lead..x=3").cause == "an override with an empty key");
  CHECK(refused_set("").cause == "an override without a value");
  CHECK(refused_set("\"lead.x=3").cause == "a quote in the key is not closed");
  CHECK(refused_set("\"lead\"x=3").cause == "a key that is neither bare nor quoted");
}

TEST_CASE("a list or text that is not closed is a syntax error, not a text", "[config]") {
  const Refusal r = refused_set("lead.offsets=[\"1 mm\", ");
  CHECK(r.place == "--set lead.offsets");
  CHECK(r.cause.find("      | lead.offsets=[\"1 mm\", \n") != std::string::npos);
}

TEST_CASE("an override cannot smuggle in a second key", "[config]") {
  Document document = with("name=1\nother=2");
  CHECK_FALSE(document.root().has("other"));
}
