#include "study/read_programmes.hpp"

#include "core/error.hpp"
#include "stimulus/catalogue.hpp"
#include "study/contact_configuration.hpp"

#include <algorithm>

namespace foramen::study {
namespace {

using config::Table;

std::vector<ContactConfiguration> read_contacts(Table& table,
                                                const std::vector<std::string>& contact_names) {
  std::vector<ContactConfiguration> configurations;
  for (const std::string& text :
       table.texts("contacts", {"each", "adjacent pairs"},
                   "Contact configurations: \"each\", \"adjacent pairs\", or for example "
                   "\"E3- case+\", \"E2- 60 % E3- 40 % E4+\" (- cathode, + anode). Contacts of "
                   "named leads: \"cranial:E3- caudal:E1+\".")) {
    const auto problem = expand_contacts(text, contact_names, configurations);
    if (!problem.cause.empty())
      table.refuse("contacts", problem.cause, problem.remedy);
  }
  if (configurations.empty())
    table.refuse("contacts", "the programme drives no contact", "name at least \"each\"");
  return configurations;
}

Control read_control(Table& table, bool meshed,
                     const std::vector<ContactConfiguration>& configurations) {
  const std::string control = table.choice(
      "control", "current", {"current", "voltage"},
      "What the generator sets: each contact's current, or one voltage between all cathodes and "
      "all anodes, with every impedance taken as a resistance. Amplitudes are then in V.");
  if (control == "current")
    return Control::current;
  if (!meshed)
    table.refuse("control",
                 "point sources have no impedance, so that no current follows from a voltage",
                 "set field.kind = \"finite_elements\", or control = \"current\"");
  for (const ContactConfiguration& configuration : configurations)
    if (configuration.states_shares)
      table.refuse("contacts",
                   concat("\"", configuration.name,
                          "\" states shares of the current, but held at "
                          "one voltage contacts share it as their impedances have it"),
                   "leave the percentages out, or set control = \"current\"");
  return Control::voltage;
}

void require_one_control(const Table& table, const std::string& name, Control control,
                         const Programmes& before) {
  if (before.programmes.empty() || before.control == control)
    return;
  const auto word = [](Control c) { return c == Control::voltage ? "voltage" : "current"; };
  table.refuse("control",
               concat("programme ", name, " is controlled by ", word(control), ", programme ",
                      before.programmes.back().kind, " by ", word(before.control),
                      ": a study's tables and files have one unit"),
               "give all programmes one control, or each its own study; they share mesh and field "
               "through the cache");
}

void read_programme(const std::string& name, Table table,
                    const std::vector<std::string>& contact_names, bool meshed, Programmes& all) {
  const std::vector<ContactConfiguration> configurations = read_contacts(table, contact_names);
  const Control control = read_control(table, meshed, configurations);
  require_one_control(table, name, control, all);
  all.control = control;
  stimulus::Programme programme;
  programme.kind = name;
  programme.rate =
      table.quantity("rate", 2.0 * Hz, {.min = 0.1 * Hz, .max = 20.0 * kHz}, "Pulses per second.");
  programme.waveform = stimulus::read_waveform(
      table.table("pulse", "The pulse; amplitude is what the threshold search varies."));
  const bool for_motor =
      table.choice("target", name == "motor" ? "motor" : "sensory", {"motor", "sensory"},
                   "Whose threshold is the working amplitude, at which charge and voltage are "
                   "given.") == "motor";
  for (const ContactConfiguration& configuration : configurations) {
    programme.name = name + " " + configuration.name;
    programme.weights = configuration.weights;
    programme.returns_through_case = configuration.returns_through_case;
    all.programmes.push_back(programme);
    all.targets.push_back(for_motor ? response::Role::motor : response::Role::sensory);
  }
}

} // namespace

Programmes read_programmes(Table root, const std::vector<std::string>& contact_names, bool meshed) {
  Programmes all;
  for (auto& [name, table] :
       root.named_tables("programmes", "Stimulation programmes, each [programmes.NAME]."))
    read_programme(name, table, contact_names, meshed, all);
  if (all.programmes.empty())
    root.refuse("", "the study has no programme", "add one, for example [programmes.motor]");
  return all;
}

} // namespace foramen::study
