#include "study/fibre_set.hpp"

#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "response/fibre_path.hpp"

#include <boost/math/interpolators/cardinal_quintic_b_spline.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace foramen::study {
namespace {

// Where fibres may run: the fascicles, or the whole nerve when it has none. The axons keep a margin
// of a large fibre's radius from the perineurium.
std::vector<response::Disc> discs_of(const anatomy::Nerve& nerve) {
  constexpr double margin = 10e-6; // metres
  std::vector<response::Disc> discs;
  for (const anatomy::Fascicle& f : nerve.fascicles)
    discs.push_back({f.u * m, f.v * m, (f.radius - margin) * m});
  if (discs.empty())
    discs.push_back({0.0 * m, 0.0 * m, (nerve.radius - margin) * m});
  return discs;
}

response::PathFibre fibre_along(const response::FibrePath& path,
                                const PopulationSettings& population,
                                const response::FibreSample& sample) {
  try {
    return response::fibre_along(path, population.model, sample.diameter, sample.node_phase,
                                 population.ends);
  } catch (const ConfigError& problem) {
    throw ConfigError(concat("population ", population.name), problem.cause(),
                      "make the nerve longer or the fibres thinner");
  }
}

PlacedFibre place(const anatomy::Nerve& nerve, const PopulationSettings& population,
                  const response::FibreSample& sample) {
  const response::FibrePath path(*nerve.course, sample.u.si(), sample.v.si());
  response::PathFibre along = fibre_along(path, population, sample);
  const double internode = along.cable.internode_length().si();
  PlacedFibre fibre{sample, std::move(along.cable), along.first_node, {}, {}, 0.0};
  for (std::size_t j = 0; j < fibre.cable.n_nodes(); ++j)
    fibre.course_s.push_back(path.course_s(fibre.first_node + static_cast<double>(j) * internode));
  const double span = fibre.cable.length().si();
  const auto intervals =
      std::max<std::size_t>(8, static_cast<std::size_t>(std::ceil(span / station_spacing)));
  fibre.spacing = span / static_cast<double>(intervals);
  for (std::size_t i = 0; i <= intervals; ++i)
    fibre.stations.push_back(path.point(fibre.first_node + fibre.spacing * static_cast<double>(i)));
  return fibre;
}

} // namespace

std::vector<PlacedFibre> place_fibres(const anatomy::Nerve& nerve,
                                      const PopulationSettings& population, std::uint64_t seed) {
  const axon::FibreModel& model = axon::model(population.model);
  const auto discs = discs_of(nerve);
  const auto places = response::sample_population(population.diameters, discs, population.count,
                                                  seed, model.min_diameter, model.max_diameter);
  std::vector<response::FibreSample> samples; // of each place in turn all phases
  for (response::FibreSample sample : places)
    for (std::size_t k = 0; k < population.node_phases; ++k) {
      samples.push_back(sample);
      const double phase =
          sample.node_phase + static_cast<double>(k) / static_cast<double>(population.node_phases);
      samples.back().node_phase = phase < 1.0 ? phase : phase - 1.0;
    }
  std::vector<std::optional<PlacedFibre>> placed(samples.size());
  core::parallel_for(samples.size(), 4,
                     [&](std::size_t i) { placed[i] = place(nerve, population, samples[i]); });
  std::vector<PlacedFibre> fibres;
  for (auto& fibre : placed)
    fibres.push_back(std::move(*fibre));
  return fibres;
}

double distance_to_lead(const Study& study, const PlacedFibre& fibre) {
  double least = std::numeric_limits<double>::infinity();
  for (const lead::PlacedLead& lead : study.leads)
    for (const Vector3d& p : fibre.stations)
      least = std::min(least, lead.foot(p).distance - 0.5 * lead.model.diameter);
  return least;
}

std::vector<double> interpolate_to_compartments(const PlacedFibre& fibre,
                                                std::span<const double> at_stations,
                                                std::size_t n_contacts) {
  const std::size_t n_stations = fibre.stations.size();
  FORAMEN_EXPECT(at_stations.size() == n_stations * n_contacts, at_stations.size(), " values");
  const std::vector<double> centres = fibre.cable.centres();
  std::vector<double> values(centres.size() * n_contacts);
  std::vector<double> column(n_stations);
  for (std::size_t c = 0; c < n_contacts; ++c) {
    for (std::size_t i = 0; i < n_stations; ++i)
      column[i] = at_stations[i * n_contacts + c];
    const boost::math::interpolators::cardinal_quintic_b_spline<double> spline(
        column.data(), column.size(), 0.0, fibre.spacing);
    // The spline refuses to extrapolate, be it by a rounding error.
    const double last = fibre.spacing * static_cast<double>(n_stations - 1) * (1.0 - 1e-14);
    for (std::size_t k = 0; k < centres.size(); ++k)
      values[k * n_contacts + c] = spline(std::clamp(centres[k], 0.0, last));
  }
  return values;
}

} // namespace foramen::study
