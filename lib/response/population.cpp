#include "response/population.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>

namespace foramen::response {
namespace {

constexpr int max_draws = 10000; // before a distribution is declared empty within its limits

DiameterDistribution read_diameters(config::Table table) {
  DiameterDistribution d;
  const config::Range<Length> positive{.min = 0.1 * um, .max = 30.0 * um};
  d.min = table.required_quantity("min", positive, "Smallest diameter.");
  d.max = table.required_quantity("max", positive, "Largest diameter.");
  if (!(d.min < d.max))
    table.refuse("max", "the largest diameter is not above the smallest", "exchange min and max");
  for (config::Table normal :
       table.tables("normal", "Normal distributions that are mixed, [[diameters.normal]]."))
    d.normals.push_back(
        {.weight = normal.number("weight", 1.0, {.min = 0.0}, "Relative weight in the mixture."),
         .mean = normal.required_quantity("mean", positive, "Mean diameter."),
         .deviation = normal.required_quantity("deviation", positive, "Standard deviation.")});
  d.histogram = table.numbers("histogram", {}, {.min = 0.0}, "Relative counts per bin.");
  if (!d.histogram.empty()) {
    d.first_bin = table.required_quantity("first_bin", config::Range<Length>{.min = 0.0 * um},
                                          "Lower edge of the first bin.");
    d.bin_width = table.required_quantity("bin_width", positive, "Width of each bin.");
  }
  if (d.normals.empty() == d.histogram.empty())
    table.refuse("", "give either normals or a histogram",
                 "add [[diameters.normal]] tables or the keys histogram, first_bin, bin_width");
  return d;
}

template <class Items, class Weight>
std::size_t pick(const Items& items, Weight weight, double fraction) {
  double total = 0.0;
  for (const auto& item : items)
    total += weight(item);
  double rest = fraction * total;
  std::size_t last = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const double w = weight(items[i]);
    if (w > 0.0) {
      last = i;
      if (rest < w)
        return i;
    }
    rest -= w;
  }
  return last;
}

Length draw(const DiameterDistribution& d, RandomStream& random) {
  if (!d.histogram.empty()) {
    const std::size_t bin = pick(
        d.histogram, [](double w) { return w; }, random.uniform());
    return d.first_bin + (static_cast<double>(bin) + random.uniform()) * d.bin_width;
  }
  const std::size_t i = pick(
      d.normals, [](const DiameterDistribution::Normal& n) { return n.weight; }, random.uniform());
  return d.normals[i].mean + random.normal() * d.normals[i].deviation;
}

Length draw_within(const Population& population, Length min, Length max, RandomStream& random) {
  for (int i = 0; i < max_draws; ++i) {
    const Length diameter = draw(population.diameters, random);
    if (diameter >= min && diameter <= max)
      return diameter;
  }
  throw ConfigError(concat("population '", population.name, "'"),
                    concat("no diameters between ", min.in(um), " and ", max.in(um),
                           " um, the limits of the population and of the fibre model"),
                    "choose a fibre model that covers the population's diameters");
}

} // namespace

DiameterDistribution one_diameter(Length diameter) {
  DiameterDistribution d;
  d.histogram = {1.0};
  d.first_bin = d.min = d.max = diameter; // a bin without width
  return d;
}

std::vector<std::string> list_populations(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".toml")
      names.push_back(entry.path().stem().string());
  if (error)
    throw WorldError(folder, concat("the folder of populations cannot be read: ", error.message()),
                     "check the installation");
  std::sort(names.begin(), names.end());
  return names;
}

Population read_population(const std::string& folder, const std::string& name) {
  const std::vector<std::string> known = list_populations(folder);
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    const auto nearest = config::nearest_name(name, known);
    std::string list;
    for (const std::string& k : known)
      list += (list.empty() ? "" : ", ") + k;
    throw ConfigError(concat("population '", name, "'"),
                      concat("there is no such file in ", folder),
                      (nearest ? concat("did you mean '", *nearest, "'? ") : std::string()) +
                          concat("Known: ", list));
  }
  config::Document document = config::Document::from_file(folder + "/" + name + ".toml");
  config::Table root = document.root();
  Population p;
  p.name = name;
  p.title = root.required_text("title", "What the population is.");
  p.source = root.required_text("source", "Where its numbers come from.");
  p.role = root.required_choice("role", {"motor", "sensory"}, "Response it stands for.") == "motor"
               ? Role::motor
               : Role::sensory;
  p.model = root.required_text("model", "Fibre model used unless a study names another.");
  p.diameters = read_diameters(root.table("diameters", "Distribution of fibre diameters."));
  document.finish();
  return p;
}

std::vector<FibreSample> sample_population(const Population& population,
                                           std::span<const Disc> discs, std::size_t count,
                                           std::uint64_t seed, Length min_diameter,
                                           Length max_diameter) {
  FORAMEN_EXPECT(!discs.empty(), "no fascicle for population ", population.name);
  const Length min = std::max(min_diameter, population.diameters.min);
  const Length max = std::min(max_diameter, population.diameters.max);
  std::vector<FibreSample> samples(count);
  for (std::size_t i = 0; i < count; ++i) {
    // One stream per fibre and purpose: a redrawn diameter does not move the fibre.
    RandomStream place(seed, population.name + "/place", i);
    RandomStream size(seed, population.name + "/diameter", i);
    FibreSample& s = samples[i];
    s.fascicle = pick(
        discs, [](const Disc& d) { return (d.radius * d.radius).si(); }, place.uniform());
    const Disc& disc = discs[s.fascicle];
    const Length r = std::sqrt(place.uniform()) * disc.radius;
    const double angle = 2.0 * std::numbers::pi * place.uniform();
    s.u = disc.u + std::cos(angle) * r;
    s.v = disc.v + std::sin(angle) * r;
    s.node_phase = place.uniform();
    s.diameter = draw_within(population, min, max, size);
  }
  return samples;
}

} // namespace foramen::response
