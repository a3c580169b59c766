#include "study/write_fibres.hpp"

#include "core/parallel.hpp"
#include "io/xdmf.hpp"
#include "study/fibre_lines.hpp"

#include <algorithm>

namespace foramen::study {
namespace {

constexpr const char* ohm_per_m2 = "V/m^2 per A";

// Numbers of one population; the fields of io::Polylines are views of them.
struct Block {
  std::vector<int> counts;
  std::vector<double> points;
  std::vector<std::vector<double>> potential, activating; // per contact
  std::vector<double> diameter, internode, threshold, population;
};

Block make_block(const Study& study, const Run& run, std::size_t population) {
  const std::size_t contacts = study.contacts.size();
  const std::vector<PlacedFibre>& fibres = run.result.populations[population].fibres;
  const std::size_t best = best_programme(study, run.result);
  const auto& thresholds = run.result.populations[population].thresholds[best];
  std::vector<FibreLine> lines(fibres.size());
  core::parallel_for(fibres.size(), 4, [&](std::size_t i) {
    lines[i] = fibre_line(study.anatomy.nerve, fibres[i], run.potentials[population][i], contacts);
  });
  Block block;
  block.potential.resize(contacts);
  block.activating.resize(contacts);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const FibreLine& line = lines[i];
    const auto n = static_cast<std::ptrdiff_t>(line.points.size());
    block.counts.push_back(static_cast<int>(n));
    for (const Vector3d& p : line.points)
      block.points.insert(block.points.end(), p.data(), p.data() + 3);
    for (std::size_t c = 0; c < contacts; ++c) {
      const auto part = [&](const std::vector<double>& values, std::vector<double>& to) {
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(c) * n;
        to.insert(to.end(), from, from + n);
      };
      part(line.potential, block.potential[c]);
      part(line.activating, block.activating[c]);
    }
    block.population.push_back(static_cast<double>(population));
    block.diameter.push_back(fibres[i].sample.diameter.in(um));
    block.internode.push_back(line.spacing * 1e3);
    const bool found = thresholds[i].status == response::ThresholdStatus::converged;
    block.threshold.push_back(found ? run.result.drive.amplitude(best, thresholds[i].threshold)
                                    : 0.0);
  }
  return block;
}

io::Polylines polylines(const Study& study, const std::string& name, const std::string& programme,
                        const std::string& unit, const Block& block) {
  io::Polylines kind{name, block.points, block.counts, {}, {}};
  for (std::size_t c = 0; c < block.potential.size(); ++c) {
    const std::string& contact = study.contacts[c].name;
    const std::string field = file_name_of(study.contacts[c]);
    kind.point_fields.push_back({"potential_" + field, "ohm",
                                 "potential per ampere through contact " + contact,
                                 block.potential[c]});
    kind.point_fields.push_back(
        {"activating_function_" + field, ohm_per_m2,
         "second difference of the potential at successive nodes over their "
         "squared distance, per ampere through contact " +
             contact,
         block.activating[c]});
  }
  kind.line_fields = {
      {"population", "1", "index of the population, in the order of the study", block.population},
      {"diameter", "um", "outer diameter of the fibre", block.diameter},
      {"node_distance", "mm", "between successive points along the fibre", block.internode},
      {"threshold", unit, "threshold of " + programme + "; 0 where none was found",
       block.threshold}};
  return kind;
}

std::size_t first_to_fire(const Study& study, const PopulationResult& population,
                          std::size_t programme) {
  const auto& thresholds = population.thresholds[programme];
  const auto key = [&](std::size_t i) {
    const bool found = thresholds[i].status == response::ThresholdStatus::converged;
    return std::pair(!found, found ? thresholds[i].threshold.si()
                                   : distance_to_lead(study, population.fibres[i]));
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < thresholds.size(); ++i)
    if (key(i) < key(best))
      best = i;
  return best;
}

} // namespace

std::vector<std::string> write_fibres(const Study& study, const Run& run,
                                      const std::string& folder) {
  const std::string& programme = study.programmes[best_programme(study, run.result)].name;
  std::vector<Block> blocks;
  for (std::size_t p = 0; p < study.populations.size(); ++p)
    blocks.push_back(make_block(study, run, p));
  std::vector<io::Polylines> kinds;
  for (std::size_t p = 0; p < study.populations.size(); ++p)
    kinds.push_back(
        polylines(study, study.populations[p].name, programme, run.result.drive.unit(), blocks[p]));
  const std::string stem = folder + "/fibres";
  io::write_polylines(stem, kinds);
  return {stem + ".xdmf", stem + ".h5"};
}

void write_along_fibre(io::Hdf5Writer& file, const Study& study, const Run& run) {
  const std::size_t contacts = study.contacts.size();
  const std::size_t programme = best_programme(study, run.result);
  for (std::size_t p = 0; p < study.populations.size(); ++p) {
    const PopulationResult& population = run.result.populations[p];
    const std::size_t i = first_to_fire(study, population, programme);
    const PlacedFibre& fibre = population.fibres[i];
    const FibreLine line = fibre_line(study.anatomy.nerve, fibre, run.potentials[p][i], contacts);
    const std::string group = "/along_fibre/" + study.populations[p].name;
    file.attribute(group, "fibre", static_cast<std::int64_t>(i));
    file.attribute(group, "diameter_um", fibre.sample.diameter.in(um));
    file.attribute(group, "node_distance_mm", line.spacing * 1e3);
    std::vector<double> position;
    for (const double s : line.course_s)
      position.push_back((s - study.anatomy.nerve.foramen_s) * 1e3);
    const std::size_t n = position.size();
    file.write_doubles(group + "/position", position, {n},
                       {"mm", "of each node along the nerve from the foramen, outwards positive"});
    const io::Axes axes{"/lead/contact", group + "/position"};
    file.write_doubles(group + "/potential", line.potential, {contacts, n},
                       {"ohm", "potential per ampere through each contact"}, axes);
    file.write_doubles(group + "/activating_function", line.activating, {contacts, n},
                       {ohm_per_m2, "second difference of the potential at successive nodes over "
                                    "their squared distance, per ampere through each contact"},
                       axes);
  }
}

} // namespace foramen::study
