#include "axon/drive.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace foramen::axon {
namespace {

Drive in_coordinates(const Cable& cable, std::vector<double> axial,
                     std::vector<double> periaxonal) {
  Drive d{std::move(axial), std::move(periaxonal), {}, {}};
  for (std::size_t j = 0; j < cable.n_nodes(); ++j) {
    const std::size_t i = cable.node(j);
    d.node_uA.push_back(d.axial_uA[i]);
    if (j + 1 == cable.n_nodes())
      break;
    const std::size_t first = d.inner.size();
    for (std::size_t k = 1; k <= cable.per_internode(); ++k) {
      d.inner.push_back(d.axial_uA[i + k]);
      d.inner.push_back(d.periaxonal_uA[i + k]);
    }
    if (cable.in_modes()) {
      InternodeModes::Values source{};
      std::copy(d.inner.begin() + static_cast<std::ptrdiff_t>(first), d.inner.end(),
                source.begin());
      const InternodeModes::Values s = cable.modes(j).project(source);
      std::copy(s.begin(), s.end(), d.inner.begin() + static_cast<std::ptrdiff_t>(first));
    }
  }
  return d;
}

} // namespace

void check_field(const Cable& cable, const stimulus::FieldAtFibre& field) {
  const std::vector<double>& ve = field.mV_per_mA;
  const std::string place = concat("potential along a fibre (", cable.name().model, ", ",
                                   cable.name().diameter.in(um), " um)");
  if (ve.size() != cable.n_compartments())
    throw ConfigError(place,
                      concat(ve.size(), " samples for ", cable.n_compartments(), " compartments"),
                      "sample the potential at every one of Cable::centres()");
  for (std::size_t i = 0; i < ve.size(); ++i)
    if (!std::isfinite(ve[i]))
      throw ConfigError(place, concat("the sample at compartment ", i, " is not a finite number"),
                        "check that the fibre lies within the domain of the field");
}

Drive field_drive(const Cable& cable, const stimulus::FieldAtFibre& field) {
  const std::vector<double>& ve = field.mV_per_mA;
  check_field(cable, field);
  std::vector<double> axial_uA(ve.size()), periaxonal_uA(ve.size());
  for (std::size_t i = 0; i + 1 < ve.size(); ++i) {
    const Compartment& c = cable.compartment(i);
    const double axial = c.axial_mS * (ve[i + 1] - ve[i]);
    const double periaxonal = c.periaxonal_mS * (ve[i + 1] - ve[i]);
    axial_uA[i] += axial;
    axial_uA[i + 1] -= axial;
    periaxonal_uA[i] += periaxonal;
    periaxonal_uA[i + 1] -= periaxonal;
  }
  return in_coordinates(cable, std::move(axial_uA), std::move(periaxonal_uA));
}

Drive injection_drive(const Cable& cable, std::size_t node) {
  FORAMEN_EXPECT(node < cable.n_nodes(), "node ", node, " of ", cable.n_nodes());
  std::vector<double> axial_uA(cable.n_compartments());
  axial_uA[cable.node(node)] = 1.0;
  return in_coordinates(cable, std::move(axial_uA), std::vector<double>(cable.n_compartments()));
}

} // namespace foramen::axon
