#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"
#include "field/resolution.hpp"
#include "study/contact_interface.hpp"
#include "study/field_frequency.hpp"
#include "study/read_leads.hpp"
#include "study/read_programmes.hpp"
#include "study/study.hpp"

#include <algorithm>

namespace foramen::study {
namespace {

using config::Table;

void read_mesh(Table& table, const std::string& study_file, const anatomy::Scene& scene,
               const std::vector<std::string>& contacts, FieldSettings& field) {
  const char* remedy = "the mesh is as fine as it is: mesh it again with other sizes";
  if (field.kind == FieldSettings::Kind::point_sources)
    table.refuse("mesh", "point sources need no mesh",
                 "set field.kind = \"finite_elements\", or remove field.mesh");
  if (field.refine != 1.0)
    table.refuse("refine", "a mesh of one's own cannot be refined here", remedy);
  if (field.resolution != "default")
    table.refuse("resolution", "it has no effect on a mesh of one's own", remedy);
  field.own_mesh = read_own_mesh(table, study_file, scene, contacts);
}

void read_accuracy(Table& table, FieldSettings& field) {
  const bool wanted = table.has("accuracy");
  if (wanted) {
    field.accuracy = table.required_quantity<Number>(
        "accuracy", {.min = 0.01 * percent, .max = 50.0 * percent},
        "Refines the mesh until the field's part of the error of every reported threshold is below "
        "this, starting from `resolution`, or says that it could not "
        "(optional).");
    if (!field.estimate)
      table.refuse("accuracy", "it needs the estimate of the field's error",
                   "remove field.estimate = false, or field.accuracy");
    if (field.kind == FieldSettings::Kind::point_sources)
      table.refuse("accuracy", "point sources have no mesh to refine",
                   "set field.kind = \"finite_elements\", or remove field.accuracy");
    if (table.has("mesh"))
      table.refuse("accuracy", "a mesh of one's own cannot be refined here",
                   "remove field.accuracy; mesh again with other sizes and compare");
  }
  if (wanted || table.has("max_unknowns")) {
    if (!wanted)
      table.refuse("max_unknowns", "it limits the refinement for field.accuracy, which is not set",
                   "set field.accuracy, or remove field.max_unknowns");
    field.max_unknowns = table.number("max_unknowns", field.max_unknowns, {.min = 1e4, .max = 1e9},
                                      "No refinement for `accuracy` goes beyond this many unknowns "
                                      "(memory: some 2 kB each).");
  }
}

// Where the outer boundary would take part of the current that the case should carry.
void refuse_beside_case(Table& table, const FieldSettings& field) {
  if (field.kind == FieldSettings::Kind::point_sources)
    table.refuse("kind", "point sources know no bodies, but the study has a [case]",
                 "set field.kind = \"finite_elements\", or remove [case]");
  if (field.own_mesh)
    table.refuse("mesh", "the program puts the [case] in meshes of its own only",
                 "remove field.mesh or [case]");
  if (field.boundary == field::OuterBoundary::grounded)
    table.refuse("boundary",
                 "a grounded boundary is a conductor around everything, and current would take "
                 "its way through it from the lead to the case",
                 "set field.boundary = \"open\", or remove [case]");
}

FieldSettings read_field(Table table, const std::string& study_file, const anatomy::Scene& scene,
                         const std::vector<std::string>& contacts, bool has_case) {
  FieldSettings field;
  const std::string kind =
      table.choice("kind", "finite_elements", {"finite_elements", "point_sources"},
                   "How the potential is computed: a mesh of the whole scene, or point sources in "
                   "an infinite homogeneous medium (no mesh, no lead body, no perineurium).");
  field.kind = kind == "point_sources" ? FieldSettings::Kind::point_sources
                                       : FieldSettings::Kind::finite_elements;
  if (field.kind == FieldSettings::Kind::point_sources && !scene.uniform())
    table.refuse("kind", "point sources need a homogeneous medium, but anatomy.model has tissues",
                 "set anatomy.model = \"homogeneous\", or field.kind = \"finite_elements\"");
  field.resolution =
      table.choice("resolution", "default", field::resolution_preset_names(),
                   "Element sizes: see lib/field/README.md for the accuracy of each.");
  field.refine = table.number("refine", 1.0, {.min = 0.25, .max = 4.0},
                              "All element sizes are divided by this.");
  field.boundary =
      table.choice("boundary", has_case ? "open" : "grounded", {"grounded", "open"},
                   "Outer boundary: at zero potential, or open (the potential falls off as 1/r "
                   "beyond it). With a [case] it is open.") == "open"
          ? field::OuterBoundary::open
          : field::OuterBoundary::grounded;
  field.tolerance = table.number("tolerance", 1e-5, {.min = 1e-13, .max = 1e-2},
                                 "Relative residual at which the solver stops, per contact.");
  field.estimate = table.flag("estimate", true,
                              "Estimates the field's error along every fibre and its part of each "
                              "threshold's interval, from a second solution on a coarser mesh "
                              "(some 0.4 times the cost of the first). Not for a mesh of one's own "
                              "or point sources.");
  read_accuracy(table, field);
  field.mesher_time_limit =
      table.quantity("mesher_time_limit", 300.0 * s, {.min = 1.0 * s, .max = 86400.0 * s},
                     "The mesher is stopped after this time.");
  if (table.has("mesh"))
    read_mesh(table, study_file, scene, contacts, field);
  if (has_case)
    refuse_beside_case(table, field);
  field.frequency_stated = table.has("frequency");
  if (field.frequency_stated)
    field.frequency = table.required_quantity<Frequency>(
        "frequency", {.min = 1.0 * Hz, .max = 1000.0 * kHz},
        "At which conductivities with a `dispersion` and a perineurium by formula are taken; by "
        "default the dominant frequency of the programmes' pulses (optional).");
  return field;
}

void read_interfaces(ReadLeads& leads, bool meshed, std::vector<Contact>& contacts) {
  std::vector<SheetResistance> interfaces;
  for (Table& table : leads.tables)
    interfaces.push_back(read_contact_interface(table, meshed));
  for (Contact& contact : contacts)
    contact.interface = interfaces[contact.lead];
}

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const axon::FibreModel& model : axon::catalogue())
    names.push_back(model.name);
  return names;
}

// The distribution that the study names; none of its own when all fibres have one diameter.
response::Population read_distribution(const std::string& name, Table& table) {
  if (table.has("diameter")) {
    if (table.has("diameters"))
      table.refuse("diameter", "a population has either one diameter or a distribution",
                   "remove `diameter` or `diameters`");
    response::Population population;
    population.name = name;
    population.source = "study";
    population.model = "mrg";
    population.diameters = response::one_diameter(table.required_quantity<Length>(
        "diameter", {.min = 0.1 * um, .max = 0.1 * mm},
        "Of all fibres alike, in place of `diameters` (optional)."));
    return population;
  }
  const std::string folder = core::data_folder() + "/populations";
  const auto known = response::list_populations(folder);
  const std::string diameters =
      table.text("diameters", name, "Diameter distribution: a file of configs/populations.");
  if (std::find(known.begin(), known.end(), diameters) == known.end())
    table.refuse_unknown("diameters", diameters, "population", known);
  return response::read_population(folder, diameters);
}

// A diameter that the study gives must be one of the model's.
void check_model(const PopulationSettings& population, Table& table) {
  if (table.has("diameter")) {
    try {
      axon::internode_length(population.model, population.diameters.diameters.min);
    } catch (const core::ConfigError& problem) {
      table.refuse("diameter", problem.cause(), problem.remedy());
    }
  } else if (!axon::model(population.model).tabulated.empty()) {
    table.refuse("model",
                 concat("\"", population.model,
                        "\" exists at tabulated diameters only, a population needs a range"),
                 "use its interpolated form, for example \"mrg\", or give one `diameter`");
  }
}

PopulationSettings read_population_settings(const std::string& name, Table table) {
  PopulationSettings population;
  population.name = name;
  population.diameters = read_distribution(name, table);
  population.role =
      table.choice("role", population.diameters.role == response::Role::motor ? "motor" : "sensory",
                   {"motor", "sensory"}, "Which threshold these fibres stand for.") == "motor"
          ? response::Role::motor
          : response::Role::sensory;
  population.model = table.text("model", population.diameters.model,
                                "Fibre model; `foramen list fibers` names them.");
  const auto names = model_names();
  if (std::find(names.begin(), names.end(), population.model) == names.end())
    table.refuse_unknown("model", population.model, "fibre model", names);
  check_model(population, table);
  population.count = static_cast<std::size_t>(
      table.integer("count", 112, {.min = 1, .max = 1000000}, "Number of fibres."));
  population.node_phases = static_cast<std::size_t>(
      table.integer("node_phases", 1, {.min = 1, .max = 64},
                    "Computes each fibre at so many phases of its nodes, evenly spaced from a "
                    "random one, and reports by how much they differ."));
  population.ends =
      table.choice("ends", "passive", {"passive", "sealed"},
                   "Ends of the modelled stretch: a node without channels, or an ordinary node.") ==
              "sealed"
          ? axon::Ends::sealed
          : axon::Ends::passive;
  return population;
}

std::vector<PopulationSettings> read_populations(Table root) {
  std::vector<PopulationSettings> populations;
  for (auto& [name, table] : root.named_tables(
           "populations", "Fibres of the nerve, each [populations.NAME] a group of one kind."))
    populations.push_back(read_population_settings(name, table));
  if (populations.empty())
    root.refuse("", "the study has no fibres",
                "add a population, for example [populations.alpha_motor]");
  return populations;
}

// A key of [thresholds] whose unit depends on the programmes' control; the wrong one says so.
template <class Read> auto read_amplitude(const Table& table, const std::string& key, Read read) {
  const std::string more = "; amplitudes are currents, or voltages where programmes have control = "
                           "\"voltage\"";
  try {
    return read();
  } catch (const ConfigError& error) {
    throw ConfigError(error.place(), error.cause(),
                      table.has(key) ? error.remedy() + more : error.remedy());
  }
}

// Ceiling and capture amplitude.
void read_amplitudes(Table& table, Control control, ThresholdSettings& settings) {
  const std::string ceiling = "Amplitude above which a fibre counts as not excitable; a voltage "
                              "where programmes have control = \"voltage\" (10 V by default).";
  const std::string capture = "Fixed amplitude at which the recruited fraction is reported, a "
                              "voltage as the ceiling is (optional).";
  const bool captures = table.has("capture_amplitude");
  if (control == Control::voltage) {
    const config::Range<Voltage> range{.min = 1.0 * mV, .max = 10000.0 * V};
    settings.ceiling_voltage = read_amplitude(
        table, "ceiling", [&] { return table.quantity("ceiling", 10.0 * V, range, ceiling); });
    if (captures)
      settings.capture_voltage = read_amplitude(table, "capture_amplitude", [&] {
        return table.required_quantity<Voltage>("capture_amplitude", range, capture);
      });
    return;
  }
  settings.search.ceiling = read_amplitude(table, "ceiling", [&] {
    return table.quantity("ceiling", 30.0 * mA, {.min = 1.0 * uA, .max = 10.0 * A}, ceiling);
  });
  if (captures)
    settings.capture_amplitude = read_amplitude(table, "capture_amplitude", [&] {
      return table.required_quantity<Current>("capture_amplitude",
                                              {.min = 1.0 * uA, .max = 1.0 * A}, capture);
    });
}

ThresholdSettings read_thresholds(Table table, Control control) {
  ThresholdSettings settings;
  settings.fractions =
      table.numbers("fractions", {0.01, 0.1}, {.min = 1e-6, .max = 1.0},
                    "Fractions of a population whose recruitment defines the motor "
                    "and the sensory threshold.");
  if (settings.fractions.empty())
    table.refuse("fractions", "no fraction is given", "write for example [0.01, 0.1]");
  settings.search.tolerance =
      table.number("tolerance", 0.01, {.min = 1e-6, .max = 0.5},
                   "Relative width of the bracket around each fibre's threshold.");
  settings.upper_limits = table.flag("upper_limits", false,
                                     "Searches for each fibre the current above which it is silent "
                                     "again (anodal surround block).");
  read_amplitudes(table, control, settings);
  settings.search.integration.step =
      table.quantity("step", 5.0 * us, {.min = 0.01 * us, .max = 50.0 * us}, "Time step.");
  settings.search.integration.scheme =
      table.choice("scheme", "second_order", {"second_order", "neuron"},
                   "Time integration: second order, or NEURON's backward Euler.") == "neuron"
          ? axon::Scheme::neuron
          : axon::Scheme::second_order;
  settings.search.time_limit =
      table.quantity("time_limit", 5.0 * ms, {.min = 0.5 * ms, .max = 1000.0 * ms},
                     "Longest time after the pulse in which a fibre may fire.");
  return settings;
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
  auto generator_case = lead::read_generator_case(root, anatomy.nerve, leads.leads,
                                                  anatomy.domain_centre, anatomy.domain_radius);
  std::vector<Contact> contacts = contacts_of(leads.leads);
  const std::vector<std::string> names = names_of(contacts);
  Table field_table = root.table("field", "How the potential is computed.");
  FieldSettings field =
      read_field(field_table, document.name(), anatomy.scene, names, generator_case.has_value());
  const bool meshed = field.kind == FieldSettings::Kind::finite_elements;
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
