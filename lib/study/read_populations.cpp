#include "study/read_populations.hpp"

#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"

#include <algorithm>

namespace foramen::study {

using config::Table;

namespace {

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

} // namespace

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

} // namespace foramen::study
