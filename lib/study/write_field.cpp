#include "study/write_field.hpp"

#include "io/xdmf.hpp"

namespace foramen::study {

std::vector<std::string> write_field(const Study& study, FieldStage& field,
                                     const std::string& folder) {
  const field::UnitPotentials& p = field.potentials();
  const auto contacts = static_cast<std::size_t>(p.phi.cols());
  std::vector<std::vector<double>> columns(contacts);
  std::vector<io::MeshField> node_fields;
  for (std::size_t c = 0; c < contacts; ++c) {
    columns[c].resize(p.nodes.size());
    for (std::size_t i = 0; i < p.nodes.size(); ++i)
      columns[c][i] = p.phi(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c));
    const std::string& contact = study.lead.model.contacts[c].name;
    node_fields.push_back({"potential_" + contact, "ohm",
                           "potential per ampere through contact " + contact, columns[c]});
  }
  const std::vector<double> region(p.region.begin(), p.region.end());
  const std::string stem = folder + "/field";
  io::write_xdmf(stem,
                 {.nodes = std::span(p.nodes.front().data(), 3 * p.nodes.size()),
                  .elements = std::span(p.elements.front().data(), 10 * p.elements.size())},
                 node_fields,
                 {{"region", "1", "0 surroundings, then the fitted regions in order", region}});
  return {stem + ".xdmf", stem + ".h5"};
}

} // namespace foramen::study
