#include "core/error.hpp"
#include "lead/lead_model.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <numbers>

using namespace foramen;
using namespace foramen::lead;
using Catch::Matchers::Contains;

namespace {

LeadModel lead_of(const std::string& toml) {
  const auto path = std::filesystem::temp_directory_path() / "foramen_lead_test.toml";
  std::ofstream(path)
      << "title = \"t\"\nmanufacturer = \"m\"\nsource = \"s\"\ndiameter = \"1 mm\"\n"
      << toml;
  return lead_from_file(path.string());
}

} // namespace

TEST_CASE("every lead of the catalogue loads, with a source and contacts in order",
          "[lead][catalogue]") {
  const auto names = lead_names();
  CHECK(names.size() >= 9);
  CHECK(std::is_sorted(names.begin(), names.end()));
  for (const std::string& name : names) {
    INFO(name);
    const LeadModel lead = load_lead(name);
    CHECK(lead.name == name);
    CHECK_FALSE(lead.source.empty());
    CHECK(lead.contacts.front().name == "E1");
    double end = 0.0;
    for (const RingContact& contact : lead.contacts) {
      CHECK(contact.centre - 0.5 * contact.length > end);
      end = contact.centre + 0.5 * contact.length;
    }
    CHECK(end == Approx(lead.array_end()));
  }
}

// Contacts, pitch and array length of the makers' sheets.
TEST_CASE("catalogue leads have the published arrays", "[lead][catalogue]") {
  struct Row {
    const char* name;
    std::size_t contacts;
    double pitch_mm, array_mm;
  };
  for (const Row& row :
       {Row{"octrode", 8, 7.0, 52.0}, Row{"linear_st_8", 8, 4.0, 31.0},
        Row{"infinion_16", 16, 4.0, 63.0}, Row{"drg_slimtip", 4, 6.25, 20.0},
        Row{"vectris_subcompact", 8, 4.5, 34.5}, Row{"vectris_compact", 8, 7.0, 52.0},
        Row{"medtronic_standard", 8, 9.0, 66.0}, Row{"saluda_12", 12, 7.0, 80.0},
        Row{"axonics_tined_4", 4, 6.0, 21.0}}) {
    INFO(row.name);
    const LeadModel lead = load_lead(row.name);
    REQUIRE(lead.contacts.size() == row.contacts);
    CHECK((lead.contacts[1].centre - lead.contacts[0].centre) * 1e3 == Approx(row.pitch_mm));
    const double start = lead.contacts[0].centre - 0.5 * lead.contacts[0].length;
    CHECK((lead.array_end() - start) * 1e3 == Approx(row.array_mm));
  }
}

TEST_CASE("contact area is that of the ring's mantle", "[lead]") {
  CHECK(load_lead("octrode").contact_area(3) * 1e6 == Approx(12.25).epsilon(1e-3));
  CHECK(load_lead("drg_slimtip").contact_area(0) * 1e6 == Approx(3.93).epsilon(1e-3));
}

TEST_CASE("an unknown lead names the nearest", "[lead][errors]") {
  CHECK_THROWS_WITH(load_lead("octrod"), Contains("there is no lead \"octrod\"") &&
                                             Contains("did you mean \"octrode\""));
  CHECK_THROWS_AS(load_lead("../tissues"), ConfigError);
}

TEST_CASE("listed contacts may differ but not overlap", "[lead][errors]") {
  const LeadModel lead = lead_of("contacts = [{length = \"2 mm\", centre = \"2 mm\"}, "
                                 "{name = \"far\", length = \"1 mm\", centre = \"9 mm\"}]\n");
  CHECK(lead.contacts[1].name == "far");
  CHECK(lead.array_centre() == Approx(5.5e-3));
  CHECK_THROWS_WITH(lead_of("contacts = [{length = \"2 mm\", centre = \"2 mm\"}, "
                            "{length = \"2 mm\", centre = \"3.5 mm\"}]\n"),
                    Contains("contact E2 overlaps E1 by 0.5 mm"));
  CHECK_THROWS_WITH(lead_of("contacts = [{length = \"2 mm\", centre = \"0.5 mm\"}]\n"),
                    Contains("overlaps the tip by 0.5 mm"));
}

TEST_CASE("a lead file without a unit or a source is refused", "[lead][errors]") {
  CHECK_THROWS_WITH(
      lead_of("contact_length = 3.0\ncontact_gap = \"1 mm\"\ntip_length = \"1 mm\"\n"),
      Contains("contact_length"));
  const auto path = std::filesystem::temp_directory_path() / "foramen_lead_test.toml";
  std::ofstream(path) << "title = \"t\"\nmanufacturer = \"m\"\ndiameter = \"1 mm\"\n";
  CHECK_THROWS_WITH(lead_from_file(path.string()), Contains("source"));
}
