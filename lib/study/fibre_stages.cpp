// The stages along the fibres: potentials at the compartments, thresholds of a population.

#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/point_sources.hpp"
#include "field/sampling.hpp"
#include "response/block.hpp"
#include "study/stages.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace foramen::study {
namespace {

constexpr std::string_view potentials_version = "potentials 2";
constexpr std::string_view thresholds_version = "thresholds 5";

// Metres beyond the driven contacts for unmyelinated fibres, some ten length constants.
constexpr double slow_reach = 5e-3;

// Metres of fibre computed beyond the driven contacts, at first. The rest of the fibre moves a
// threshold by 1e-4 with the lead at 1 mm and by 6e-4 at 30 mm; who asks for that gets whole
// fibres.
double first_reach(const response::ThresholdOptions& search, bool unmyelinated) {
  if (unmyelinated)
    return slow_reach;
  return search.tolerance < 2e-3 ? std::numeric_limits<double>::max() : 25e-3;
}

// When the run of an unmyelinated fibre ends: they conduct at more than 0.2 m/s sqrt(D / 1 um)
// (Schild and Kunze's at 0.29 m/s, the others at 0.5 to 0.7 m/s at 1 um), and an action potential
// must cross `reach`.
Time slow_stop(const stimulus::Waveform& waveform, Length diameter, double reach) {
  return waveform.end() + 5.0 * ms + reach / (0.2 * std::sqrt(diameter.in(um))) * s;
}

std::vector<Vector3d> centres_of(const std::vector<Contact>& contacts) {
  std::vector<Vector3d> centres;
  for (const Contact& contact : contacts)
    centres.push_back(contact.centre);
  return centres;
}

std::vector<Vector3d> all_stations(const std::vector<PlacedFibre>& fibres) {
  std::vector<Vector3d> points;
  for (const PlacedFibre& fibre : fibres)
    points.insert(points.end(), fibre.stations.begin(), fibre.stations.end());
  return points;
}

// Empty: those that the mesh has there.
std::vector<int> all_regions(const std::vector<int>& of_fascicle,
                             const std::vector<PlacedFibre>& fibres) {
  std::vector<int> regions;
  if (of_fascicle.empty())
    return regions;
  for (const PlacedFibre& fibre : fibres)
    regions.insert(regions.end(), fibre.stations.size(), of_fascicle[fibre.sample.fascicle]);
  return regions;
}

void hash_fibre(const PlacedFibre& fibre, const std::string& model, core::Hasher& hasher) {
  hasher.add(model).add(fibre.sample.diameter.si()).add(fibre.first_node).add(fibre.spacing);
  hasher.add(static_cast<std::uint64_t>(fibre.cable.n_nodes()));
  hasher.add_values(std::span(fibre.stations.data(), fibre.stations.size()));
}

// The stretch of a fibre that is computed: first and last node.
struct Stretch {
  std::size_t first, last;
};

// To `reach` metres and 22 internodes beyond the driven contacts, and 41 nodes in all.
Stretch stretch_of(const PlacedFibre& fibre, const std::vector<double>& driven_s, double reach) {
  constexpr std::size_t at_least = 41; // nodes
  const std::size_t n = fibre.cable.n_nodes();
  const auto beyond =
      static_cast<std::size_t>(std::clamp(std::ceil(reach / fibre.cable.internode_length().si()),
                                          22.0, std::max(22.0, static_cast<double>(n))));
  std::size_t low = n - 1, high = 0;
  for (const double s : driven_s) {
    const auto nearest =
        std::min_element(fibre.course_s.begin(), fibre.course_s.end(),
                         [s](double a, double b) { return std::abs(a - s) < std::abs(b - s); });
    const auto j = static_cast<std::size_t>(nearest - fibre.course_s.begin());
    low = std::min(low, j);
    high = std::max(high, j);
  }
  Stretch stretch{low > beyond ? low - beyond : 0, std::min(n - 1, high + beyond)};
  while (stretch.last - stretch.first + 1 < std::min(at_least, n)) {
    if (stretch.first > 0)
      --stretch.first;
    if (stretch.last + 1 < n)
      ++stretch.last;
  }
  return stretch;
}

// An end that is not the fibre's own fired first: the real fibre goes on there.
bool cut_end_fired(const response::ThresholdResult& r, const Stretch& stretch,
                   std::size_t n_nodes) {
  if (!r.started_at_end)
    return false;
  const bool first_half =
      2 * static_cast<std::size_t>(r.firing_node) < stretch.last - stretch.first;
  return first_half ? stretch.first > 0 : stretch.last + 1 < n_nodes;
}

std::vector<double> driven_positions(const Study& study, const stimulus::Programme& programme) {
  std::vector<double> driven;
  for (std::size_t i = 0; i < programme.weights.size(); ++i)
    if (programme.weights[i] != 0.0)
      driven.push_back(study.anatomy.nerve.course->closest(study.contacts[i].centre).s);
  return driven;
}

Artefact to_artefact(const std::vector<response::ThresholdResult>& results) {
  std::vector<double> numbers;
  std::vector<std::int32_t> integers;
  for (const response::ThresholdResult& r : results) {
    numbers.insert(numbers.end(), {r.threshold.si(), r.below.si(), r.firing_time.si(),
                                   r.latency.si(), r.step_error, r.silent_from.si()});
    integers.insert(integers.end(),
                    {static_cast<std::int32_t>(r.status), r.firing_node, r.started_at_end ? 1 : 0,
                     r.maybe_blocked ? 1 : 0, r.simulations});
  }
  Artefact a;
  a.set("numbers", std::move(numbers), {results.size(), 6});
  a.set("integers", std::move(integers), {results.size(), 5});
  return a;
}

std::vector<response::ThresholdResult> results_of(const Artefact& a) {
  const auto& numbers = a.doubles("numbers");
  const auto& integers = a.integers("integers");
  std::vector<response::ThresholdResult> results(a.shape("numbers")[0]);
  for (std::size_t i = 0; i < results.size(); ++i) {
    response::ThresholdResult& r = results[i];
    r.threshold = Current::from_si(numbers[6 * i]);
    r.below = Current::from_si(numbers[6 * i + 1]);
    r.firing_time = Time::from_si(numbers[6 * i + 2]);
    r.latency = Time::from_si(numbers[6 * i + 3]);
    r.step_error = numbers[6 * i + 4];
    r.silent_from = Current::from_si(numbers[6 * i + 5]);
    r.status = static_cast<response::ThresholdStatus>(integers[5 * i]);
    r.firing_node = integers[5 * i + 1];
    r.started_at_end = integers[5 * i + 2] != 0;
    r.maybe_blocked = integers[5 * i + 3] != 0;
    r.simulations = integers[5 * i + 4];
  }
  return results;
}

void hash_search(const response::ThresholdOptions& o, core::Hasher& hasher) {
  hasher.add(static_cast<std::uint64_t>(o.integration.scheme)).add(o.integration.step.si());
  hasher.add(o.integration.coarsest);
  hasher.add(static_cast<std::uint64_t>(o.detection)).add(o.tolerance);
  hasher.add(o.ceiling.si()).add(o.floor.si()).add(o.time_limit.si());
}

void add_upper_limits(const std::vector<response::ThresholdJob>& jobs,
                      const response::ThresholdOptions& search,
                      std::vector<response::ThresholdResult>& thresholds) {
  const auto limits = response::find_upper_limits(jobs, thresholds, search);
  for (std::size_t k = 0; k < limits.size(); ++k)
    if (limits[k].status == response::ThresholdStatus::converged)
      thresholds[k].silent_from = limits[k].threshold;
}

// Thresholds on stretches of the fibres, longer ones wherever a cut end fired first.
std::vector<response::ThresholdResult>
stretched_thresholds(const Study& study, const stimulus::Programme& programme,
                     const response::ThresholdOptions& search, const PopulationSettings& population,
                     const std::vector<PlacedFibre>& fibres, const FibrePotentials& potentials) {
  const std::vector<double> driven = driven_positions(study, programme);
  std::vector<response::ThresholdResult> results(fibres.size());
  std::vector<std::size_t> open(fibres.size());
  std::iota(open.begin(), open.end(), std::size_t{0});
  const bool unmyelinated = axon::model(population.model).unmyelinated;
  for (double reach = first_reach(search, unmyelinated); !open.empty(); reach *= 2.0) {
    std::vector<Stretch> stretches;
    std::vector<axon::Cable> cables;
    std::vector<stimulus::FieldAtFibre> fields;
    for (const std::size_t i : open) {
      const axon::Cable& whole = fibres[i].cable;
      const Stretch stretch = stretch_of(fibres[i], driven, reach);
      const std::size_t begin = whole.node(stretch.first), end = whole.node(stretch.last) + 1;
      stretches.push_back(stretch);
      cables.push_back(axon::build(population.model, fibres[i].sample.diameter,
                                   static_cast<int>(stretch.last - stretch.first + 1),
                                   population.ends));
      fields.push_back(programme_field(potentials[i], programme.weights, begin, end - begin));
    }
    std::vector<response::ThresholdJob> jobs;
    for (std::size_t k = 0; k < open.size(); ++k)
      jobs.push_back({&cables[k], &fields[k], &programme.waveform,
                      unmyelinated
                          ? slow_stop(programme.waveform, fibres[open[k]].sample.diameter, reach)
                          : Time{}});
    auto found = response::find_thresholds(jobs, search);
    if (study.thresholds.upper_limits)
      add_upper_limits(jobs, search, found);
    std::vector<std::size_t> again;
    for (std::size_t k = 0; k < open.size(); ++k) {
      response::ThresholdResult& r = results[open[k]] = found[k];
      if (cut_end_fired(r, stretches[k], fibres[open[k]].cable.n_nodes()))
        again.push_back(open[k]);
      if (r.firing_node >= 0)
        r.firing_node += static_cast<int>(stretches[k].first);
    }
    open = std::move(again);
  }
  return results;
}

} // namespace

stimulus::FieldAtFibre programme_field(const std::vector<double>& potentials,
                                       const std::vector<double>& weights, std::size_t first,
                                       std::size_t count) {
  stimulus::FieldAtFibre field;
  field.mV_per_mA.assign(count, 0.0);
  const std::size_t n = weights.size();
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t c = 0; c < n; ++c)
      field.mV_per_mA[k] += weights[c] * potentials[(first + k) * n + c];
  return field;
}

FibrePotentials fibre_potentials(const Study& study, FieldStage* field,
                                 const PopulationSettings& population,
                                 const std::vector<PlacedFibre>& fibres, Cache& cache,
                                 Progress& progress) {
  const std::vector<Vector3d> sources = centres_of(study.contacts);
  const std::size_t contacts = sources.size();
  const field::Matrix3d sigma =
      study.anatomy.scene.conductivity(study.anatomy.nerve.course->point(0.0));
  core::Hasher hasher;
  hasher.add(potentials_version);
  if (field != nullptr)
    hasher.add(field->key());
  else
    hasher.add_values(std::span(sources.data(), contacts)).add_values(std::span(sigma.data(), 9));
  for (const PlacedFibre& fibre : fibres)
    hash_fibre(fibre, population.model, hasher);
  if (field != nullptr && !cache.holds("potentials", hasher.digest()))
    field->potentials(); // its own stage, before this one begins

  progress.stage(
      concat(study.field.coarser == 1.0 ? "" : "comparison ", "potentials ", population.name));
  const Artefact a = cache.get("potentials", hasher.digest(), progress, [&] {
    const std::vector<Vector3d> points = all_stations(fibres);
    const field::PotentialRows phi =
        field != nullptr
            ? field->sampler().smooth(points, all_regions(field->fascicle_regions(), fibres))
            : field::point_source_potentials(points, sources, sigma);
    std::vector<std::vector<double>> rows(fibres.size());
    std::vector<std::size_t> begin(fibres.size() + 1, 0);
    for (std::size_t i = 0; i < fibres.size(); ++i)
      begin[i + 1] = begin[i] + fibres[i].stations.size();
    core::parallel_for(fibres.size(), 1, [&](std::size_t i) {
      rows[i] = interpolate_to_compartments(
          fibres[i],
          std::span(phi.data() + begin[i] * contacts, (begin[i + 1] - begin[i]) * contacts),
          contacts);
    });
    std::vector<double> all;
    for (const auto& row : rows)
      all.insert(all.end(), row.begin(), row.end());
    Artefact made;
    made.set("mV_per_mA", std::move(all));
    return made;
  });
  const std::vector<double>& all = a.doubles("mV_per_mA");
  FibrePotentials potentials;
  auto from = all.begin();
  for (const PlacedFibre& fibre : fibres) {
    const auto to = from + static_cast<std::ptrdiff_t>(fibre.cable.n_compartments() * contacts);
    potentials.emplace_back(from, to);
    from = to;
  }
  FORAMEN_EXPECT(from == all.end(), all.size(), " potentials");
  progress.checkpoint();
  return potentials;
}

std::vector<response::ThresholdResult>
programme_thresholds(const Study& study, const Drive& drive, std::size_t index,
                     const PopulationSettings& population, const std::vector<PlacedFibre>& fibres,
                     const FibrePotentials& potentials, Cache& cache, Progress& progress) {
  const stimulus::Programme& programme = drive.programmes[index];
  const response::ThresholdOptions search = search_of(study, drive, index);
  core::Hasher hasher;
  hasher.add(thresholds_version).add(population.model);
  hasher.add(static_cast<std::uint64_t>(population.ends));
  for (const stimulus::Piece& piece : programme.waveform.pieces)
    hasher.add(piece.begin.si()).add(piece.end.si()).add(piece.level_begin).add(piece.level_end);
  hasher.add(static_cast<std::uint64_t>(programme.waveform.repeats));
  hasher.add(programme.waveform.period.si());
  hash_search(search, hasher);
  hasher.add(static_cast<std::uint64_t>(study.thresholds.upper_limits));
  const std::vector<double> driven = driven_positions(study, programme);
  hasher.add_values(std::span(driven.data(), driven.size()));
  for (std::size_t i = 0; i < fibres.size(); ++i) {
    hasher.add(fibres[i].sample.diameter.si());
    hasher.add_values(std::span(fibres[i].course_s.data(), fibres[i].course_s.size()));
    const auto field =
        programme_field(potentials[i], programme.weights, 0, fibres[i].cable.n_compartments());
    hasher.add_values(std::span(field.mV_per_mA.data(), field.mV_per_mA.size()));
  }
  return results_of(cache.get("thresholds", hasher.digest(), progress, [&] {
    return to_artefact(
        stretched_thresholds(study, programme, search, population, fibres, potentials));
  }));
}

} // namespace foramen::study
