#include "study/contact_interface.hpp"
#include "study/field_frequency.hpp"
#include "study/read_field.hpp"
#include "study/read_leads.hpp"
#include "study/read_populations.hpp"
#include "study/read_programmes.hpp"
#include "study/read_thresholds.hpp"
#include "study/study.hpp"

#include <algorithm>

namespace foramen::study {
namespace {

using config::Table;

void read_interfaces(ReadLeads& leads, bool meshed, std::vector<Contact>& contacts) {
  std::vector<SheetResistance> interfaces;
  for (Table& table : leads.tables)
    interfaces.push_back(read_contact_interface(table, meshed));
  for (Contact& contact : contacts)
    contact.interface = interfaces[contact.lead];
}

GeneratorSettings read_generator(Table table) {
  GeneratorSettings generator;
  const std::string name =
      table.text("model", "generic", "Pulse generator: a file of configs/generators.");
  const auto known = lead::generator_names();
  if (std::find(known.begin(), known.end(), name) == known.end())
    table.refuse_unknown("model", name, "pulse generator", known);
  generator.model = lead::load_generator(name);
  generator.contact_impedance =
      table.quantity("contact_impedance", 0.0 * ohm, {.min = 0.0 * ohm, .max = 100.0 * kohm},
                     "Of each driven contact, in series with the tissue: counts in the generator's "
                     "voltage, not in the field (that is [lead.interface]); under control by "
                     "voltage it lowers the current.");
  generator.series =
      table.quantity("series", 0.0 * ohm, {.min = 0.0 * ohm, .max = 100.0 * kohm},
                     "Of the wire to each driven contact and of the generator's output, in series "
                     "with contact_impedance and of the same effect.");
  return generator;
}

OutputSettings read_output(Table table) {
  OutputSettings output;
  output.field_file = table.flag(
      "field_file", true, "Write the potential of every contact as field.h5 and field.xdmf.");
  const std::string density = table.choice("current_density", "best", {"best", "contacts", "none"},
                                           "In the field file: of the best programme (adds 16 %), "
                                           "of every contact (2.3 times the file), "
                                           "or none.");
  output.current_density = density == "best"       ? CurrentDensityOutput::best_programme
                           : density == "contacts" ? CurrentDensityOutput::every_contact
                                                   : CurrentDensityOutput::none;
  output.fibre_file = table.flag("fibre_file", true,
                                 "Write potential and activating function along every fibre as "
                                 "fibres.h5 and fibres.xdmf.");
  output.slice_extent =
      table.quantity("slice_extent", 30.0 * mm, {.min = 2.0 * mm, .max = 200.0 * mm},
                     "Edge of the slices of the potential in results.h5.");
  return output;
}

} // namespace

std::vector<SweepAxis> read_sweep(Table root) {
  std::vector<SweepAxis> axes;
  Table table = root.table("sweep", "Axes of a sweep: any key, quoted, and its values.");
  for (const std::string& key : table.keys()) {
    SweepAxis axis{key, table.toml_values(key, "Values along this axis.")};
    if (key.starts_with("programmes.") && key.ends_with(".control"))
      table.refuse(key,
                   "points controlled by current and by voltage cannot share a table: it has "
                   "one unit",
                   "make two sweeps; they share mesh and field through the cache");
    if (axis.values.empty())
      table.refuse(key, "the axis has no values", "list at least one");
    axes.push_back(std::move(axis));
  }
  return axes;
}

Study read_study(config::Document& document) {
  Table root = document.root();
  const std::string title = root.text("title", "", "What this study is, for tables and plots.");
  const auto seed = static_cast<std::uint64_t>(root.integer(
      "seed", 1, {.min = 0}, "Seed of the fascicle packing and the fibre populations."));
  anatomy::Anatomy anatomy = anatomy::read_anatomy(root, seed);
  ReadLeads leads = read_leads(root, anatomy);
  auto generator_case = lead::read_generator_case(root, anatomy.nerve, leads.places(),
                                                  anatomy.domain_centre, anatomy.domain_radius);
  std::vector<Contact> contacts = contacts_of(leads.leads);
  const std::vector<std::string> names = names_of(contacts);
  Table field_table = root.table("field", "How the potential is computed.");
  FieldSettings field =
      read_field(field_table, document.name(), anatomy.scene, names, generator_case.has_value());
  const bool meshed = field.kind == FieldSettings::Kind::finite_elements;
  if (leads.mesh_pose && (!meshed || field.own_mesh))
    leads.tables[leads.mesh_pose->lead].refuse(
        "mesh_pose", meshed ? "a mesh of one's own stays as it is" : "point sources need no mesh",
        "remove `mesh_pose`");
  read_interfaces(leads, meshed, contacts);
  auto populations = read_populations(root);
  auto programmes = read_programmes(root, names, meshed);
  field.frequency = settle_frequency(anatomy, programmes.programmes, field.frequency, field_table);
  ThresholdSettings thresholds =
      read_thresholds(root.table("thresholds", "The search for thresholds."), programmes.control);
  GeneratorSettings generator =
      read_generator(root.table("generator", "The pulse generator, for its limits."));
  OutputSettings output = read_output(root.table("output", "What is written."));
  auto sweep = read_sweep(root);
  document.finish();
  return {title,
          seed,
          std::move(anatomy),
          std::move(leads.leads),
          std::move(leads.mesh_pose),
          std::move(contacts),
          std::move(generator_case),
          field,
          std::move(populations),
          std::move(programmes.programmes),
          std::move(programmes.targets),
          programmes.control,
          std::move(thresholds),
          std::move(generator),
          output,
          std::move(sweep),
          document.resolved()};
}

} // namespace foramen::study
