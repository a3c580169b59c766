#include "anatomy/tissue.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::anatomy {
namespace {

// From ideal insulators to metals.
const config::Range<Conductivity> allowed{1e-16 * S_per_m, 1e8 * S_per_m};

void read_conductivity(config::Table& table, Tissue& tissue, bool required) {
  const bool directional = table.has("along") || table.has("across");
  if (directional && table.has("conductivity"))
    table.refuse("conductivity", "a tissue has either one conductivity or the pair along, across",
                 "remove `conductivity`, or both `along` and `across`");
  if (directional) {
    tissue.along = table.required_quantity<Conductivity>("along", allowed, "Along its direction.");
    tissue.across =
        table.required_quantity<Conductivity>("across", allowed, "At right angles to it.");
  } else if (required || table.has("conductivity")) {
    tissue.along = tissue.across = table.required_quantity<Conductivity>(
        "conductivity", allowed, "In all directions; or give `along` and `across`.");
  }
}

std::vector<std::string> dispersion_names() {
  std::vector<std::string> names;
  for (const Dispersion& dispersion : standard_dispersions())
    names.push_back(dispersion.name);
  return names;
}

// `along` and `across` beside it give the anisotropy, of which only the ratio counts.
void read_dispersion(config::Table& table, Tissue& tissue, bool known) {
  for (const char* key : {"conductivity", "low", "high"})
    if (table.has(key))
      table.refuse(key, "the dispersion decides this tissue's conductivity",
                   concat("remove `", key, "` or `dispersion`"));
  const std::string name =
      table.required_text("dispersion", "Takes the conductivity at the field's frequency from this "
                                        "entry of configs/dispersions.toml (optional).");
  const std::vector<Dispersion>& all = standard_dispersions();
  const auto found =
      std::find_if(all.begin(), all.end(), [&name](const Dispersion& d) { return d.name == name; });
  if (found == all.end())
    table.refuse_unknown("dispersion", name, "dispersion", dispersion_names());
  if (!known)
    tissue.along = tissue.across = conductivity_at(*found, 1.0 * kHz);
  read_conductivity(table, tissue, false);
  tissue.dispersion = *found;
  if (!known)
    tissue.low = tissue.high = at_frequency(tissue, 1.0 * kHz).across;
  tissue = at_frequency(tissue, 1.0 * kHz);
  tissue.source = table.text("source", found->source, "Where the numbers are from.");
}

// Conductivities as such, with their range.
void read_values(config::Table& table, Tissue& tissue, bool known) {
  read_conductivity(table, tissue, !known);
  const Conductivity low = known ? std::min(tissue.low, tissue.across) : tissue.across;
  const Conductivity high = known ? std::max(tissue.high, tissue.across) : tissue.across;
  tissue.low = table.quantity("low", low, allowed, "Lower end of its range, for uncertainty.");
  tissue.high = table.quantity("high", high, allowed, "Upper end of its range.");
  tissue.source = table.text("source", "study", "Where the numbers are from.");
  if (tissue.low > tissue.across || tissue.high < tissue.across)
    table.refuse(tissue.low > tissue.across ? "low" : "high",
                 concat("the range does not hold the value ", to_text(tissue.across)),
                 "correct `low` and `high`, or leave them out");
}

Tissue read_library_entry(const std::string& name, config::Table table) {
  Tissue tissue;
  tissue.name = name;
  read_conductivity(table, tissue, true);
  tissue.low = table.required_quantity<Conductivity>("low", allowed, "Published range, lower end.");
  tissue.high =
      table.required_quantity<Conductivity>("high", allowed, "Published range, upper end.");
  tissue.source = table.required_text("source", "Where the numbers are from.");
  tissue.note = table.text("note", "", "What a user should know.");
  tissue.rigid = table.flag("rigid", false, "No lead can be in it (bone).");
  if (tissue.across < tissue.low || tissue.across > tissue.high)
    table.refuse(tissue.isotropic() ? "conductivity" : "across",
                 concat("the base value lies outside its own range ", to_text(tissue.low), " to ",
                        to_text(tissue.high)),
                 "correct the value or widen `low` to `high`");
  if (tissue.source.empty())
    table.refuse("source", "a conductivity without a source", "say where the number is from");
  return tissue;
}

} // namespace

Tissue at_frequency(Tissue tissue, Frequency f) {
  if (!tissue.dispersion)
    return tissue;
  const Conductivity mean = conductivity_at(*tissue.dispersion, f);
  const double ratio = tissue.along / tissue.across;
  tissue.across = std::pow(ratio, -1.0 / 3.0) * mean;
  tissue.along = ratio * tissue.across;
  tissue.low = std::min(tissue.low, tissue.across);
  tissue.high = std::max(tissue.high, tissue.across);
  return tissue;
}

TissueLibrary TissueLibrary::from_file(const std::string& path) {
  config::Document document = config::Document::from_file(path);
  TissueLibrary library;
  for (auto& [name, table] : document.root().named_tables("tissues", "Tissues by name."))
    library.tissues_.push_back(read_library_entry(name, table));
  document.finish();
  return library;
}

TissueLibrary TissueLibrary::standard() {
  return from_file(data_folder() + "/tissues.toml");
}

std::vector<std::string> TissueLibrary::names() const {
  std::vector<std::string> names;
  for (const Tissue& tissue : tissues_)
    names.push_back(tissue.name);
  return names;
}

bool TissueLibrary::has(const std::string& name) const {
  return std::any_of(tissues_.begin(), tissues_.end(),
                     [&name](const Tissue& tissue) { return tissue.name == name; });
}

std::size_t TissueLibrary::index(const std::string& name) const {
  const auto found = std::find_if(tissues_.begin(), tissues_.end(),
                                  [&name](const Tissue& tissue) { return tissue.name == name; });
  FORAMEN_EXPECT(found != tissues_.end(), "tissue ", name);
  return static_cast<std::size_t>(found - tissues_.begin());
}

void TissueLibrary::set(const Tissue& tissue) {
  if (has(tissue.name))
    tissues_[index(tissue.name)] = tissue;
  else
    tissues_.push_back(tissue);
}

void TissueLibrary::evaluate_at(Frequency f) {
  for (Tissue& tissue : tissues_)
    tissue = at_frequency(tissue, f);
}

void TissueLibrary::read_overrides(config::Table root) {
  for (auto& [name, table] : root.named_tables(
           "tissues", "Conductivities of this study, over those of configs/tissues.toml.")) {
    const bool known = has(name);
    Tissue tissue = known ? at(name) : Tissue{};
    tissue.name = name;
    if (table.has("dispersion"))
      read_dispersion(table, tissue, known);
    else
      read_values(table, tissue, known);
    tissue.note = table.text("note", tissue.note, "What a reader should know.");
    tissue.rigid =
        table.flag("rigid", tissue.rigid, "No lead can be in it (bone): a study is warned.");
    set(tissue);
  }
}

} // namespace foramen::anatomy
