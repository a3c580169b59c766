#include "lead/lead_model.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "lead/catalogue_file.hpp"

#include <filesystem>
#include <numbers>

namespace foramen::lead {
namespace {

const config::Range<Length> size_range{0.1 * mm, 100.0 * mm};

// Equal rings: `contact_count`, `contact_length`, `contact_gap`, `tip_length` (bare, before the
// first).
std::vector<RingContact> equal_rings(config::Table root) {
  const auto count = root.integer("contact_count", 8, {1, 64}, "Number of ring contacts.");
  const double length =
      root.required_quantity<Length>("contact_length", size_range, "Length of a contact.").si();
  const double gap =
      root.required_quantity<Length>("contact_gap", size_range, "Between edges of contacts.").si();
  const double tip =
      root.required_quantity<Length>("tip_length", {0.0 * mm, 50.0 * mm}, "Bare lead at the tip.")
          .si();
  std::vector<RingContact> rings;
  for (std::int64_t i = 0; i < count; ++i)
    rings.push_back(
        {concat("E", i + 1), tip + 0.5 * length + static_cast<double>(i) * (length + gap), length});
  return rings;
}

std::vector<RingContact> listed_rings(config::Table root) {
  std::vector<RingContact> rings;
  for (config::Table& table : root.tables("contacts", "Ring contacts from the tip.")) {
    RingContact ring;
    ring.name = table.text("name", concat("E", rings.size() + 1), "Name of the contact.");
    ring.length = table.required_quantity<Length>("length", size_range, "Along the lead.").si();
    ring.centre =
        table.required_quantity<Length>("centre", {0.0 * mm, 1000.0 * mm}, "From the tip.").si();
    const double before = rings.empty() ? 0.0 : rings.back().centre + 0.5 * rings.back().length;
    if (ring.centre - 0.5 * ring.length < before)
      table.refuse("centre",
                   concat("contact ", ring.name, " overlaps ",
                          rings.empty() ? "the tip" : rings.back().name, " by ",
                          (before - ring.centre + 0.5 * ring.length) * 1e3, " mm"),
                   "list contacts from the tip, with bare lead between them");
    rings.push_back(ring);
  }
  return rings;
}

} // namespace

double LeadModel::contact_area(std::size_t i) const {
  FORAMEN_EXPECT(i < contacts.size(), i, " of ", contacts.size());
  return std::numbers::pi * diameter * contacts[i].length;
}
double LeadModel::array_centre() const {
  return 0.5 * (contacts.front().centre + contacts.back().centre);
}
double LeadModel::array_end() const {
  return contacts.back().centre + 0.5 * contacts.back().length;
}

LeadModel lead_from_file(const std::string& path) {
  config::Document document = config::Document::from_file(path);
  config::Table root = document.root();
  LeadModel lead;
  lead.name = std::filesystem::path(path).stem().string();
  lead.title = root.required_text("title", "The lead as its maker calls it.");
  lead.manufacturer = root.required_text("manufacturer", "Maker.");
  lead.source = root.required_text("source", "Where the dimensions are from, with their trust.");
  lead.note = root.text("note", "", "What a user should know.");
  lead.diameter =
      root.required_quantity<Length>("diameter", {0.3 * mm, 5.0 * mm}, "Outer diameter.").si();
  lead.contacts = root.has("contacts") ? listed_rings(root) : equal_rings(root);
  if (lead.source.empty())
    root.refuse("source", "dimensions without a source", "say where the numbers are from");
  document.finish();
  return lead;
}

LeadModel load_lead(const std::string& name) {
  return lead_from_file(catalogue_file("leads", "lead", name));
}

std::vector<std::string> lead_names() {
  return catalogue_names("leads");
}

} // namespace foramen::lead
