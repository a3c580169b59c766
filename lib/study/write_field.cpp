#include "study/write_field.hpp"

#include "core/error.hpp"
#include "field/current_density.hpp"
#include "io/xdmf.hpp"

namespace foramen::study {
namespace {

// A current density to write: what flows through each contact.
struct Flow {
  std::string name, long_name;
  std::vector<double> currents; // A
};

std::vector<Flow> flows(const Study& study, const StudyResult& result) {
  std::vector<Flow> all;
  const std::size_t contacts = study.contacts.size();
  if (study.output.current_density == CurrentDensityOutput::best_programme) {
    const stimulus::Programme& programme = result.drive.programmes[best_programme(study, result)];
    Flow flow{"current_density",
              "current density of " + programme.name +
                  " in its first phase, per ampere of its cathodes",
              {}};
    const double level = programme.waveform.pieces.front().level_begin < 0.0 ||
                                 programme.waveform.pieces.front().level_end < 0.0
                             ? -1.0
                             : 1.0;
    for (const double weight : programme.weights)
      flow.currents.push_back(level * weight);
    all.push_back(std::move(flow));
  }
  if (study.output.current_density == CurrentDensityOutput::every_contact)
    for (std::size_t c = 0; c < contacts; ++c) {
      const std::string& contact = study.contacts[c].name;
      const std::string field = file_name_of(study.contacts[c]);
      Flow flow{"current_density_" + field, "current density per ampere through contact " + contact,
                std::vector<double>(contacts, 0.0)};
      flow.currents[c] = 1.0;
      all.push_back(std::move(flow));
    }
  return all;
}

} // namespace

std::vector<std::string> write_field(const Study& study, const StudyResult& result,
                                     FieldStage& field, const std::string& folder) {
  const field::UnitPotentials& p = field.potentials();
  const auto contacts = static_cast<std::size_t>(p.phi.cols());
  std::vector<std::vector<double>> columns(contacts);
  std::vector<io::MeshField> node_fields;
  for (std::size_t c = 0; c < contacts; ++c) {
    columns[c].resize(p.nodes.size());
    for (std::size_t i = 0; i < p.nodes.size(); ++i)
      columns[c][i] = p.phi(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c));
    const std::string& contact = study.contacts[c].name;
    const std::string field = file_name_of(study.contacts[c]);
    node_fields.push_back({"potential_" + field, "ohm",
                           "potential per ampere through contact " + contact, columns[c]});
  }
  const std::vector<double> region(p.region.begin(), p.region.end());
  std::vector<io::MeshField> cell_fields{
      {"region", "1", "0 surroundings, then the fitted regions in order", region}};
  std::vector<std::vector<Vector3d>> densities;
  const std::vector<Flow> all = flows(study, result);
  for (const Flow& flow : all)
    densities.push_back(field::current_density(p, field.scene().conductivity, flow.currents));
  for (std::size_t i = 0; i < all.size(); ++i)
    cell_fields.push_back({all[i].name, "A/m^2 per A", all[i].long_name,
                           std::span(densities[i].front().data(), 3 * densities[i].size())});
  const std::string stem = folder + "/field";
  io::write_xdmf(stem,
                 {.nodes = std::span(p.nodes.front().data(), 3 * p.nodes.size()),
                  .elements = std::span(p.elements.front().data(), 10 * p.elements.size())},
                 node_fields, cell_fields);
  return {stem + ".xdmf", stem + ".h5"};
}

} // namespace foramen::study
