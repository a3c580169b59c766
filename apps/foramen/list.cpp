// foramen list KIND: the catalogues, each entry with its source.

#include "anatomy/dispersion.hpp"
#include "anatomy/tissue.hpp"
#include "axon/catalogue.hpp"
#include "command.hpp"
#include "config/table.hpp"
#include "core/provenance.hpp"
#include "lead/lead_model.hpp"
#include "lead/pulse_generator.hpp"
#include "response/population.hpp"
#include "stimulus/catalogue.hpp"
#include "study/text_table.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace foramen::apps {
namespace {

using study::significant;
using study::TextTable;

// Long texts go below the tables' lines, indented.
void entry(const std::string& name, const std::string& facts, const std::string& source) {
  std::cout << "  " << name << std::string(name.size() < 22 ? 22 - name.size() : 1, ' ') << facts
            << "\n"
            << std::string(24, ' ') << "source: " << source << "\n";
}

void list_leads() {
  for (const std::string& name : lead::lead_names()) {
    const lead::LeadModel lead = lead::load_lead(name);
    const double pitch =
        lead.contacts.size() > 1 ? lead.contacts[1].centre - lead.contacts[0].centre : 0.0;
    entry(name,
          concat(lead.title, ": ", lead.contacts.size(), " contacts of ",
                 significant(lead.contacts[0].length * 1e3, 3), " mm, ",
                 significant(pitch * 1e3, 3), " mm apart (centres), diameter ",
                 significant(lead.diameter * 1e3, 3), " mm"),
          lead.source);
  }
}

void list_fibers() {
  for (const axon::FibreModel& model : axon::catalogue())
    entry(model.name,
          concat(model.doc, " ", significant(model.min_diameter.in(um), 3), " to ",
                 significant(model.max_diameter.in(um), 3), " um",
                 model.tabulated.empty() ? "" : ", tabulated diameters only"),
          concat(model.title, ", doi:", model.doi));
}

void list_tissues() {
  const anatomy::TissueLibrary library = anatomy::TissueLibrary::standard();
  for (const anatomy::Tissue& tissue : library.all())
    entry(tissue.name,
          tissue.isotropic() ? to_text(tissue.along, "S/m")
                             : concat(to_text(tissue.along, "S/m"), " along, ",
                                      to_text(tissue.across, "S/m"), " across"),
          tissue.source);
}

void list_dispersions() {
  for (const anatomy::Dispersion& dispersion : anatomy::standard_dispersions()) {
    const auto at = [&dispersion](Frequency f) {
      return significant(conductivity_at(dispersion, f).si(), 3);
    };
    entry(dispersion.name,
          concat(at(100.0 * Hz), ", ", at(1.0 * kHz), ", ", at(10.0 * kHz),
                 " S/m at 100 Hz, 1 kHz, 10 kHz"),
          dispersion.source);
  }
}

void list_pulses() {
  for (const stimulus::PulseShape& shape : stimulus::catalogue())
    std::cout << "  " << shape.name
              << std::string(shape.name.size() < 22 ? 22 - shape.name.size() : 1, ' ') << shape.doc
              << "\n"
              << std::string(24, ' ') << "keys: " << shape.keys << "\n";
}

void list_populations() {
  const std::string folder = core::data_folder() + "/populations";
  for (const std::string& name : response::list_populations(folder)) {
    const response::Population population = response::read_population(folder, name);
    entry(name,
          concat(population.title, ": ", to_text(population.diameters.min, "um"), " to ",
                 to_text(population.diameters.max, "um"), ", ",
                 population.role == response::Role::motor ? "motor" : "sensory"),
          population.source);
  }
}

void list_generators() {
  for (const std::string& name : lead::generator_names()) {
    const lead::PulseGenerator generator = lead::load_generator(name);
    entry(name,
          concat(generator.title, ": up to ",
                 generator.voltage_controlled ? to_text(generator.largest_voltage, "V")
                                              : to_text(generator.largest_current, "mA"),
                 ", ", to_text(generator.lowest_rate, "Hz"), " to ",
                 to_text(generator.highest_rate, "Hz")),
          generator.source);
  }
}

void list_files(const char* folder) {
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(core::data_folder() + "/" + folder))
    if (file.path().extension() == ".toml")
      names.push_back(file.path().stem().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names)
    std::cout << "  " << name << std::string(name.size() < 22 ? 22 - name.size() : 1, ' ')
              << core::data_folder() << "/" << folder << "/" << name << ".toml\n";
}

struct Kind {
  const char* name;
  const char* doc;
  void (*print)();
};

constexpr Kind kinds[] = {
    {"leads", "leads of the catalogue", list_leads},
    {"fibers", "fibre models", list_fibers},
    {"populations", "diameter distributions of fibre groups", list_populations},
    {"tissues", "tissues and their conductivities", list_tissues},
    {"dispersions", "conductivities over frequency, for a tissue's `dispersion`", list_dispersions},
    {"levels", "lumbar levels", [] { list_files("levels"); }},
    {"pulses", "pulse shapes", list_pulses},
    {"generators", "pulse generators", list_generators},
    {"studies", "example studies", [] { list_files("studies"); }},
};

void declare(po::options_description& options, po::positional_options_description& positional) {
  options.add_options()("kind", po::value<std::string>()->default_value(""),
                        "what to list (first argument); all kinds when left out");
  positional.add("kind", 1);
}

core::ExitCode run(const po::variables_map& values) {
  const std::string wanted =
      text_of(values, "kind") == "fibres" ? "fibers" : text_of(values, "kind");
  std::vector<std::string> names;
  bool found = false;
  for (const Kind& kind : kinds) {
    names.emplace_back(kind.name);
    if (!wanted.empty() && wanted != kind.name)
      continue;
    found = true;
    std::cout << kind.name << ": " << kind.doc << "\n";
    kind.print();
    std::cout << "\n";
  }
  if (found)
    return core::ExitCode::done;
  const auto near = config::nearest_name(wanted, names);
  std::string all;
  for (const std::string& name : names)
    all += (all.empty() ? "" : ", ") + name;
  throw ConfigError("foramen list", concat("there is no catalogue \"", wanted, "\""),
                    near ? concat("did you mean \"", *near, "\"?") : "one of: " + all);
}

} // namespace

const Command& list_command() {
  static const Command command{
      "list",
      "[KIND]",
      "print the catalogues with their sources",
      "  foramen list leads\n"
      "      every lead with its contacts and where the numbers come from\n"
      "  foramen list\n"
      "      all catalogues: leads, fibers, populations, tissues, "
      "dispersions, levels, pulses, generators, studies\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
